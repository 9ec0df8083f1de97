// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QString>

#include <vector>

namespace lavascope {

enum class RateLimitPart { Limit, Remaining, Reset };

/// One number of one limit, still as the server wrote it.
struct RateLimitField {
    QString name; ///< of the limit, in words
    QString unit; ///< `requests`, `tokens`, …; may be empty
    RateLimitPart part = RateLimitPart::Limit;
    QByteArray value;
};

/// The fields of all headers that speak of limits, in their order. A name that holds a word nobody is known
/// to use is passed over, so that no text from outside becomes a name. Values are at most 512 bytes.
[[nodiscard]] std::vector<RateLimitField> rateLimitFields(const Headers& headers);

} // namespace lavascope
