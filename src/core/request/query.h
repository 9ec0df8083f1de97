// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

namespace lavascope {

/// One `name=value` of a query, as it is written.
struct QueryParameter {
    QByteArrayView whole;
    QByteArray name; ///< decoded
    QByteArrayView rawValue;
};
/// The parameters of a query, read as a web server reads them (WHATWG `application/x-www-form-urlencoded`).
/// Views into `query`.
[[nodiscard]] QList<QueryParameter> splitQuery(QByteArrayView query);

/// A value with `%XX` decoded and `+` turned into a blank, as a web server reads it. `%` that begins no code
/// stays.
[[nodiscard]] QByteArray decodeQueryValue(QByteArrayView value);

/// Whether a text holds a `%XX` code.
[[nodiscard]] bool hasPercentCode(QByteArrayView text);

} // namespace lavascope
