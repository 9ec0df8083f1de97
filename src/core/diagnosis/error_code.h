// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/json/document.h"

#include <QString>

#include <vector>

namespace lavascope {

/// A short name or number by which an answer tells what went wrong.
struct ErrorCode {
    QString path; ///< where it stands
    QString value;
};

/// Every code, type and status name of an error in any provider's form, the most telling first, no value
/// twice. An error that another one hands on inside its message counts too, and so does Amazon's header.
[[nodiscard]] std::vector<ErrorCode> errorCodes(const json::View& root, const Headers& headers);

} // namespace lavascope
