// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/stream/recording.h"
#include "net/transport.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QString>
#include <QStringList>

namespace lavascope {

/// Who ended a call from our side.
enum class Stop { No, ByUser, Connect, FirstByte, Idle, Total };

/// Everything that was seen of a call, from which its ending is told.
struct CallEvidence {
    QByteArray method;
    QString host;
    QString proxy; ///< `host:port`; empty: direct
    bool isHttps = false;
    TimeLimits limits;

    Stop stop = Stop::No;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool isEncrypted = false;
    QStringList tlsProblems; ///< why the certificate was not accepted
    TlsFault tlsFault = TlsFault::None;
    QStringList certificates; ///< the refused chain in words
    int timesSent = 0;
    int status = 0; ///< 0: no status with its headers came
    Headers headers;
    qint64 received = 0; ///< body bytes
};

/// Tells the ending from the evidence; `at` is left to the caller. The status decides before Qt's error does:
/// Qt gives an error for every status from 400 on, and none for many an answer that broke off.
[[nodiscard]] Ending tellEnding(const CallEvidence& evidence);

/// How much of a body Qt keeps for us; of a 401 or 407 answer it gives out no more than this, and
/// sometimes an eighth less.
inline constexpr qint64 readBufferBytes = 1024 * 1024;

} // namespace lavascope
