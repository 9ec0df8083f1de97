// SPDX-License-Identifier: MIT
#pragma once

#include "session/load_test.h"

#include <QString>

#include <vector>

namespace lavascope {

/// One figure of the load test in words, the same in both doors.
struct LoadLine {
    QString name;
    QString value;
    QString verdict; ///< `as it should be`, or what is missing; empty where nothing is promised
    bool isKept = true;
};
[[nodiscard]] std::vector<LoadLine> loadLines(const LoadFigures& figures);

} // namespace lavascope
