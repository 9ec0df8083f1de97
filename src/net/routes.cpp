// SPDX-License-Identifier: MIT
#include "net/routes.h"

#include "net/safe_profile.h"

#include <QUrl>

namespace lavascope {

namespace {

QString keyOf(const QUrl& url) {
    return url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment).toString();
}

} // namespace

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
    return {m_found.value(keyOf(query.url()), QNetworkProxy::NoProxy)};
}

} // namespace lavascope
