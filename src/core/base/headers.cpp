// SPDX-License-Identifier: MIT
#include "core/base/headers.h"

#include <algorithm>

namespace lavascope {

namespace {

bool sameName(const QByteArray& a, QByteArrayView b) {
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

void Headers::append(QByteArray name, QByteArray value) {
    m_fields.append({std::move(name), std::move(value)});
}

void Headers::set(const QByteArray& name, const QByteArray& value) {
    const auto named = [&](const Field& field) { return sameName(field.name, name); };
    const auto first = std::find_if(m_fields.begin(), m_fields.end(), named);
    if (first == m_fields.end()) {
        append(name, value);
        return;
    }
    *first = {name, value};
    m_fields.erase(std::remove_if(std::next(first), m_fields.end(), named), m_fields.end());
}

void Headers::remove(QByteArrayView name) {
    m_fields.removeIf([&](const Field& field) { return sameName(field.name, name); });
}

bool Headers::contains(QByteArrayView name) const {
    return value(name).has_value();
}

std::optional<QByteArray> Headers::value(QByteArrayView name) const {
    for (const Field& field : m_fields)
        if (sameName(field.name, name))
            return field.value;
    return std::nullopt;
}

QList<QByteArray> Headers::values(QByteArrayView name) const {
    QList<QByteArray> found;
    for (const Field& field : m_fields)
        if (sameName(field.name, name))
            found.append(field.value);
    return found;
}

} // namespace lavascope
