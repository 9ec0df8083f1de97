// SPDX-License-Identifier: MIT
#include "sandbox/query.h"

namespace lavascope {

namespace {

[[nodiscard]] QByteArray decoded(QByteArrayView text) {
    QByteArray bytes = text.toByteArray();
    bytes.replace('+', ' ');
    return QByteArray::fromPercentEncoding(bytes);
}

} // namespace

Query Query::ofTarget(QByteArrayView target) {
    Query query;
    const qsizetype mark = target.indexOf('?');
    if (mark < 0) {
        return query;
    }
    const QList<QByteArray> pairs = target.sliced(mark + 1).toByteArray().split('&');
    for (const QByteArray& pair : pairs) {
        if (pair.isEmpty()) {
            continue;
        }
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0) {
            query.m_parameters.append({decoded(pair), QByteArray()});
        } else {
            query.m_parameters.append({decoded(QByteArrayView(pair).first(equals)),
                                       decoded(QByteArrayView(pair).sliced(equals + 1))});
        }
    }
    return query;
}

std::optional<QByteArray> Query::value(QByteArrayView name) const {
    for (const Parameter& parameter : m_parameters) {
        if (parameter.name == name) {
            return parameter.value;
        }
    }
    return std::nullopt;
}

QByteArray pathOfTarget(QByteArrayView target) {
    const qsizetype mark = target.indexOf('?');
    return (mark < 0 ? target : target.first(mark)).toByteArray();
}

} // namespace lavascope
