// SPDX-License-Identifier: MIT
#include "net/routes.h"

#include "net/safe_profile.h"

#include <QUrl>

namespace lavascope {

namespace {

QString keyOf(const QUrl& url) {
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment).toString();
}

/// The direct way to plain http, in words by which Qt reads it through a buffer. Told that there is no proxy,
/// it opens the connection without one, and asks the system for the length of every chunk byte by byte: a
/// million small chunks took four times as long. What is said here is that the proxy is the process's own,
/// and that is none; see the constructor.
QNetworkProxy directWithBuffer() {
    QNetworkProxy own(QNetworkProxy::DefaultProxy);
    own.setCapabilities(QNetworkProxy::TunnelingCapability);
    return own;
}

} // namespace

Routes::Routes(Proxies proxies)
    : m_proxies(proxies) {
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
}

QString Routes::find(const QUrl& url) {
    QNetworkProxy chosen = QNetworkProxy::NoProxy;
    if (m_proxies == Proxies::System && !isLoopbackHost(url.host())) {
        const auto offered = systemProxyForQuery(QNetworkProxyQuery(url));
        for (const QNetworkProxy& proxy : offered) {
            chosen = proxy;
            if (proxy.type() == QNetworkProxy::NoProxy || proxy.isTransparentProxy())
                break;
        }
    }
    m_found.insert(keyOf(url), chosen);
    if (chosen.type() == QNetworkProxy::NoProxy)
        return {};
    return QStringLiteral("%1:%2").arg(chosen.hostName()).arg(chosen.port());
}

QList<QNetworkProxy> Routes::queryProxy(const QNetworkProxyQuery& query) {
    const QNetworkProxy found = m_found.value(keyOf(query.url()), QNetworkProxy::NoProxy);
    const bool isPlain = query.url().scheme() == QLatin1String("http");
    return {isPlain && found.type() == QNetworkProxy::NoProxy ? directWithBuffer() : found};
}

} // namespace lavascope
