// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/base/result.h"

namespace lavascope {

/// Refuses what would break or smuggle a request: a name that is no token, a value with CR, LF, NUL or
/// another control but TAB, and the fields that belong to the transport (Content-Length, Transfer-Encoding,
/// Connection, Expect, TE, Upgrade). `Host` passes. Errors: `header_name_invalid`, `header_value_invalid`
/// (offset of the byte), `header_reserved`.
[[nodiscard]] Result<void> checkHeader(const Headers::Field& field);

/// `Name: value` as typed into a command line or a form line. Error `header_line_invalid`, else those of
/// checkHeader().
[[nodiscard]] Result<Headers::Field> parseHeaderLine(const QByteArray& line);

/// A method is a token of upper-case letters. Error `method_invalid`.
[[nodiscard]] Result<void> checkMethod(const QByteArray& method);

/// Whether a field by its name carries a credential (Authorization, x-api-key, x-goog-api-key, xi-api-key,
/// cookies, …).
[[nodiscard]] bool isCredentialHeader(QByteArrayView name);

/// The same fields with every credential masked: what may be shown, copied and stored.
[[nodiscard]] Headers redactedHeaders(const Headers& headers);

} // namespace lavascope
