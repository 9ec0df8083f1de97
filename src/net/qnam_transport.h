// SPDX-License-Identifier: MIT
#pragma once

#include "net/transport.h"

#include <QString>
#include <QThread>

#include <memory>

namespace lavascope {

/// Transport over QNetworkAccessManager in a thread of its own, in a profile that never follows a redirect,
/// never re-sends a body, keeps no cookie, cache or authentication, never ignores a TLS error and reads in
/// bounded slices.
class QnamTransport final : public Transport {
public:
    struct Settings {
        QString extraCaFile; ///< PEM; trusted besides the system's certificates; empty: none
        bool useSystemProxy = true;
    };

    explicit QnamTransport(Settings settings);
    QnamTransport()
        : QnamTransport(Settings{}) {}
    ~QnamTransport() override; ///< aborts what still runs and ends the thread

    [[nodiscard]] std::unique_ptr<Exchange> send(const HttpRequest& request,
                                                 const TimeLimits& limits) override;

private:
    class Worker;
    QThread m_thread;
    std::unique_ptr<Worker> m_worker;
};

} // namespace lavascope
