// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/http_request.h"
#include "net/exchange.h"

#include <chrono>
#include <memory>

namespace lavascope {

/// Time limits of one call. Zero means no limit. They start when the call gets its connection.
struct TimeLimits {
    std::chrono::milliseconds connect{10'000};   ///< name, connection, proxy and TLS
    std::chrono::milliseconds firstByte{60'000}; ///< from the last byte sent to status and headers
    std::chrono::milliseconds idle{60'000};      ///< silence inside the body
    std::chrono::milliseconds total{600'000};
};

/// Sends requests. One call of send() puts the request on the wire at most once, whatever the peer does.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    /// Starts a call. Signals come on the caller's thread, never from inside send() itself. Deleting the
    /// exchange aborts it without a signal; deleting the transport ends its calls with
    /// EndReason::StoppedByUser.
    [[nodiscard]] virtual std::unique_ptr<Exchange> send(const HttpRequest& request,
                                                         const TimeLimits& limits) = 0;
};

} // namespace lavascope
