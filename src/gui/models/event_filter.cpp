// SPDX-License-Identifier: MIT
#include "gui/models/event_filter.h"

#include <algorithm>

namespace lavascope {

EventFilter::Answer EventFilter::accepts(const StreamReader& reader, qsizetype event, qsizetype& at) const {
    constexpr qsizetype mostAtOnce = 16 * ByteSearch::piece;
    if (acceptsAll())
        return Answer::Yes;
    if (at == 0) {
        const EventType type = reader.eventType(event);
        if (m_type && *m_type != type)
            return Answer::No;
        if (m_search.pattern().isEmpty() || m_search.pattern().expression().match(type.name).hasMatch())
            return Answer::Yes;
    }
    const QByteArrayView data = reader.eventData(event);
    for (const qsizetype stop = at + mostAtOnce; at < std::min(data.size(), stop);) {
        const qsizetype begin = std::max(qsizetype(0), at - ByteSearch::before);
        const qsizetype end = std::min(data.size(), at + ByteSearch::piece);
        const QByteArrayView seen =
            data.sliced(begin, std::min(data.size(), end + ByteSearch::after) - begin);
        if (!m_search.matchesIn(seen, at - begin, end - begin, 1).empty()) {
            at = 0;
            return Answer::Yes;
        }
        at = end;
    }
    if (at < data.size())
        return Answer::NotYet;
    at = 0;
    return Answer::No;
}

} // namespace lavascope
