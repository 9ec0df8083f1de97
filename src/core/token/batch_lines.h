// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <QByteArray>

#include <optional>

namespace lavascope {

// What the lines of a text with many credentials are taken for.

/// The text as UTF-8 without a byte order mark. Spreadsheets and Windows shells write UTF-16, with one.
[[nodiscard]] QByteArray batchTextOf(const QByteArray& text);

/// Whether a line in which no credential was found stands where one should: a list may hold words that are
/// none, and that is worth telling. Prose, comments, settings of other things and the brackets of a JSON text
/// are not.
[[nodiscard]] bool isListed(QByteArrayView line);

/// A token that `base64` or a mail program wrapped.
struct WrappedLines {
    qsizetype end = 0; ///< behind its last line, in the text
    qint64 lines = 0;
    TokenReport report;
};
/// The wrapped token whose first line begins at `from`; nothing if that line is whole, or if it and those
/// after it do not make one.
[[nodiscard]] std::optional<WrappedLines> wrappedLinesAt(QByteArrayView text, qsizetype from);

} // namespace lavascope
