// SPDX-License-Identifier: MIT
#include "net/plain_read.h"

#include <QNetworkProxy>
#include <QTcpSocket>

namespace lavascope {

Result<PlainRead> plainRead(quint16 port, const QByteArray& request) {
    constexpr int patience = 10'000;
    using Clock = std::chrono::steady_clock;
    PlainRead read;
    const Clock::time_point begin = Clock::now();
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write(request);
    while (socket.waitForReadyRead(patience))
        read.bytes += socket.readAll().size();
    read.bytes += socket.readAll().size();
    read.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
    if (socket.error() != QAbstractSocket::RemoteHostClosedError)
        return fail(QStringLiteral("plain_read_failed"),
                    QStringLiteral("The connection to 127.0.0.1 failed: %1.").arg(socket.errorString()));
    return read;
}

} // namespace lavascope
