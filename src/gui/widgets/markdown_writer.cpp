// SPDX-License-Identifier: MIT
#include "gui/widgets/markdown_writer.h"

#include "gui/appearance.h"
#include "gui/widgets/chip.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextDocument>
#include <QTextTable>

#include <array>

namespace lavascope {

using markdown::Block;
using markdown::Span;
using markdown::Spans;

namespace {

constexpr std::array<double, 6> headingScales{1.5, 1.3, 1.15, 1.05, 1.0, 1.0};
// In lines of text.
constexpr double aroundParagraph = 0.5;
constexpr double aroundItem = 0.2;
constexpr double aboveHeading = 0.8;
constexpr double indentInLetters = 3.2;
constexpr int cellPadding = 5;
constexpr int belowTable = 8;

QString translated(const char* text) {
    return QCoreApplication::translate("lavascope::MarkdownWriter", text);
}

Qt::Alignment alignmentOf(markdown::Alignment alignment) {
    switch (alignment) {
    case markdown::Alignment::Center:
        return Qt::AlignHCenter;
    case markdown::Alignment::Right:
        return Qt::AlignRight;
    case markdown::Alignment::Left:
    case markdown::Alignment::None:
        break;
    }
    return Qt::AlignLeft;
}

} // namespace

MarkdownWriter::MarkdownWriter(QTextDocument& document)
    : m_document(document)
    , m_cursor(&document) {}

void MarkdownWriter::startOver(const QPalette& palette) {
    m_palette = palette;
    m_document.clear();
    m_cursor = QTextCursor(&m_document);
    m_isFresh = true;
    m_afterCode = false;
    m_links.clear();
}

MarkdownWriter::Mark MarkdownWriter::mark() const {
    return {m_document.characterCount() - 1, m_document.lastBlock().blockFormat(), m_isFresh, m_afterCode,
            m_links.size()};
}

void MarkdownWriter::goBackTo(const Mark& mark) {
    m_cursor.setPosition(mark.position);
    m_cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    m_cursor.removeSelectedText();
    // An empty block, such as a rule, has taken over the looks of what was removed behind it.
    m_cursor.setBlockFormat(mark.format);
    m_isFresh = mark.isFresh;
    m_afterCode = mark.afterCode;
    m_links.resize(mark.links);
}

QString MarkdownWriter::addressOf(const QString& href) const {
    bool isNumber = false;
    const qsizetype number = href.toLongLong(&isNumber);
    return isNumber ? m_links.value(number) : QString();
}

qreal MarkdownWriter::fontSize() const {
    return m_document.defaultFont().pointSizeF();
}

qreal MarkdownWriter::indentWidth() const {
    return QFontMetricsF(m_document.defaultFont()).averageCharWidth() * indentInLetters;
}

void MarkdownWriter::beginBlock(const QTextBlockFormat& format) {
    m_cursor.movePosition(QTextCursor::End);
    if (m_isFresh) {
        m_cursor.setBlockFormat(format);
        m_cursor.setBlockCharFormat({});
    } else {
        m_cursor.insertBlock(format, {});
    }
    m_isFresh = false;
}

QTextBlockFormat MarkdownWriter::blockFormat(const Block& block) const {
    const qreal line = QFontMetricsF(m_document.defaultFont()).lineSpacing();
    const qreal indent = indentWidth();
    QTextBlockFormat format;
    format.setLeftMargin(indent * (block.lists + block.quotes));
    format.setProperty(quotesProperty, block.quotes);
    const double around = block.lists > 0 ? aroundItem : aroundParagraph;
    format.setTopMargin(block.goesOn ? 0 : around * line);
    format.setBottomMargin(around * line);
    if (!block.marker.isEmpty()) {
        format.setTextIndent(-indent);
        format.setTabPositions({QTextOption::Tab(indent, QTextOption::LeftTab)});
    }
    if (m_afterCode)
        format.setTopMargin(line);
    return format;
}

void MarkdownWriter::write(const Block& block) {
    const bool isCode = block.kind == Block::Kind::Code;
    if (isCode)
        writeCode(block);
    else if (block.kind == Block::Kind::Table)
        writeTable(block);
    else {
        QTextBlockFormat format = blockFormat(block);
        QTextCharFormat base;
        if (block.kind == Block::Kind::Heading) {
            const double scale = headingScales.at(size_t(block.level - 1));
            base.setFontPointSize(fontSize() * scale);
            base.setFontWeight(QFont::DemiBold);
            format.setHeadingLevel(block.level);
            format.setTopMargin(aboveHeading * scale * QFontMetricsF(m_document.defaultFont()).lineSpacing());
        }
        if (block.kind == Block::Kind::Rule)
            format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                               QTextLength(QTextLength::PercentageLength, 100));
        if (block.quotes > 0)
            base.setForeground(meaningColors(m_palette).quiet);
        beginBlock(format);
        if (!block.marker.isEmpty())
            m_cursor.insertText(block.marker + QLatin1Char('\t'), base);
        writeSpans(m_cursor, block.spans, base);
    }
    m_afterCode = isCode;
}

void MarkdownWriter::writeCode(const Block& block) {
    QTextBlockFormat format = blockFormat(block);
    format.setProperty(codeProperty, true);
    // Room inside the ground that the view paints.
    format.setLeftMargin(format.leftMargin() + indentWidth() / 2);
    format.setTopMargin(block.goesOn ? 0 : format.topMargin() * 2);
    format.setBottomMargin(0);
    format.setNonBreakableLines(true);
    QTextCharFormat quiet = codeFormat({});
    quiet.setForeground(meaningColors(m_palette).quiet);
    beginBlock(format);
    if (!block.marker.isEmpty())
        m_cursor.insertText(block.marker + QLatin1Char('\t'), quiet);
    if (!block.language.isEmpty()) {
        writeText(m_cursor, block.language, quiet);
        format.setTopMargin(0);
        format.setTextIndent(0);
        beginBlock(format);
    }
    for (const Span& span : block.spans)
        writeText(m_cursor, span.text, codeFormat({}));
}

void MarkdownWriter::writeTable(const Block& block) {
    const int rows = int(block.rows.size());
    const int columns = int(block.columns.size());
    // A table is always behind a block, which is of no use here and should not be seen.
    QTextBlockFormat outside = blockFormat(block);
    outside.setBottomMargin(0);
    if (block.marker.isEmpty())
        outside.setLineHeight(1, QTextBlockFormat::FixedHeight);
    beginBlock(outside);
    if (!block.marker.isEmpty())
        m_cursor.insertText(block.marker);
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(meaningColors(m_palette).border);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellSpacing(0);
    format.setCellPadding(cellPadding);
    format.setLeftMargin(outside.leftMargin());
    format.setBottomMargin(belowTable);
    format.setHeaderRowCount(block.goesOn ? 0 : 1);
    QTextTable* table = m_cursor.insertTable(rows, columns, format);
    for (int row = 0; row < rows; ++row) {
        QTextCharFormat base;
        if (row == 0 && !block.goesOn)
            base.setFontWeight(QFont::DemiBold);
        for (int column = 0; column < columns; ++column) {
            QTextCursor cell = table->cellAt(row, column).firstCursorPosition();
            QTextBlockFormat inside;
            inside.setAlignment(alignmentOf(block.columns[size_t(column)]));
            cell.setBlockFormat(inside);
            writeSpans(cell, block.rows[size_t(row)][size_t(column)], base);
        }
    }
    // A table is always followed by a block, which takes what comes next.
    m_isFresh = true;
}

void MarkdownWriter::writeSpans(QTextCursor& cursor, const Spans& spans, const QTextCharFormat& base) {
    for (const Span& span : spans) {
        const QTextCharFormat format = formatOf(span, base);
        if (!span.isPicture) {
            writeText(cursor, span.text, format);
            continue;
        }
        const QString name =
            span.text.isEmpty() ? translated("Picture") : translated("Picture: %1").arg(span.text);
        writeText(cursor, QStringLiteral("[%1] (%2)").arg(name, span.address), format);
    }
}

QTextCharFormat MarkdownWriter::formatOf(const Span& span, const QTextCharFormat& base) {
    QTextCharFormat format = base;
    if (span.styles.testFlag(markdown::Style::Strong))
        format.setFontWeight(QFont::Bold);
    if (span.styles.testFlag(markdown::Style::Emphasis))
        format.setFontItalic(true);
    if (span.styles.testFlag(markdown::Style::Struck))
        format.setFontStrikeOut(true);
    if (span.styles.testFlag(markdown::Style::Code)) {
        format = codeFormat(format);
        format.setBackground(m_palette.color(QPalette::AlternateBase));
    }
    if (span.isPicture) {
        format.setForeground(meaningColors(m_palette).quiet);
    } else if (!span.address.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(QString::number(m_links.size()));
        format.setForeground(m_palette.color(QPalette::Link));
        format.setFontUnderline(true);
        m_links += span.address;
    }
    return format;
}

QTextCharFormat MarkdownWriter::codeFormat(QTextCharFormat format) const {
    format.setFontFamilies({codeFont().family()});
    format.setFontFixedPitch(true);
    return format;
}

void MarkdownWriter::writeText(QTextCursor& cursor, QStringView text, const QTextCharFormat& format) const {
    qsizetype begin = 0;
    const auto writeUpTo = [&](qsizetype end) {
        // A line feed that was asked for breaks the line, not the block.
        if (end > begin)
            cursor.insertText(text.sliced(begin, end - begin).toString().replace(u'\n', QChar::LineSeparator),
                              format);
    };
    for (qsizetype i = 0; i < text.size();) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t codePoint =
            isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        const qsizetype next = i + (isPair ? 2 : 1);
        if (needsChip(codePoint)) {
            writeUpTo(i);
            cursor.insertText(chipText(codePoint), chipFormat(codePoint, format, m_palette));
            begin = next;
        }
        i = next;
    }
    writeUpTo(text.size());
}

} // namespace lavascope
