// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace lavascope {

/// Where a text stops being base64, and why.
struct Base64Fault {
    qsizetype offset = 0;
    QString code; ///< `base64_bad_character`, `base64_padding_inside`, `base64_length`, `base64_loose_bits`
    QString message;
};

/// The bytes of a base64 text, up to its first fault.
struct Base64Decoding {
    QByteArray bytes;
    std::optional<Base64Fault> fault;
};

/// RFC 4648 §4 exactly: standard alphabet, groups of four, padding, and no unused bits set. Qt's own decoder
/// skips what it does not know, and so cannot say what is wrong.
[[nodiscard]] Base64Decoding decodeBase64(QByteArrayView text);

/// Value of a character of the standard or the URL-safe alphabet, -1 for any other.
[[nodiscard]] int base64Value(char character);

/// Whether a text consists of characters of both base64 alphabets and `=` only, and is not empty.
[[nodiscard]] bool isBase64Text(QByteArrayView text);

/// Whether a text is base64 as RFC 4648 §4 writes it, but for unused bits: standard alphabet, padded.
[[nodiscard]] bool isCanonicalBase64(QByteArrayView text);

/// Whether a text (of either alphabet) begins as the base64 of something a credential can be made of: a JSON
/// object, white space or a byte order mark before one, a key, or base64 once more.
[[nodiscard]] bool beginsLikeEncodedCredential(QByteArrayView text);

} // namespace lavascope
