// SPDX-License-Identifier: MIT
#include "sandbox/query.h"

namespace lavascope {

namespace {

[[nodiscard]] int hexValue(char c) {
    const int digit =
        QByteArrayView("0123456789abcdef").indexOf(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    return c == '\0' ? -1 : digit;
}

// Not QByteArray::fromPercentEncoding(), which makes something of escapes that are none.
[[nodiscard]] QByteArray decoded(QByteArrayView text) {
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool escape = c == '%' && at + 2 < text.size();
        const int high = escape ? hexValue(text[at + 1]) : -1;
        const int low = escape ? hexValue(text[at + 2]) : -1;
        if (high >= 0 && low >= 0) {
            bytes += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            bytes += c == '+' ? ' ' : c;
        }
    }
    return bytes;
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
