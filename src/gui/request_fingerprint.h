// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/http_request.h"

namespace lavascope {

/// Tells two requests apart, down to the last byte, and lets nothing of them be read from it.
[[nodiscard]] QByteArray requestFingerprint(const HttpRequest& request);

} // namespace lavascope
