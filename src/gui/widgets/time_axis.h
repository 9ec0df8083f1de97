// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <vector>

namespace lavascope {

/// A labelled moment on an axis of time.
struct AxisTick {
    std::chrono::microseconds at{0};
    QString label; ///< `250 ms`, `1.5 s`: as many digits as the step needs
};

/// Round moments within a time, at most so many (and a few fewer), evenly spaced.
[[nodiscard]] std::vector<AxisTick> axisTicks(std::chrono::microseconds from,
                                              std::chrono::microseconds length, int most);

} // namespace lavascope
