// SPDX-License-Identifier: MIT
#include "gui/widgets/body_layout.h"

#include <QFontMetricsF>
#include <QTextOption>

#include <algorithm>

namespace lavascope {

void BodyLayout::setLook(const Look& look) {
    if (look == m_look)
        return;
    m_look = look;
    m_rows.clear();
}

void BodyLayout::setChunks(const BodyLines::Chunks* chunks) {
    m_chunks = chunks;
    m_lines.clear();
    m_rows.clear();
}

QByteArray BodyLayout::bytes(qint64 begin, qint64 end) const {
    return m_chunks ? m_lines.bytes(*m_chunks, begin, end) : QByteArray();
}

std::vector<BodyRow> BodyLayout::rows(qint64 first, qint64 count) const {
    return m_chunks ? m_lines.rows(*m_chunks, first, count) : std::vector<BodyRow>();
}

const BodyLayout::Row& BodyLayout::row(const BodyRow& row) const {
    Row* known = m_rows.object(row.begin);
    // The last row grows.
    if (!known || known->end != row.next) {
        known = newRow(row);
        m_rows.insert(row.begin, known, int(known->text.text().size()) + 1);
    }
    return *known;
}

BodyLayout::Row* BodyLayout::newRow(const BodyRow& row) const {
    auto* made = new Row;
    made->end = row.next;
    made->text = BodyRowText(bytes(row.begin, row.end), row.endsLine());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAnywhere);
    option.setTabStopDistance(4 * QFontMetricsF(m_look.font).horizontalAdvance(QLatin1Char(' ')));
    QList<QTextLayout::FormatRange> formats;
    for (const BodyRowText::Chip& chip : made->text.chips()) {
        QTextCharFormat format;
        const bool warns = chip.kind == BodyRowText::Chip::Kind::Warning;
        format.setForeground(warns ? m_look.warning : m_look.quiet);
        if (warns)
            format.setFontWeight(QFont::DemiBold);
        formats.append({chip.begin, chip.length, format});
    }
    QTextLayout& layout = made->layout;
    layout.setText(made->text.text());
    layout.setFont(m_look.font);
    layout.setTextOption(option);
    layout.setFormats(formats);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_look.width);
        line.setPosition(QPointF(0, qreal(line.lineNumber()) * m_look.lineHeight));
    }
    layout.endLayout();
    return made;
}

BodySpot BodyLayout::spotAt(qint64 byte) const {
    if (!m_chunks || m_lines.rowCount() == 0)
        return {};
    const BodyRow found = m_lines.rowAt(*m_chunks, byte);
    const Row& laidOut = row(found);
    const QTextLine line = laidOut.layout.lineForTextPosition(laidOut.text.placeOf(byte - found.begin));
    return {found, line.isValid() ? line.lineNumber() : 0};
}

BodySpot BodyLayout::moved(const BodySpot& spot, int lines) const {
    BodySpot to = spot;
    if (lines < 0) {
        // Each row is a line at least, so no more rows than lines are needed.
        const qint64 first = std::max(qint64(0), to.row.number + lines);
        const std::vector<BodyRow> above = rows(first, to.row.number - first);
        to.line += lines;
        for (auto row = above.rbegin(); row != above.rend() && to.line < 0; ++row)
            to = {*row, to.line + lineCount(*row)};
        to.line = std::max(0, to.line);
    } else if (lines > 0) {
        const std::vector<BodyRow> below = rows(to.row.number + 1, lines);
        to.line += lines;
        for (auto row = below.begin(); row != below.end() && to.line >= lineCount(to.row); ++row)
            to = {*row, to.line - lineCount(to.row)};
        to.line = std::min(to.line, lineCount(to.row) - 1);
    }
    return to;
}

qint64 BodyLayout::beginOf(const BodySpot& spot) const {
    const Row& laidOut = row(spot.row);
    const QTextLine line = laidOut.layout.lineAt(spot.line);
    return spot.row.begin + (line.isValid() ? laidOut.text.byteAt(line.textStart()) : 0);
}

qint64 BodyLayout::endOf(const BodySpot& spot) const {
    const Row& laidOut = row(spot.row);
    if (spot.line + 1 >= laidOut.layout.lineCount())
        return spot.row.end;
    const QTextLine line = laidOut.layout.lineAt(spot.line);
    return spot.row.begin + laidOut.text.byteAt(line.textStart() + line.textLength() - 1);
}

qint64 BodyLayout::byteAt(const BodySpot& spot, qreal x) const {
    const Row& laidOut = row(spot.row);
    const QTextLine line = laidOut.layout.lineAt(spot.line);
    if (!line.isValid())
        return spot.row.begin;
    const int place = line.xToCursor(x);
    return std::min(spot.row.begin + laidOut.text.byteAt(place), endOf(spot));
}

qreal BodyLayout::placeOf(const BodySpot& spot, qint64 byte) const {
    const Row& laidOut = row(spot.row);
    const QTextLine line = laidOut.layout.lineAt(spot.line);
    return line.isValid() ? line.cursorToX(laidOut.text.placeOf(byte - spot.row.begin)) : 0;
}

qint64 BodyLayout::nextCharacter(qint64 byte) const {
    const BodyRow at = spotAt(byte).row;
    const BodyRowText& text = row(at).text;
    const auto size = int(text.text().size());
    int place = text.placeOf(byte - at.begin);
    if (place >= size)
        return at.next;
    const int here = text.byteAt(place);
    while (place < size && text.byteAt(place) == here)
        ++place;
    return at.begin + text.byteAt(place);
}

qint64 BodyLayout::previousCharacter(qint64 byte) const {
    if (byte == 0)
        return 0;
    const BodyRow at = spotAt(byte - 1).row;
    if (byte > at.end)
        return at.end;
    const BodyRowText& text = row(at).text;
    return at.begin + text.byteAt(std::max(0, text.placeOf(byte - at.begin) - 1));
}

} // namespace lavascope
