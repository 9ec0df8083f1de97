// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <functional>

namespace lavascope {

/// Inspects each line that is not blank and hands over the answers, one JSON document a line, in their order
/// and in pieces. Many lines are shared out among the processors: inspecting is pure, so the pieces know
/// nothing of each other. Whether all were usable.
[[nodiscard]] bool inspectLines(QByteArrayView lines, bool reveal,
                                const std::function<void(QByteArrayView)>& write);

} // namespace lavascope
