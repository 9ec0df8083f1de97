// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace lavascope::json {

/// QString::fromUtf8() drops a leading U+FEFF; inside a text that is a character like any other, and is kept.
[[nodiscard]] QString textOfUtf8(QByteArrayView utf8);

/// What stands between the quotes of a valid JSON string, with escapes decoded. A lone surrogate stays one.
[[nodiscard]] QString textOfString(QByteArrayView raw, bool escaped);

/// The same as UTF-8, appended to `out`; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
void appendUtf8OfString(QByteArray& out, QByteArrayView raw);

} // namespace lavascope::json
