// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

#include <QPalette>
#include <QStringList>
#include <QTextCursor>

class QTextDocument;

namespace lavascope {

/// Writes blocks of Markdown at the end of a text document, by formats alone: there is no HTML on the way, no
/// picture, and nothing that the document could want to load. Links hold a number, and the addresses stay
/// here as they were written.
class MarkdownWriter {
public:
    explicit MarkdownWriter(QTextDocument& document);

    /// A state of the document that it can go back to.
    struct Mark {
        int position = 0;
        QTextBlockFormat format = {};
        bool isFresh = true;
        bool afterCode = false;
        qsizetype links = 0;
    };

    /// Empties the document and takes the looks from now on from this palette.
    void startOver(const QPalette& palette);
    void write(const markdown::Block& block);
    [[nodiscard]] Mark mark() const;
    void goBackTo(const Mark& mark);
    /// The address behind the link number that QTextCharFormat::anchorHref() holds.
    [[nodiscard]] QString addressOf(const QString& href) const;

    // Block properties, for the view to paint what stands behind the text.
    static constexpr int codeProperty = QTextFormat::UserProperty + 10;
    static constexpr int quotesProperty = QTextFormat::UserProperty + 11;
    /// How far each list and quote moves its text to the right.
    [[nodiscard]] qreal indentWidth() const;

private:
    void beginBlock(const QTextBlockFormat& format);
    void writeCode(const markdown::Block& block);
    void writeTable(const markdown::Block& block);
    void writeSpans(QTextCursor& cursor, const markdown::Spans& spans, const QTextCharFormat& base);
    void writeText(QTextCursor& cursor, QStringView text, const QTextCharFormat& format) const;
    [[nodiscard]] QTextBlockFormat blockFormat(const markdown::Block& block) const;
    [[nodiscard]] QTextCharFormat formatOf(const markdown::Span& span, const QTextCharFormat& base);
    [[nodiscard]] QTextCharFormat codeFormat(QTextCharFormat format) const;
    [[nodiscard]] qreal fontSize() const;

    QTextDocument& m_document;
    QTextCursor m_cursor;
    QPalette m_palette;
    bool m_isFresh = true; ///< the last block of the document is empty and waits to be written
    bool m_afterCode = false;
    QStringList m_links;
};

} // namespace lavascope
