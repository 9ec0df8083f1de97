// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/request/http_request.h"

#include <vector>

namespace lavascope {

/// What looks wrong about a request that went out, for the case that it was refused: errors and warnings
/// about its URL, headers and body, worst first. Nothing about its credential, nor about what we add to every
/// call. Ranges are in the body. Of a request that is known only in part, what is empty is not looked at; nor
/// is a body of more than 8 MiB.
[[nodiscard]] std::vector<Finding> lintSent(const HttpRequest& request);

} // namespace lavascope
