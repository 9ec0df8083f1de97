// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QObject;

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

/// What the system's name server says.
struct NameFacts {
    int addresses = 0;
    QString problem; ///< in the system's words; empty if the name was found
};
/// Tells `then` from the event loop; never, once `receiver` is gone.
void lookUpName(const QString& host, QObject* receiver, std::function<void(const NameFacts&)> then);

} // namespace lavascope
