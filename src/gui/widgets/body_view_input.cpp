// SPDX-License-Identifier: MIT
// What the keyboard and the mouse do in a BodyView.
#include "gui/clipboard.h"
#include "gui/units.h"
#include "gui/widgets/body_view.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <array>

namespace lavascope {

namespace {

constexpr int wheelNotch = 120;    // as Qt counts it
constexpr int linesOfANotch = 3;   // as everywhere
constexpr int dragInterval = 50;   // ms between two lines while the mouse is outside
constexpr int farthestDragged = 8; // lines at once

} // namespace

struct BodyView::KeyMotion {
    QKeySequence::StandardKey key;
    Motion motion;
    bool selects;
};

const std::vector<BodyView::KeyMotion>& BodyView::keyMotions() {
    static const std::vector<KeyMotion> motions{
        {QKeySequence::MoveToPreviousChar, Motion::Left, false},
        {QKeySequence::SelectPreviousChar, Motion::Left, true},
        {QKeySequence::MoveToNextChar, Motion::Right, false},
        {QKeySequence::SelectNextChar, Motion::Right, true},
        {QKeySequence::MoveToPreviousLine, Motion::Up, false},
        {QKeySequence::SelectPreviousLine, Motion::Up, true},
        {QKeySequence::MoveToNextLine, Motion::Down, false},
        {QKeySequence::SelectNextLine, Motion::Down, true},
        {QKeySequence::MoveToPreviousPage, Motion::PageUp, false},
        {QKeySequence::SelectPreviousPage, Motion::PageUp, true},
        {QKeySequence::MoveToNextPage, Motion::PageDown, false},
        {QKeySequence::SelectNextPage, Motion::PageDown, true},
        {QKeySequence::MoveToStartOfLine, Motion::LineBegin, false},
        {QKeySequence::SelectStartOfLine, Motion::LineBegin, true},
        {QKeySequence::MoveToEndOfLine, Motion::LineEnd, false},
        {QKeySequence::SelectEndOfLine, Motion::LineEnd, true},
        {QKeySequence::MoveToStartOfDocument, Motion::BodyBegin, false},
        {QKeySequence::SelectStartOfDocument, Motion::BodyBegin, true},
        {QKeySequence::MoveToEndOfDocument, Motion::BodyEnd, false},
        {QKeySequence::SelectEndOfDocument, Motion::BodyEnd, true},
    };
    return motions;
}

void BodyView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    for (const KeyMotion& row : keyMotions())
        if (event->matches(row.key))
            return move(row.motion, row.selects);
    event->ignore();
}

void BodyView::move(Motion motion, bool selects) {
    if (!selects)
        startFromWhatIsInSight();
    const int page = std::max(1, visibleLines() - 1);
    if (motion != Motion::Up && motion != Motion::Down && motion != Motion::PageUp &&
        motion != Motion::PageDown)
        m_wantedX = -1;
    switch (motion) {
    case Motion::Left:
        return setCaret(m_layout.previousCharacter(m_caret), selects);
    case Motion::Right:
        return setCaret(m_layout.nextCharacter(m_caret), selects);
    case Motion::Up:
        return moveVertically(-1, selects);
    case Motion::Down:
        return moveVertically(1, selects);
    case Motion::PageUp:
        scrollBy(-page);
        return moveVertically(-page, selects);
    case Motion::PageDown:
        scrollBy(page);
        return moveVertically(page, selects);
    case Motion::LineBegin:
        return setCaret(m_layout.beginOf(m_layout.spotAt(m_caret)), selects);
    case Motion::LineEnd:
        return setCaret(m_layout.endOf(m_layout.spotAt(m_caret)), selects);
    case Motion::BodyBegin:
        return setCaret(0, selects);
    case Motion::BodyEnd:
        return setCaret(lines().size(), selects);
    }
}

void BodyView::moveVertically(int lines, bool selects) {
    const BodySpot from = m_layout.spotAt(m_caret);
    const BodySpot to = m_layout.moved(from, lines);
    if (m_wantedX < 0)
        m_wantedX = m_layout.placeOf(from, m_caret);
    const bool isAtAnEnd = to.row.number == from.row.number && to.line == from.line;
    const qint64 end = lines < 0 ? 0 : this->lines().size();
    setCaret(isAtAnEnd ? end : m_layout.byteAt(to, m_wantedX), selects);
}

// The cursor may have stayed behind where nobody looks any more.
void BodyView::startFromWhatIsInSight() {
    const BodySpot top = m_layout.spotAt(m_top);
    const qint64 first = m_layout.beginOf(top);
    const qint64 last = m_layout.beginOf(m_layout.moved(top, visibleLines() - 1));
    const qint64 here = m_layout.beginOf(m_layout.spotAt(m_caret));
    if (here < first)
        m_caret = m_follows ? last : first;
    else if (here > last)
        m_caret = last;
}

void BodyView::setCaret(qint64 byte, bool selects) {
    m_caret = byte;
    if (!selects)
        m_anchor = byte;
    bringCaretIntoSight();
    if (QAccessible::isActive()) {
        QAccessibleTextCursorEvent moves(this, placeInSight(m_caret));
        QAccessible::updateAccessibility(&moves);
    }
    Q_EMIT moved();
}

void BodyView::select(qint64 anchor, qint64 caret) {
    m_anchor = anchor;
    m_wantedX = -1;
    setCaret(caret, true);
}

void BodyView::selectAll() {
    m_anchor = 0;
    m_caret = lines().size();
    viewport()->update();
    Q_EMIT moved();
}

void BodyView::bringCaretIntoSight() {
    const BodySpot spot = m_layout.spotAt(m_caret);
    const qint64 begin = m_layout.beginOf(spot);
    const qint64 lastInSight = m_layout.beginOf(m_layout.moved(m_layout.spotAt(m_top), visibleLines() - 1));
    if (begin < m_top)
        scrollTo(begin);
    else if (begin > lastInSight)
        scrollTo(m_layout.beginOf(m_layout.moved(spot, 1 - visibleLines())));
    else
        viewport()->update();
}

void BodyView::copy() {
    const ByteRange selected = selection();
    if (selected.begin == selected.end)
        return;
    const qint64 end = std::min(selected.end, selected.begin + mostCopied);
    copyText(QString::fromUtf8(m_layout.bytes(selected.begin, end)));
    if (end < selected.end)
        Q_EMIT said(tr("The selection has %1: only its first %2 were copied. Save ▸ Body keeps all of it.")
                        .arg(byteSize(selected.end - selected.begin), byteSize(mostCopied)));
}

void BodyView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    m_wantedX = -1;
    setCaret(byteAt(event->position().toPoint()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void BodyView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton))
        dragTo(event->position().toPoint());
}

void BodyView::mouseReleaseEvent(QMouseEvent*) {
    m_dragTimer.stop();
}

void BodyView::dragTo(const QPoint& point) {
    m_dragPoint = point;
    const bool isOutside = point.y() < 0 || point.y() > viewport()->height();
    if (!isOutside)
        m_dragTimer.stop();
    else if (!m_dragTimer.isActive())
        m_dragTimer.start(dragInterval, this);
    setCaret(byteAt(point), true);
}

// The further away the mouse is held, the faster it goes.
void BodyView::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_dragTimer.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const int y = m_dragPoint.y();
    const int beyond = y < 0 ? y : y - viewport()->height();
    const int lines = std::clamp(beyond / lineHeight(), -farthestDragged, farthestDragged);
    scrollBy(lines == 0 ? (beyond < 0 ? -1 : 1) : lines);
    setCaret(byteAt(m_dragPoint), true);
}

void BodyView::wheelEvent(QWheelEvent* event) {
    m_wheel += event->angleDelta().y() * linesOfANotch;
    const int lines = m_wheel / wheelNotch;
    m_wheel -= lines * wheelNotch;
    if (lines != 0)
        scrollBy(-lines);
    event->accept();
}

void BodyView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    QAction* copied = menu.addAction(tr("Copy"), this, &BodyView::copy);
    copied->setShortcut(QKeySequence::Copy);
    copied->setEnabled(m_anchor != m_caret);
    QAction* all = menu.addAction(tr("Select all"), this, &BodyView::selectAll);
    all->setShortcut(QKeySequence::SelectAll);
    menu.exec(event->globalPos());
}

void BodyView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void BodyView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace lavascope
