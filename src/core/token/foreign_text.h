// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace lavascope {

/// A text that is no credential for the gateway, but is known for being mistaken for one.
struct ForeignText {
    const char* code;
    QString sentence;
    QString fix;
};
/// Stripe's keys, retired secrets, object ids, names of variables, masked keys, hexadecimal JSON, `Basic …`.
[[nodiscard]] std::optional<ForeignText> foreignText(QByteArrayView text);

/// What gives a key away as one that was masked for showing (`aks_live_…9f3c`, `aks_live_****`); empty if it
/// is not.
[[nodiscard]] QString maskRemark(QByteArrayView key);

/// Whether a text is a JSON web token: parts of URL-safe base64 with dots between them, the first one a JSON
/// object that names an algorithm.
[[nodiscard]] bool isJwt(QByteArrayView text);

} // namespace lavascope
