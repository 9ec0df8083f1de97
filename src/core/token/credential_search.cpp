// SPDX-License-Identifier: MIT
#include "core/token/credential_search.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype usualWindow = qsizetype(4) * 1024 * 1024;
constexpr qsizetype longestWindow = 16 * usualWindow;
/// So far a sign looks back to tell whether it is one: what stands this near to a window's beginning was
/// judged in the window before.
constexpr qsizetype lookBehind = 32;
constexpr qsizetype overlap = CredentialSearch::longestSure + lookBehind;

} // namespace

void CredentialSearch::take(QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        const qsizetype full = std::max(m_lookAt, usualWindow);
        const qsizetype count = std::min(bytes.size(), full - m_window.size());
        m_window.append(bytes.first(count));
        bytes = bytes.sliced(count);
        if (m_window.size() == full)
            look(Last::No);
    }
}

void CredentialSearch::finish() {
    look(Last::Yes);
}

void CredentialSearch::look(Last last) {
    const std::vector<ByteRange> ranges = m_finder.find(m_window);
    const auto goesOn = [&](const ByteRange& range) { return range.end == m_window.size(); };
    if (last == Last::No && m_window.size() < longestWindow &&
        std::any_of(ranges.begin(), ranges.end(), goesOn)) {
        // Twice as much each time, so that all the looking together stays linear.
        m_lookAt = 2 * m_window.size();
        return;
    }
    const qsizetype judged = m_begin == 0 ? 0 : lookBehind;
    for (const ByteRange& range : ranges)
        if (range.begin >= judged)
            m_found({m_begin + range.begin, m_begin + range.end});
    const qsizetype keep = last == Last::Yes ? 0 : overlap;
    const qsizetype done = m_window.size() - keep;
    m_window.remove(0, done);
    m_begin += done;
    m_settled = last == Last::Yes ? m_begin : m_begin + lookBehind;
    m_lookAt = 0;
}

} // namespace lavascope
