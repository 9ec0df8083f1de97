// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <optional>

namespace lavascope::json {

/// The int64 that a JSON number is exactly, however it is written (`12`, `1e3`, `4.0`); nothing for every
/// other number. `number` must be a valid JSON number.
[[nodiscard]] std::optional<qint64> exactInteger(QByteArrayView number);

/// The double nearest to a JSON number; nothing if it is too large for one. `number` must be a valid JSON
/// number.
[[nodiscard]] std::optional<double> nearestDouble(QByteArrayView number);

} // namespace lavascope::json
