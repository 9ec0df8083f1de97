// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <chrono>

namespace lavascope {

/// How much came, and in what time from the request to the end of the connection.
struct PlainRead {
    qint64 bytes = 0;
    std::chrono::microseconds took{0};
};

/// Sends a request to a port of this computer, reads all that comes and throws it away: what a socket costs
/// by itself. Blocks; to be called in a thread that may wait. Errors: `plain_read_failed`.
[[nodiscard]] Result<PlainRead> plainRead(quint16 port, const QByteArray& request);

} // namespace lavascope
