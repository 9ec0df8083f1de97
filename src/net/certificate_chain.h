// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/tls_fault.h"

#include <QDate>
#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QStringList>

namespace lavascope {

/// The chain that a server showed, its own certificate first, as a line each: whose it is, who issued it,
/// from when to when it is valid, which names it is for, and what is wrong with it. Names are foreign text:
/// they are cut, and their control characters made visible. `today` is said where a date decided.
[[nodiscard]] QStringList certificatesInWords(const QList<QSslCertificate>& chain,
                                              const QList<QSslError>& errors, QDate today);

/// The fault that says the most about whom we are speaking to; None without errors.
[[nodiscard]] TlsFault tlsFaultOf(const QList<QSslError>& errors);

/// Whether the TLS library says that what came is no TLS at all. It is told by text alone: neither Qt nor the
/// library's error gives a number for it. Only OpenSSL's words are known; otherwise false.
[[nodiscard]] bool tellsOfNoTls(const QString& errorOfTlsLibrary);

} // namespace lavascope
