// SPDX-License-Identifier: MIT
#include "sandbox/request_id.h"

#include <QRandomGenerator>

namespace lavascope {

QByteArray newUlid(qint64 atMs) {
    constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr int timeLength = 10;
    constexpr int length = 26;
    QByteArray ulid(length, '0');
    auto time = static_cast<quint64>(atMs);
    for (int place = timeLength - 1; place >= 0; --place) {
        ulid[place] = alphabet[time & 31U];
        time >>= 5U;
    }
    for (int place = timeLength; place < length; ++place) {
        ulid[place] = alphabet[QRandomGenerator::system()->bounded(32)];
    }
    return ulid;
}

QString newRequestId(qint64 atMs) {
    return QStringLiteral("req_test_") + QString::fromLatin1(newUlid(atMs));
}

} // namespace lavascope
