// SPDX-License-Identifier: MIT
#include "gui/widgets/steady_page.h"

#include <QEvent>
#include <QStackedLayout>
#include <QWidgetItem>

#include <utility>

namespace lavascope {

namespace {

/// Text needs the more lines the narrower it stands. Not for what only likes to be large: a stack of widgets
/// tells what they like, so its widget in sight is asked.
int leastHeight(const QWidget& widget, int width) {
    const QLayout* layout = widget.layout();
    if (const auto* stack = qobject_cast<const QStackedLayout*>(layout))
        return stack->currentWidget() ? leastHeight(*stack->currentWidget(), width) : 0;
    return layout && layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width) : 0;
}

} // namespace

QSize SteadyPage::sizeHint() const {
    return content() ? QWidgetItem(content()).sizeHint() : QSize();
}

QSize SteadyPage::minimumSizeHint() const {
    if (!content())
        return {};
    const QSize minimum = QWidgetItem(content()).minimumSize();
    // A page that is hidden has no width that means anything.
    const int height = isVisible() ? leastHeight(*content(), width()) : 0;
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

void SteadyPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
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
