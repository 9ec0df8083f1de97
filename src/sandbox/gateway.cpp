// SPDX-License-Identifier: MIT
#include "sandbox/gateway.h"

#include <QDateTime>
#include <QLocale>

namespace lavascope {

Headers answerHeaders(const QString& requestId, qint64 nowMs) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC);
    const QString date = QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    return {{"x-lava-request-id", requestId.toLatin1()}, {"Date", date.toLatin1()}};
}

} // namespace lavascope
