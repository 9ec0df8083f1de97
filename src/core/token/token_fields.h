// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

#include <optional>
#include <variant>

namespace lavascope {

/// A field of a token is absent, null, or has a value: three things that the gateway tells apart.
template <typename T>
class Field {
public:
    Field() = default;
    Field(T value)
        : m_state(std::move(value)) {} // NOLINT(google-explicit-constructor): a value is a field
    [[nodiscard]] static Field null() {
        Field field;
        field.m_state = Null{};
        return field;
    }

    [[nodiscard]] bool isAbsent() const { return std::holds_alternative<std::monostate>(m_state); }
    [[nodiscard]] bool isNull() const { return std::holds_alternative<Null>(m_state); }
    [[nodiscard]] bool hasValue() const { return std::holds_alternative<T>(m_state); }
    [[nodiscard]] const T& value() const { return std::get<T>(m_state); }

    friend bool operator==(const Field&, const Field&) = default;

private:
    struct Null {
        friend bool operator==(const Null&, const Null&) = default;
    };
    std::variant<std::monostate, Null, T> m_state;
};

/// What a forward token says, before it is encoded.
struct TokenFields {
    Secret secretKey{};
    Field<QString> customerId{};
    Field<QString> meterSlug{};
    Field<Secret> providerKey{};
    Field<bool> disableBilling{};

    friend bool operator==(const TokenFields&, const TokenFields&) = default;
};

/// The forward token for these fields: base64 of compact JSON, byte for byte what `generateForwardToken` of
/// @lavapayments/nodejs 11.2.0 makes. Errors: `secret_key_missing`, `secret_key_not_utf8`,
/// `provider_key_not_utf8`.
[[nodiscard]] Result<QByteArray> buildToken(const TokenFields& fields);

} // namespace lavascope
