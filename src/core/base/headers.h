// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace lavascope {

/// HTTP header fields as they came or will go: order kept, duplicates kept, names compared without case.
/// (QHttpHeaders does the same but needs Qt 6.7.)
class Headers {
public:
    struct Field {
        QByteArray name;
        QByteArray value;

        friend bool operator==(const Field&, const Field&) = default;
    };

    Headers() = default;
    Headers(std::initializer_list<Field> fields)
        : m_fields(fields) {}

    void append(QByteArray name, QByteArray value);
    /// Replaces every field of that name by one; it keeps the place of the first.
    void set(const QByteArray& name, const QByteArray& value);
    void remove(QByteArrayView name);

    [[nodiscard]] bool contains(QByteArrayView name) const;
    /// The first field of that name, or nothing. An empty value is a value.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] QList<QByteArray> values(QByteArrayView name) const;

    [[nodiscard]] const QList<Field>& fields() const { return m_fields; }
    [[nodiscard]] bool isEmpty() const { return m_fields.isEmpty(); }
    [[nodiscard]] qsizetype size() const { return m_fields.size(); }
    [[nodiscard]] auto begin() const { return m_fields.cbegin(); }
    [[nodiscard]] auto end() const { return m_fields.cend(); }

    friend bool operator==(const Headers&, const Headers&) = default;

private:
    QList<Field> m_fields;
};

} // namespace lavascope
