// SPDX-License-Identifier: MIT
#include "core/stream/arrival_tally.h"

#include <algorithm>

namespace lavascope {

void ArrivalTally::take(std::chrono::microseconds at, qint64 bytes, qsizetype eventsBefore,
                        qsizetype eventsNow) {
    ++m_arrivals;
    const auto before = m_blocks.empty() ? std::chrono::microseconds(0) : m_blocks.back().end;
    // A stored clock may be anything; it never runs back here.
    const auto now = std::max(at, before);
    const auto silence = now - before;
    if (m_blocks.empty() || silence >= shortestSilence) {
        if (!m_blocks.empty())
            m_silences.push_back({before, silence, eventsBefore});
        m_blocks.push_back({silence, now, now, 0, 0, 0});
    }
    ArrivalBlock& block = m_blocks.back();
    block.end = now;
    block.bytes += bytes;
    block.events += eventsNow - eventsBefore;
    ++block.arrivals;
}

void ArrivalTally::takeMissingEnd(std::chrono::microseconds at, qsizetype events) {
    if (!m_blocks.empty() && at - m_blocks.back().end >= shortestSilence)
        m_silences.push_back({m_blocks.back().end, at - m_blocks.back().end, events});
}

std::vector<Stall> ArrivalTally::stalls(std::chrono::microseconds threshold, qsizetype events) const {
    std::vector<Stall> found;
    for (const Stall& silence : m_silences) {
        if (silence.gap < threshold)
            continue;
        found.push_back(silence);
        // Bytes may have come that made no further event.
        if (*silence.event >= events)
            found.back().event.reset();
    }
    return found;
}

} // namespace lavascope
