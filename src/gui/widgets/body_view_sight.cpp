// SPDX-License-Identifier: MIT
// What of a body is in sight, and where: for the mouse and for screen readers.
#include "gui/widgets/body_view.h"

namespace lavascope {

std::vector<BodyRow> BodyView::rowsInSight() const {
    const BodySpot top = m_layout.spotAt(m_top);
    const qint64 end = m_layout.moved(top, visibleLines() - 1).row.number;
    return m_layout.rows(top.row.number, end - top.row.number + 1);
}

QString BodyView::visibleText() const {
    QString text;
    for (const BodyRow& row : rowsInSight()) {
        text += m_layout.row(row).text.text();
        if (row.endsLine())
            text += QLatin1Char('\n');
    }
    return text;
}

int BodyView::placeInSight(qint64 byte) const {
    qsizetype place = 0;
    for (const BodyRow& row : rowsInSight()) {
        const BodyRowText& text = m_layout.row(row).text;
        if (byte <= row.end)
            return int(place) + text.placeOf(byte - row.begin);
        place += text.text().size() + (row.endsLine() ? 1 : 0);
    }
    return int(place);
}

qint64 BodyView::byteInSight(int place) const {
    qint64 end = 0;
    for (const BodyRow& row : rowsInSight()) {
        const BodyRowText& text = m_layout.row(row).text;
        const auto size = int(text.text().size());
        if (place <= size)
            return row.begin + text.byteAt(std::max(0, place));
        place -= size + (row.endsLine() ? 1 : 0);
        end = row.next;
    }
    return end;
}

qint64 BodyView::byteAt(const QPoint& point) const {
    const int line = point.y() < 0 ? -1 : point.y() / lineHeight();
    const BodySpot spot = m_layout.moved(m_layout.spotAt(m_top), std::min(line, visibleLines()));
    return m_layout.byteAt(spot, point.x() - gutter());
}

QRect BodyView::rectangleOf(qint64 byte) const {
    const BodySpot spot = m_layout.spotAt(byte);
    BodySpot there = m_layout.spotAt(m_top);
    for (int line = 0; line < visibleLines(); ++line) {
        if (there.row.number == spot.row.number && there.line == spot.line)
            return {gutter() + int(m_layout.placeOf(spot, byte)), line * lineHeight(),
                    fontMetrics().averageCharWidth(), lineHeight()};
        there = m_layout.moved(there, 1);
    }
    return {};
}

} // namespace lavascope
