// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace lavascope {

/// What became of some lines of credentials.
struct InspectedLines {
    QByteArray out; ///< one JSON document a line
    bool allUsable = true;
};

/// Inspects each line that is not blank; the order stays. Many lines are shared out among the processors:
/// inspecting is pure, so the pieces know nothing of each other.
[[nodiscard]] InspectedLines inspectLines(QByteArrayView lines, bool reveal);

} // namespace lavascope
