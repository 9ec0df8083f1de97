// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/arrival_index.h"

#include <vector>

namespace lavascope {

/// How many events of each channel fall into each of so many equal parts of a time, in order.
[[nodiscard]] std::vector<ChannelCounts> timelineColumns(const ArrivalIndex& events,
                                                         std::chrono::microseconds from,
                                                         std::chrono::microseconds length, int columns);

} // namespace lavascope
