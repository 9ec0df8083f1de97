// SPDX-License-Identifier: MIT
#include "net/network_facts.h"

#include "net/routes.h"

#include <QHostInfo>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QUrl>

#include <array>
#include <utility>

namespace lavascope {

TlsFacts tlsFacts() {
    TlsFacts facts;
    facts.isSupported = QSslSocket::supportsSsl();
    facts.backend = QSslSocket::activeBackend();
    facts.version = QSslSocket::sslLibraryVersionString();
    facts.builtAgainst = QSslSocket::sslLibraryBuildVersionString();
    if (facts.isSupported)
        facts.authorities = QSslConfiguration::systemCaCertificates().size();
    return facts;
}

ProxyFacts proxyFacts(const QString& url) {
    constexpr std::array<const char*, 8> names = {"http_proxy", "https_proxy", "all_proxy", "no_proxy",
                                                  "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"};
    ProxyFacts facts;
    for (const char* name : names)
        if (!qEnvironmentVariableIsEmpty(name))
            facts.variables += QLatin1String(name);
    facts.proxy = Routes(Routes::Proxies::System).find(QUrl(url));
    return facts;
}

void lookUpName(const QString& host, QObject* receiver, std::function<void(const NameFacts&)> then) {
    QHostInfo::lookupHost(host, receiver, [then = std::move(then)](const QHostInfo& info) {
        const bool isFound = info.error() == QHostInfo::NoError;
        then({int(info.addresses().size()), isFound ? QString() : info.errorString()});
    });
}

} // namespace lavascope
