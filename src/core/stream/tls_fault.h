// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <optional>

namespace lavascope {

/// What was wrong when no safe connection came about. Where several checks failed, the one that says the most
/// about whom we are speaking to.
enum class TlsFault {
    None, ///< it came about, or nothing is known
    Revoked,
    SelfSigned,
    UnknownAuthority,
    WrongHost,
    Expired,
    NotYetValid,
    NotSpoken, ///< what answered does not speak TLS, such as plain HTTP on that port
    Other,
};
/// snake_case, e.g. `unknown_authority`.
[[nodiscard]] const char* tlsFaultName(TlsFault fault);
[[nodiscard]] std::optional<TlsFault> tlsFaultByName(QByteArrayView name);

} // namespace lavascope
