// SPDX-License-Identifier: MIT
#include "gui/request_fingerprint.h"

#include <QCryptographicHash>

namespace lavascope {

QByteArray requestFingerprint(const HttpRequest& request) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray& part) {
        // Lengths keep the parts apart.
        hash.addData(QByteArray::number(part.size()) + ' ');
        hash.addData(part);
    };
    add(request.method);
    add(request.url);
    for (const Headers::Field& field : request.headers) {
        add(field.name);
        add(field.value);
    }
    add(request.body);
    return hash.result();
}

} // namespace lavascope
