// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <vector>

namespace lavascope {

struct KeptAttempt;
struct PlannedAttempt;

/// One stretch of the drawn schedule: a try, or a pause between two.
struct ScheduleBlock {
    enum class Kind { Try, Pause, PlannedPause, PlannedTry };
    enum class Tone { Neutral, Good, Bad };

    Kind kind = Kind::Try;
    Tone tone = Tone::Neutral;
    int row = 0; ///< of the table of tries; of a pause that of the try after it
    std::chrono::milliseconds length{0};
    QString label; ///< drawn if there is room

    [[nodiscard]] bool isPause() const { return kind == Kind::Pause || kind == Kind::PlannedPause; }
    bool operator==(const ScheduleBlock&) const = default;
};

/// Tries and pauses in their order.
[[nodiscard]] std::vector<ScheduleBlock> scheduleOf(const std::vector<KeptAttempt>& attempts,
                                                    const std::vector<PlannedAttempt>& planned);

/// How wide each block is drawn: none below `least`, the rest of `width` shared out by length, so that the
/// longest pause does not hide a try of a few milliseconds. Where there is no room for that, all are equal.
[[nodiscard]] std::vector<double> scheduleWidths(const std::vector<ScheduleBlock>& blocks, double width,
                                                 double least);

} // namespace lavascope
