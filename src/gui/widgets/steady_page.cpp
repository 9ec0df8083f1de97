// SPDX-License-Identifier: MIT
#include "gui/widgets/steady_page.h"

#include <QEvent>
#include <QWidgetItem>

#include <utility>

namespace lavascope {

QSize SteadyPage::sizeHint() const {
    return content() ? QWidgetItem(content()).sizeHint() : QSize();
}

QSize SteadyPage::minimumSizeHint() const {
    return content() ? QWidgetItem(content()).minimumSize() : QSize();
}

bool SteadyPage::event(QEvent* event) {
    // Posted to the parent by a widget that wants another size.
    if (event->type() == QEvent::LayoutRequest) {
        const QSize minimum = minimumSizeHint();
        if (std::exchange(m_minimum, minimum) != minimum)
            updateGeometry();
    }
    return QWidget::event(event);
}

void SteadyPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (content())
        content()->setGeometry(rect());
}

QWidget* SteadyPage::content() const {
    return findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace lavascope
