// SPDX-License-Identifier: MIT
#include "core/stream/answer_speed.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr double charactersPerToken = 4;

} // namespace

std::optional<Speed> speedOf(const Transcript& transcript, std::chrono::microseconds firstText,
                             std::chrono::microseconds end) {
    const double seconds = std::chrono::duration<double>(end - firstText).count();
    if (seconds <= 0)
        return std::nullopt;
    // Before the end signal a reported count may be provisional.
    const Usage& usage = transcript.usage;
    if (usage.outputTokens && transcript.endSignalSeen) {
        // Reasoning came before the first text, outside of the time that is measured.
        const qint64 hidden = std::min(usage.reasoningTokens.value_or(0), *usage.outputTokens);
        return Speed{double(*usage.outputTokens - hidden) / seconds, false};
    }
    qint64 characters = 0;
    for (const Choice& choice : transcript.choices)
        characters += choice.text.size();
    return Speed{double(characters) / charactersPerToken / seconds, true};
}

} // namespace lavascope
