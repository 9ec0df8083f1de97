// SPDX-License-Identifier: MIT
#include "gui/widgets/fitting_scroll_area.h"

#include <QEvent>
#include <QLayout>
#include <QResizeEvent>

namespace lavascope {

FittingScrollArea::FittingScrollArea(QWidget* parent)
    : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FittingScrollArea::setHeightLimit(int pixels) {
    if (pixels == m_heightLimit)
        return;
    m_heightLimit = pixels;
    updateGeometry();
}

int FittingScrollArea::contentHeight(int width) const {
    if (!widget())
        return 0;
    return widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
}

int FittingScrollArea::heightForWidth(int width) const {
    return qMin(contentHeight(width), m_heightLimit);
}

QSize FittingScrollArea::sizeHint() const {
    const QSize content = widget() ? widget()->sizeHint() : QSize();
    return {content.width(), heightForWidth(qMax(width(), content.width()))};
}

QSize FittingScrollArea::minimumSizeHint() const {
    return {0, qMin(m_heightLimit, fontMetrics().height())};
}

// The content says by this event that it needs another height; a plain scroll area does not pass it on.
bool FittingScrollArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        allowBar(height());
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

void FittingScrollArea::resizeEvent(QResizeEvent* event) {
    allowBar(event->size().height());
    QScrollArea::resizeEvent(event);
}

// Qt looks whether the content fits beside the bar that is there. In the narrower room it may need another
// line, and then a bar that came when the area was lower would never go.
void FittingScrollArea::allowBar(int height) {
    setVerticalScrollBarPolicy(contentHeight(width()) > height ? Qt::ScrollBarAsNeeded
                                                               : Qt::ScrollBarAlwaysOff);
}

} // namespace lavascope
