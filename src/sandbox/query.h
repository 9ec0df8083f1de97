// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace lavascope {

/// The parameters of a request target as a WHATWG URL parser gives them to a server: split at `&`, `+` is a
/// blank, percent escapes decoded once, escapes that are none left as they are.
class Query {
public:
    struct Parameter {
        QByteArray name;
        QByteArray value;

        friend bool operator==(const Parameter&, const Parameter&) = default;
    };

    /// What stands after the first `?`; nothing else is looked at.
    [[nodiscard]] static Query ofTarget(QByteArrayView target);

    /// The first of that name.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] const QList<Parameter>& parameters() const { return m_parameters; }

private:
    QList<Parameter> m_parameters;
};

/// What stands before the first `?`.
[[nodiscard]] QByteArray pathOfTarget(QByteArrayView target);

} // namespace lavascope
