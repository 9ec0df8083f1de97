// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/arrival_index.h"

#include <QString>

#include <vector>

namespace lavascope {

/// A number of an answer's clock with its name.
struct TimelineFigure {
    QString name;
    QString value;

    friend bool operator==(const TimelineFigure&, const TimelineFigure&) = default;
};

/// The name of a channel as its lane is called.
[[nodiscard]] QString channelTitle(EventChannel channel);
/// `41 tok/s`, or `≈ 41 tok/s (estimate)` where no usage was reported.
[[nodiscard]] QString speedText(const Speed& speed);
/// All that the timeline shows, in numbers. Empty before anything came.
[[nodiscard]] std::vector<TimelineFigure> timelineFigures(const StreamReader& reader,
                                                          const ArrivalIndex& events);

} // namespace lavascope
