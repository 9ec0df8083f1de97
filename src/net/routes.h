// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QNetworkProxyFactory>
#include <QString>

namespace lavascope {

/// The way each host is reached: directly, or by the system's proxy. Loopback is always direct.
///
/// It is asked once before a call, so that the proxy can be named, and answers QNetworkAccessManager with
/// that same proxy. Asking the system can take long where it runs a script; that time is part of the call.
///
/// It also sees to it that nothing in this process uses a proxy that was not asked for here.
class Routes final : public QNetworkProxyFactory {
public:
    enum class Proxies { Never, System };
    explicit Routes(Proxies proxies);

    /// Finds the way anew. Returns `host:port` of the proxy, empty for a direct way.
    QString find(const QUrl& url);
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;

private:
    const Proxies m_proxies;
    QHash<QString, QNetworkProxy> m_found; ///< by scheme, host and port
};

} // namespace lavascope
