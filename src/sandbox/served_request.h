// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// One request the sandbox has served, for its log.
struct ServedRequest {
    qint64 atMs = 0; ///< Unix time
    QString requestId;
    QByteArray method;
    QString target; ///< provider URL, without its query
    QString payer;  ///< e.g. `merchant`, `customer conn_demo`
    int status = 0;
    qint64 costMicros = 0;
    QString note; ///< why it was refused, or which fault hit
};

/// A balance as it stands.
struct WalletState {
    QString owner; ///< masked key, or customer id
    qint64 balanceMicros = 0;
};

} // namespace lavascope
