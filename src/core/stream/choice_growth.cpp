// SPDX-License-Identifier: MIT
#include "core/stream/choice_growth.h"

#include <algorithm>

namespace lavascope {

namespace {

// An answer with more calls than that costs no more time per event; its earlier calls no longer grow anyway.
constexpr size_t latestCalls = 64;

} // namespace

ChoiceGrowth::Sizes ChoiceGrowth::sizesOf(const Choice& choice) {
    Sizes sizes;
    sizes.text = choice.text.size();
    sizes.refusal = choice.refusal.size();
    sizes.reasoning = choice.reasoning.size();
    sizes.calls = choice.toolCalls.size();
    const size_t looked = std::min(sizes.calls, latestCalls);
    for (size_t i = sizes.calls - looked; i < sizes.calls; ++i)
        sizes.arguments += choice.toolCalls[i].arguments.size() + choice.toolCalls[i].name.size();
    sizes.media = choice.media.size();
    if (!choice.media.empty())
        sizes.mediaBytes = choice.media.back().bytes.size();
    return sizes;
}

void ChoiceGrowth::add(size_t index, const Choice& choice) {
    const auto isSame = [index](const Watched& watched) { return watched.index == index; };
    const auto* const end = m_watched.begin() + m_count;
    if (m_count == m_watched.size() || std::any_of(m_watched.cbegin(), end, isSame))
        return;
    m_watched[m_count++] = {index, sizesOf(choice)};
}

EventChannel ChoiceGrowth::channel(const std::vector<Choice>& choices) const {
    auto found = EventChannel::Other;
    const auto sees = [&found](EventChannel channel, bool grew) {
        if (grew)
            found = std::min(found, channel);
    };
    for (size_t i = 0; i < m_count; ++i) {
        const Sizes& before = m_watched[i].before;
        const Sizes now = sizesOf(choices[m_watched[i].index]);
        sees(EventChannel::Text, now.text > before.text);
        sees(EventChannel::Refusal, now.refusal > before.refusal);
        sees(EventChannel::Tool, now.calls > before.calls || now.arguments > before.arguments);
        sees(EventChannel::Reasoning, now.reasoning > before.reasoning);
        sees(EventChannel::Media, now.media > before.media || now.mediaBytes > before.mediaBytes);
    }
    return found;
}

} // namespace lavascope
