// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/timeline.h"
#include "core/stream/transcript.h"

#include <chrono>
#include <optional>

namespace lavascope {

/// How fast an answer was written between its first text and its end. Nothing if no time passed.
[[nodiscard]] std::optional<Speed> speedOf(const Transcript& transcript, std::chrono::microseconds firstText,
                                           std::chrono::microseconds end);

} // namespace lavascope
