// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace lavascope {

/// What encrypts connections on this computer.
struct TlsFacts {
    bool isSupported = false;
    QString backend;           ///< as Qt names it: `openssl`, `schannel`, `securetransport`
    QString version;           ///< of the library that was found at run time
    QString builtAgainst;      ///< the version that Qt was made for
    qsizetype authorities = 0; ///< certificates that the system trusts
};
[[nodiscard]] TlsFacts tlsFacts();

/// The proxy by which a URL is reached, as `host:port`, and the environment's words for it; never a name or a
/// password.
struct ProxyFacts {
    QString proxy;         ///< empty: a direct way
    QStringList variables; ///< names of the environment variables about proxies that are set
};
/// Asking the system can take long where it runs a script.
[[nodiscard]] ProxyFacts proxyFacts(const QString& url);

} // namespace lavascope
