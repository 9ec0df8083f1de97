// SPDX-License-Identifier: MIT
#include "core/stream/arrival_index.h"

#include <algorithm>

namespace lavascope {

qsizetype ArrivalIndex::take(qsizetype most) {
    if (!m_reader)
        return 0;
    const qsizetype end = std::min(m_reader->eventCount(), m_count + most);
    const qsizetype begin = m_count;
    for (; m_count < end; ++m_count) {
        if (m_count % stretch == 0)
            m_notes.push_back({m_latest, m_totals});
        const EventArrival event = m_reader->arrival(m_count);
        m_latest = std::max(m_latest, event.at);
        ++m_totals[size_t(event.channel)];
    }
    return end - begin;
}

ArrivalIndex::Before ArrivalIndex::before(std::chrono::microseconds time) const {
    // The last stretch before which nothing was as late as that.
    const auto isEarlier = [time](const Note& note) { return note.latest < time; };
    const auto after = std::partition_point(m_notes.begin(), m_notes.end(), isEarlier);
    if (after == m_notes.begin())
        return {};
    const auto note = after - 1;
    Before found{qsizetype(note - m_notes.begin()) * stretch, note->counts};
    for (; found.events < m_count; ++found.events) {
        const EventArrival event = m_reader->arrival(found.events);
        if (event.at >= time)
            break;
        ++found.counts[size_t(event.channel)];
    }
    return found;
}

std::chrono::microseconds ArrivalIndex::timeOf(qsizetype event) const {
    auto latest = m_notes[size_t(event / stretch)].latest;
    for (qsizetype i = event / stretch * stretch; i <= event; ++i)
        latest = std::max(latest, m_reader->arrival(i).at);
    return latest;
}

qsizetype ArrivalIndex::nearest(std::chrono::microseconds time) const {
    const qsizetype next = before(time).events;
    if (next == 0 || next >= m_count)
        return std::min(next, m_count - 1);
    return timeOf(next) - time < time - timeOf(next - 1) ? next : next - 1;
}

} // namespace lavascope
