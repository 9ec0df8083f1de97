// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>

namespace lavascope {

/// `41 ms`, `1.25 s`, `2 min 3 s`.
[[nodiscard]] QString milliseconds(std::chrono::microseconds time);
/// `213 B`, `3.3 MB`; powers of 1000.
[[nodiscard]] QString byteSize(qint64 bytes);

} // namespace lavascope
