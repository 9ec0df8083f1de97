// SPDX-License-Identifier: MIT
#include "gui/widgets/body_view.h"

#include "gui/appearance.h"
#include "gui/widgets/body_accessible.h"

#include <QDeadlineTimer>
#include <QPainter>
#include <QScrollBar>

#include <limits>

namespace lavascope {

namespace {

constexpr qint64 indexedAtOnce = 256 * 1024;
constexpr int margin = 4; // pixels around the text

} // namespace

BodyView::BodyView(QWidget* parent)
    : QAbstractScrollArea(parent) {
    makeBodyViewsAccessible();
    setFont(codeFont());
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &BodyView::takeBarValue);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &BodyView::takeBarAction);
}

void BodyView::clear() {
    m_layout.setChunks(nullptr);
    m_hasBody = false;
    m_top = m_caret = m_anchor = 0;
    m_wantedX = -1;
    m_dragTimer.stop();
    startSearch(m_search.pattern());
    refresh();
    Q_EMIT moved();
}

bool BodyView::pull(const Attempt& attempt, const QDeadlineTimer& until) {
    if (!m_hasBody) {
        m_layout.setChunks(&attempt.chunks);
        m_hasBody = true;
        // Who opens it after the end reads from the beginning.
        m_follows = !attempt.ending;
    }
    m_isOver = attempt.ending.has_value();
    const qint64 before = lines().size();
    bool more = false;
    do {
        more = m_layout.grow(indexedAtOnce);
    } while (more && !until.hasExpired());
    if (lines().size() != before)
        refresh();
    return more;
}

int BodyView::lineHeight() const {
    return fontMetrics().lineSpacing();
}

int BodyView::visibleLines() const {
    return std::max(1, (viewport()->height() - 2 * margin) / lineHeight());
}

int BodyView::gutter() const {
    constexpr qsizetype fewestDigits = 3;
    const qsizetype digits = std::max(fewestDigits, QString::number(lines().lineCount()).size());
    return int(digits + 1) * fontMetrics().horizontalAdvance(QLatin1Char('0')) + margin;
}

// After everything that changes what is in sight: more bytes, another size, another font.
void BodyView::refresh() {
    if (!isVisible())
        return;
    const MeaningColors colors = meaningColors(palette());
    const int width = viewport()->width() - gutter() - margin;
    m_layout.setLook({font(), std::max(width, lineHeight()), lineHeight(), colors.warning, colors.quiet});
    const BodySpot last = m_layout.moved(m_layout.spotAt(lines().size()), 1 - visibleLines());
    m_lastTop = m_hasBody ? m_layout.beginOf(last) : 0;
    if (m_follows || m_top > m_lastTop)
        m_top = m_lastTop;
    showRange();
    viewport()->update();
}

void BodyView::showRange() {
    constexpr int mostUnits = std::numeric_limits<int>::max() / 2;
    m_barShift = 0;
    while ((lines().size() >> m_barShift) > mostUnits)
        ++m_barShift;
    QScrollBar* bar = verticalScrollBar();
    m_setsBar = true;
    bar->setRange(0, int(m_lastTop >> m_barShift));
    bar->setPageStep(std::max(1, int((lines().size() - m_lastTop) >> m_barShift)));
    bar->setValue(int(m_top >> m_barShift));
    m_setsBar = false;
}

void BodyView::takeBarValue(int value) {
    if (m_setsBar)
        return;
    const bool isAtEnd = value >= verticalScrollBar()->maximum();
    scrollTo(isAtEnd ? m_lastTop : qint64(value) << m_barShift);
}

// The bar's own steps are bytes, and a line has any number of them.
void BodyView::takeBarAction(int action) {
    const int page = std::max(1, visibleLines() - 1);
    const auto goBy = [this](int lines) {
        const qint64 top = m_layout.beginOf(m_layout.moved(m_layout.spotAt(m_top), lines));
        verticalScrollBar()->setSliderPosition(int(std::min(top, m_lastTop) >> m_barShift));
    };
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        return goBy(1);
    case QAbstractSlider::SliderSingleStepSub:
        return goBy(-1);
    case QAbstractSlider::SliderPageStepAdd:
        return goBy(page);
    case QAbstractSlider::SliderPageStepSub:
        return goBy(-page);
    default:
        break;
    }
}

void BodyView::scrollTo(qint64 top) {
    m_top = m_layout.beginOf(m_layout.spotAt(std::clamp(top, qint64(0), m_lastTop)));
    m_follows = !m_isOver && m_top >= m_lastTop;
    showRange();
    viewport()->update();
}

void BodyView::scrollBy(int lines) {
    scrollTo(m_layout.beginOf(m_layout.moved(m_layout.spotAt(m_top), lines)));
}

void BodyView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    refresh();
}

void BodyView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    refresh();
}

void BodyView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    refresh();
}

void BodyView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setFont(font());
    const BodySpot top = m_layout.spotAt(m_top);
    int y = margin;
    int firstLine = top.line;
    for (const BodyRow& row : m_layout.rows(top.row.number, visibleLines() + 1)) {
        drawRow(painter, row, QPointF(gutter(), y), firstLine);
        y += (m_layout.row(row).layout.lineCount() - firstLine) * lineHeight();
        firstLine = 0;
        if (y > viewport()->height())
            break;
    }
}

void BodyView::drawRow(QPainter& painter, const BodyRow& row, const QPointF& at, int firstLine) const {
    const QRectF area(0, at.y(), viewport()->width(), viewport()->height() - at.y());
    if (row.beginsLine && firstLine == 0) {
        constexpr int gap = 2 * margin;
        painter.setPen(meaningColors(palette()).quiet);
        painter.drawText(QRectF(0, at.y(), at.x() - gap, lineHeight()), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(row.line + 1));
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.setClipRect(area);
    const QPointF origin = at - QPointF(0, qreal(firstLine) * lineHeight());
    const BodyLayout::Row& laidOut = m_layout.row(row);
    const QTextLine last = laidOut.layout.lineAt(laidOut.layout.lineCount() - 1);
    const ByteRange selected = selection();
    if (row.endsLine() && selected.begin <= row.end && selected.end > row.end && last.isValid()) {
        // A line feed has no width of its own, and an empty line nothing else to show that it is selected.
        const int width = fontMetrics().horizontalAdvance(QLatin1Char(' '));
        painter.fillRect(
            QRectF(origin.x() + last.naturalTextWidth(), origin.y() + last.y(), width / 2.0, lineHeight()),
            palette().color(QPalette::Highlight));
    }
    laidOut.layout.draw(&painter, origin, selectedPart(row), area);
    const bool holdsCaret = m_caret >= row.begin && (m_caret < row.next || row.next == lines().size());
    if (holdsCaret && hasFocus())
        laidOut.layout.drawCursor(&painter, origin, laidOut.text.placeOf(m_caret - row.begin), 2);
    painter.setClipping(false);
}

QList<QTextLayout::FormatRange> BodyView::selectedPart(const BodyRow& row) const {
    const ByteRange selected = selection();
    if (selected.end <= row.begin || selected.begin >= row.end)
        return {};
    const BodyRowText& text = m_layout.row(row).text;
    const int begin = text.placeOf(selected.begin - row.begin);
    const int end = text.placeOf(selected.end - row.begin);
    QTextCharFormat format;
    format.setBackground(palette().brush(QPalette::Highlight));
    format.setForeground(palette().brush(QPalette::HighlightedText));
    return {{begin, end - begin, format}};
}

qint64 BodyView::lineOfCaret() const {
    return m_layout.spotAt(m_caret).row.line;
}

ByteRange BodyView::selection() const {
    return {std::min(m_anchor, m_caret), std::max(m_anchor, m_caret)};
}

void BodyView::startSearch(const SearchPattern& pattern) {
    m_search = ByteSearch(pattern);
    m_matches.clear();
    m_searchedTo = 0;
}

bool BodyView::searchOn(const QDeadlineTimer& until) {
    if (m_search.pattern().isEmpty())
        return false;
    const qint64 size = lines().size();
    // While more comes, a match at the very end may not be whole yet.
    const qint64 stop = m_isOver ? size : size - ByteSearch::after;
    while (m_searchedTo < stop && m_matches.room() > 0) {
        const qint64 end = std::min(stop, m_searchedTo + ByteSearch::piece);
        const qint64 begin = std::max(qint64(0), m_searchedTo - ByteSearch::before);
        const QByteArray seen = m_layout.bytes(begin, end + ByteSearch::after);
        for (const ByteSearch::Match& match :
             m_search.matchesIn(seen, m_searchedTo - begin, end - begin, m_matches.room()))
            m_matches.add(begin + match.begin, begin + match.end);
        m_searchedTo = std::max(end, m_matches.end());
        if (until.hasExpired())
            break;
    }
    return m_searchedTo < stop && m_matches.room() > 0;
}

bool BodyView::showMatch(SearchStep step) {
    const MatchList::Match* match = m_matches.step(step, selection().begin);
    if (match)
        select(match->begin, match->end);
    return match;
}

} // namespace lavascope
