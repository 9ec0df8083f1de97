// SPDX-License-Identifier: MIT
#include "gui/models/timeline_columns.h"

#include <cmath>

namespace lavascope {

std::vector<ChannelCounts> timelineColumns(const ArrivalIndex& events, std::chrono::microseconds from,
                                           std::chrono::microseconds length, int columns) {
    std::vector<ChannelCounts> found(static_cast<size_t>(columns));
    ArrivalIndex::Before begin = events.before(from);
    for (int column = 0; column < columns; ++column) {
        // What comes at the very end of the time is still in its last part.
        const auto last = std::chrono::microseconds(column + 1 == columns ? 1 : 0);
        const double part = double(length.count()) * (column + 1) / columns;
        const auto until = from + std::chrono::microseconds(std::llround(part)) + last;
        const ArrivalIndex::Before end = events.before(until);
        for (size_t channel = 0; channel < end.counts.size(); ++channel)
            found[size_t(column)][channel] = end.counts[channel] - begin.counts[channel];
        begin = end;
    }
    return found;
}

} // namespace lavascope
