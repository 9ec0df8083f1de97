// SPDX-License-Identifier: MIT
#include "gui/widgets/schedule_bar.h"

#include "gui/appearance.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace lavascope {

namespace {

constexpr double gap = 2; // pixels between two blocks

QColor colorOf(ScheduleBlock::Tone tone, const MeaningColors& colors) {
    switch (tone) {
    case ScheduleBlock::Tone::Good:
        return colors.good;
    case ScheduleBlock::Tone::Bad:
        return colors.bad;
    case ScheduleBlock::Tone::Neutral:
        break;
    }
    return colors.quiet;
}

QString spoken(const std::vector<ScheduleBlock>& blocks) {
    QStringList words;
    for (const ScheduleBlock& block : blocks)
        words += block.isPause() ? ScheduleBar::tr("pause %1").arg(block.label)
                                 : ScheduleBar::tr("try %1").arg(block.row + 1);
    return words.join(QStringLiteral(", "));
}

} // namespace

ScheduleBar::ScheduleBar(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("schedule"));
    setAccessibleName(tr("Schedule of the tries"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ScheduleBar::setBlocks(std::vector<ScheduleBlock> blocks) {
    if (blocks == m_blocks)
        return;
    m_blocks = std::move(blocks);
    setAccessibleDescription(spoken(m_blocks));
    update();
}

void ScheduleBar::setChosenRow(int row) {
    m_chosenRow = row;
    update();
}

QSize ScheduleBar::sizeHint() const {
    constexpr int widthInLetters = 40;
    return {fontMetrics().averageCharWidth() * widthInLetters, fontMetrics().height() + 16};
}

QSize ScheduleBar::minimumSizeHint() const {
    return {0, sizeHint().height()};
}

std::vector<QRectF> ScheduleBar::places() const {
    const double least = fontMetrics().horizontalAdvance(QStringLiteral("20 ✕")) + 8;
    const QRectF all = QRectF(rect()).adjusted(1, 4, -1, -4);
    std::vector<QRectF> places;
    double x = all.left();
    for (const double width : scheduleWidths(m_blocks, all.width(), least)) {
        places.emplace_back(x, all.top(), qMax(1.0, width - gap), all.height());
        x += width;
    }
    return places;
}

int ScheduleBar::blockAt(const QPointF& point) const {
    const std::vector<QRectF> all = places();
    for (size_t i = 0; i < all.size(); ++i)
        if (all[i].contains(point))
            return int(i);
    return -1;
}

void ScheduleBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<QRectF> all = places();
    for (size_t i = 0; i < all.size(); ++i)
        paintBlock(painter, m_blocks[i], all[i]);
}

void ScheduleBar::paintBlock(QPainter& painter, const ScheduleBlock& block, const QRectF& place) const {
    const MeaningColors colors = meaningColors(palette());
    const bool isPlanned =
        block.kind == ScheduleBlock::Kind::PlannedPause || block.kind == ScheduleBlock::Kind::PlannedTry;
    const bool isChosen = !block.isPause() && block.row == m_chosenRow;
    const QColor color = colorOf(block.tone, colors);
    constexpr double radius = 3;
    const QRectF frame = place.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(isChosen ? palette().color(QPalette::Text) : color, isChosen ? 2 : 1,
                        isPlanned ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(palette().base());
    painter.drawRoundedRect(frame, radius, radius);
    if (block.isPause()) {
        QColor hatch = colors.border;
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(hatch, isPlanned ? Qt::Dense7Pattern : Qt::BDiagPattern));
        painter.drawRoundedRect(frame, radius, radius);
    }
    const int room = int(place.width()) - 6;
    const QFontMetrics metrics = fontMetrics();
    const int needed = metrics.horizontalAdvance(block.label);
    if (needed > room)
        return;
    if (block.isPause()) {
        // The hatching ends where the words are.
        QRectF behind(0, 0, needed + 8, metrics.height());
        behind.moveCenter(place.center());
        painter.fillRect(behind.intersected(frame.adjusted(1, 1, -1, -1)), palette().base());
    }
    painter.setPen(block.isPause() || isPlanned ? palette().color(QPalette::Text) : color);
    painter.drawText(place, Qt::AlignCenter, block.label);
}

void ScheduleBar::mousePressEvent(QMouseEvent* event) {
    const int block = blockAt(event->position());
    if (block >= 0)
        Q_EMIT rowChosen(m_blocks[size_t(block)].row);
}

bool ScheduleBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int block = blockAt(help->pos());
    if (block < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(spoken({m_blocks[size_t(block)]})), this);
    return true;
}

} // namespace lavascope
