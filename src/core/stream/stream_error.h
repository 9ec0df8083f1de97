// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/stream/transcript.h"

#include <optional>

namespace lavascope {

/// The failure that a payload reports, in any of the shapes that providers use: an `error` object or text,
/// `type` or `object` being `error`, or an array that begins with one of these. Nothing if it reports none.
[[nodiscard]] std::optional<StreamError> errorIn(const json::View& payload);

/// The same from the error object itself; `raw` is left empty.
[[nodiscard]] StreamError errorFrom(const json::View& error);

/// The HTTP status that a failure would have had, as far as its code, type or Google status tell. Nothing
/// if all are empty.
[[nodiscard]] std::optional<int> effectiveStatus(const QString& type, const QString& code);

} // namespace lavascope
