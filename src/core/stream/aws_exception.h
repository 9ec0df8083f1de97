// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/stream/transcript.h"

namespace lavascope {

/// Whether an event's name is that of one of Amazon's failures (`throttlingException`).
[[nodiscard]] bool isAwsException(QByteArrayView eventName);
/// The failure that a frame of that name reports, whatever family's events came before it.
[[nodiscard]] StreamError awsExceptionFrom(const json::View& payload, QByteArrayView eventName);

} // namespace lavascope
