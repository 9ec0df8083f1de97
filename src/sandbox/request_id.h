// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope {

/// A ULID (26 characters of Crockford's base 32): sorts by time, never twice the same.
[[nodiscard]] QByteArray newUlid(qint64 atMs);

/// What `x-lava-request-id` says: `req_test_` and a ULID.
[[nodiscard]] QString newRequestId(qint64 atMs);

} // namespace lavascope
