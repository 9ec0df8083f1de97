// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QByteArray>

namespace lavascope {

/// Exactly what will be sent. Headers hold the real credential: this value never reaches disk or a screen as
/// it is.
struct HttpRequest {
    QByteArray method;
    QByteArray url; ///< fully encoded
    Headers headers;
    QByteArray body;
};

} // namespace lavascope
