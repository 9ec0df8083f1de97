// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace lavascope {

/// One limit as a server tells it: how much there is, what is left, and when it is full again. At least one
/// of the numbers is known.
struct RateLimit {
    QString name;                    ///< in words: `requests per day`, `input tokens`; of our own words only
    QString unit;                    ///< `requests`, `tokens`, …; empty where the server does not tell
    std::optional<qint64> limit;     ///< not negative
    std::optional<qint64> remaining; ///< not negative, and not more than the limit
    std::optional<std::chrono::milliseconds> resetsIn; ///< from now; 0 to 31 days

    [[nodiscard]] bool isUsedUp() const { return remaining == 0; }

    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// The limits that the headers of an answer name, in the order in which they came: OpenAI and its
/// look-alikes, Anthropic, Mistral, OpenRouter, the plain `X-RateLimit-…` and `RateLimit` of the IETF.
/// Numbers that cannot be are left out; of a repeated field the first one counts. `nowMs`: Unix time.
[[nodiscard]] std::vector<RateLimit> rateLimits(const Headers& headers, qint64 nowMs);

/// `3 of 60 requests left, full again in 12 s`
[[nodiscard]] QString rateLimitLine(const RateLimit& limit);
/// `350 ms`, `12 s`, `2 min 3 s`, `5 h 20 min`, `3 d 4 h`; rounded up.
[[nodiscard]] QString spanInWords(std::chrono::milliseconds span);

} // namespace lavascope
