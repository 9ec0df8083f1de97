// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace lavascope {

/// How many bytes there part a wrapped text: blanks and line ends, also written as `\n`, with what a mail
/// puts before a quoted line. 0 if none do.
[[nodiscard]] qsizetype wrapLength(QByteArrayView text, qsizetype at);

/// The base64 text that begins somewhere, over the line ends that were put into it.
struct WrappedToken {
    qsizetype end = 0;    ///< behind its last character
    bool isWhole = false; ///< a JSON object is encoded in it, and it ends where that ends
};
[[nodiscard]] WrappedToken wrappedTokenAt(QByteArrayView text, qsizetype from);

} // namespace lavascope
