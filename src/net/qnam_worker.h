// SPDX-License-Identifier: MIT
#pragma once

#include "net/qnam_call.h"
#include "net/qnam_transport.h"

#include <QHash>
#include <QList>
#include <QSslConfiguration>

namespace lavascope {

class Routes;

/// What lives in the network thread: the manager, its way of reaching hosts, and the line of calls before
/// each host.
///
/// Qt opens at most six connections to a host and lets further requests wait out of sight, with their limits
/// running. So the line is kept here, where it can be shown and left at once.
class QnamWorker final : public QObject {
    Q_OBJECT

public:
    explicit QnamWorker(QnamTransport::Settings settings);
    ~QnamWorker() override; ///< ends the calls that still run

    void adopt(QnamCall* call); ///< takes it over and starts it when there is a connection for it

private:
    struct Line {
        QList<QnamCall*> running;
        QList<QnamCall*> waiting;
    };

    void advance(const QString& host);
    void start(QnamCall& call);
    [[nodiscard]] bool loadCertificates();
    void tidy();

    const QnamTransport::Settings m_settings;
    QNetworkAccessManager* m_manager = nullptr;
    Routes* m_routes = nullptr; ///< owned by the manager
    QSslConfiguration m_tls;
    enum class Certificates { NotLoaded, Loaded, Unreadable } m_certificates = Certificates::NotLoaded;
    QHash<QString, Line> m_lines; ///< by scheme, host and port
};

} // namespace lavascope
