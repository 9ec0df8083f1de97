// SPDX-License-Identifier: MIT
#include "gui/widgets/steady_page.h"

#include <QEvent>
#include <QLayout>
#include <QWidgetItem>

#include <utility>

namespace lavascope {

QSize SteadyPage::sizeHint() const {
    return content() ? QWidgetItem(content()).sizeHint() : QSize();
}

QSize SteadyPage::minimumSizeHint() const {
    if (!content())
        return {};
    const QSize minimum = QWidgetItem(content()).minimumSize();
    const QLayout* layout = content()->layout();
    // Text needs the more lines the narrower it stands.
    const int height =
        layout && layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width()) : 0;
    return {minimum.width(), qMax(minimum.height(), height)};
}

bool SteadyPage::event(QEvent* event) {
    // Posted to the parent by a widget that wants another size.
    if (event->type() == QEvent::LayoutRequest)
        passOnMinimum();
    return QWidget::event(event);
}

void SteadyPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (content())
        content()->setGeometry(rect());
    passOnMinimum();
}

void SteadyPage::passOnMinimum() {
    const QSize minimum = minimumSizeHint();
    if (std::exchange(m_minimum, minimum) != minimum)
        updateGeometry();
}

QWidget* SteadyPage::content() const {
    return findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace lavascope
