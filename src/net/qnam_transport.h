// SPDX-License-Identifier: MIT
#pragma once

#include "net/transport.h"

#include <QString>
#include <QThread>

namespace lavascope {

class QnamWorker;

/// Transport over QNetworkAccessManager in a thread of its own, in a profile that never follows a redirect,
/// never sends a request again, keeps no connection, cookie, cache or authentication, never ignores a TLS
/// error and reads in bounded slices. What Qt does not tell it (trailers, repeated fields, interim answers,
/// every break of a framing) and does not bound (header blocks) stands in docs/fault-matrix.md under Limits.
class QnamTransport final : public Transport {
public:
    struct Settings {
        QString extraCaFile; ///< PEM; trusted besides the system's certificates; empty: none
        bool useSystemProxy = true;
    };

    explicit QnamTransport(Settings settings);
    QnamTransport()
        : QnamTransport(Settings{}) {}
    ~QnamTransport() override; ///< ends what still runs, and the thread

    [[nodiscard]] std::unique_ptr<Exchange> send(const HttpRequest& request,
                                                 const TimeLimits& limits) override;

private:
    QThread m_thread;
    QnamWorker* m_worker; ///< lives and dies in the thread
};

} // namespace lavascope
