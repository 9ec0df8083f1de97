// SPDX-License-Identifier: MIT
#include "gui/widgets/fitting_scroll_area.h"

#include <QEvent>
#include <QLayout>

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

int FittingScrollArea::heightForWidth(int width) const {
    if (!widget())
        return 0;
    const QWidget* content = widget();
    const int needed =
        content->hasHeightForWidth() ? content->heightForWidth(width) : content->sizeHint().height();
    return qMin(needed, m_heightLimit);
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
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace lavascope
