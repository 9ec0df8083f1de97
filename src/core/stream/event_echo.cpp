// SPDX-License-Identifier: MIT
#include "core/stream/event_echo.h"

#include <cstring>

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

void EventEcho::learn(QByteArrayView data, ByteRange string, ByteRange padding) {
    const auto assign = [data](QByteArray& to, qint64 begin, qint64 end) {
        to.resize(0);
        to.append(data.sliced(begin, end - begin));
    };
    const bool isPadded = padding.end > padding.begin;
    m_paddingFirst = isPadded && padding.begin < string.begin;
    const ByteRange first = m_paddingFirst ? padding : string;
    const ByteRange last = m_paddingFirst || !isPadded ? string : padding;
    assign(m_head, 0, first.begin + 1);
    m_middle.resize(0);
    if (isPadded)
        assign(m_middle, first.end - 1, last.begin + 1);
    assign(m_tail, last.end - 1, data.size());
}

std::optional<QByteArrayView> EventEcho::heardIn(QByteArrayView data) const {
    if (m_head.isEmpty() || data.size() < m_head.size() + m_middle.size() + m_tail.size())
        return std::nullopt;
    // Compared in place: this is asked for every event there is.
    const char* const begin = data.data() + m_head.size();
    const char* const end = data.data() + data.size() - m_tail.size();
    if (std::memcmp(end, m_tail.constData(), size_t(m_tail.size())) != 0 ||
        std::memcmp(data.data(), m_head.constData(), size_t(m_head.size())) != 0)
        return std::nullopt;
    if (m_middle.isEmpty()) {
        const QByteArrayView text(begin, end);
        return isPlain(text) ? std::optional(text) : std::nullopt;
    }
    const auto* const quote = static_cast<const char*>(std::memchr(begin, '"', size_t(end - begin)));
    if (!quote || end - quote < m_middle.size() ||
        std::memcmp(quote, m_middle.constData(), size_t(m_middle.size())) != 0)
        return std::nullopt;
    const QByteArrayView first(begin, quote);
    const QByteArrayView last(quote + m_middle.size(), end);
    if (!isPlain(first) || !isPlain(last))
        return std::nullopt;
    return m_paddingFirst ? last : first;
}

} // namespace lavascope
