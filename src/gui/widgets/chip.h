// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QTextCharFormat>

class QPalette;
class QTextBlock;
class QTextDocument;

namespace lavascope {

/// Whether a text document must show this character as a chip such as `<U+202E>`: what deceives, and what
/// QTextDocument keeps for its own use and would not show.
[[nodiscard]] bool needsChip(char32_t codePoint);
[[nodiscard]] QString chipText(char32_t codePoint);
/// How a chip looks where other text has that format. It remembers the character for originalText().
[[nodiscard]] QTextCharFormat chipFormat(char32_t codePoint, const QTextCharFormat& around,
                                         const QPalette& palette);
/// The text of a block between two positions of the document, with the characters that chips stand for.
[[nodiscard]] QString originalText(const QTextBlock& block, int begin, int end);

} // namespace lavascope
