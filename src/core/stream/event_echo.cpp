// SPDX-License-Identifier: MIT
#include "core/stream/event_echo.h"

#include <algorithm>

namespace lavascope {

namespace {

/// Whether JSON may hold these bytes between quotes as they are, each standing for itself.
bool isPlain(QByteArrayView text) {
    // Without a branch for each byte, so that a compiler can look at many at once.
    uchar odd = 0;
    uchar high = 0;
    for (char c : text) {
        const auto byte = uchar(c);
        odd |= uchar(byte < 0x20) | uchar(byte == '"') | uchar(byte == '\\');
        high |= byte;
    }
    return odd == 0 && ((high & 0x80U) == 0 || text.isValidUtf8());
}

} // namespace

void EventEcho::learn(QByteArrayView data, ByteRange string) {
    const auto assign = [](QByteArray& to, QByteArrayView bytes) {
        to.resize(0);
        to.append(bytes);
    };
    assign(m_head, data.first(string.begin + 1));
    assign(m_tail, data.sliced(string.end - 1));
}

std::optional<QByteArrayView> EventEcho::heardIn(QByteArrayView data) const {
    if (m_head.isEmpty() || data.size() < m_head.size() + m_tail.size())
        return std::nullopt;
    if (!data.startsWith(m_head) || !data.endsWith(m_tail))
        return std::nullopt;
    const QByteArrayView text = data.sliced(m_head.size(), data.size() - m_head.size() - m_tail.size());
    return isPlain(text) ? std::optional(text) : std::nullopt;
}

} // namespace lavascope
