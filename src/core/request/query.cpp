// SPDX-License-Identifier: MIT
#include "core/request/query.h"

namespace lavascope {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isCodeAt(QByteArrayView text, qsizetype at) {
    return text[at] == '%' && at + 2 < text.size() && hexValue(text[at + 1]) >= 0 &&
           hexValue(text[at + 2]) >= 0;
}

} // namespace

QList<QueryParameter> splitQuery(QByteArrayView query) {
    QList<QueryParameter> parameters;
    while (!query.isEmpty()) {
        const qsizetype ampersand = query.indexOf('&');
        const QByteArrayView whole = ampersand < 0 ? query : query.first(ampersand);
        query = query.sliced(ampersand < 0 ? query.size() : ampersand + 1);
        if (whole.isEmpty())
            continue;
        const qsizetype equals = whole.indexOf('=');
        const QByteArrayView name = equals < 0 ? whole : whole.first(equals);
        parameters.append(
            {whole, decodeQueryValue(name), whole.sliced(equals < 0 ? whole.size() : equals + 1)});
    }
    return parameters;
}

QByteArray decodeQueryValue(QByteArrayView value) {
    QByteArray out;
    out.reserve(value.size());
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (isCodeAt(value, i)) {
            out += char(hexValue(value[i + 1]) * 16 + hexValue(value[i + 2]));
            i += 2;
        } else {
            out += value[i] == '+' ? ' ' : value[i];
        }
    }
    return out;
}

bool hasPercentCode(QByteArrayView text) {
    for (qsizetype i = 0; i < text.size(); ++i)
        if (isCodeAt(text, i))
            return true;
    return false;
}

} // namespace lavascope
