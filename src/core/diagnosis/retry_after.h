// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/facts.h"
#include "core/diagnosis/rate_limits.h"

#include <QString>

#include <chrono>
#include <optional>

namespace lavascope {

/// When a server wants to be asked again, and where it says so.
struct ServersTime {
    std::chrono::milliseconds wait; ///< from 0 to 24 h
    QString source;                 ///< e.g. `Retry-After header`, `RetryInfo in the body`
};

/// Header fields that a provider put into the body of its error instead (OpenRouter does).
[[nodiscard]] Headers headersInBody(const json::View& body);

/// The most trustworthy of all that names a time: the header made for it, then members of the body made for
/// it, then the error's own words, and of a 429 or 503 the reset of the limits that are used up. Nothing if
/// nothing does.
[[nodiscard]] std::optional<ServersTime> serversTime(const Facts& facts,
                                                     const std::vector<RateLimit>& limits);

/// `20s`, `1m2.5s`, `26 seconds` behind `try again in`, `retry after` and their like.
[[nodiscard]] std::optional<std::chrono::milliseconds> waitInWords(const QString& message);

} // namespace lavascope
