// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace lavascope {

/// One code point read from UTF-8, and how many bytes it took.
struct CodePoint {
    char32_t value = 0;
    qsizetype length = 0; ///< 0: the bytes are no UTF-8 (overlong, a surrogate, over U+10FFFF, cut off)
};
/// The code point that begins at `at`, which must be inside the text.
[[nodiscard]] CodePoint codePointAt(QByteArrayView text, qsizetype at);

/// Offset of the first byte that is no UTF-8; nothing if all is well.
[[nodiscard]] std::optional<qsizetype> firstInvalidUtf8(QByteArrayView text);

/// The text of valid UTF-8. Unlike QString::fromUtf8() it keeps a leading byte order mark, which in a key or
/// an id is a character like any other.
[[nodiscard]] QString textOfUtf8(QByteArrayView utf8);

} // namespace lavascope
