// SPDX-License-Identifier: MIT
#include "gui/widgets/form_scroll_area.h"

#include <QEvent>
#include <QScrollBar>

namespace lavascope {

FormScrollArea::FormScrollArea(QWidget* form, QWidget* parent)
    : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // the fields are gone to, and scrolled to
    setWidget(form);
    form->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    form->installEventFilter(this);
}

QSize FormScrollArea::minimumSizeHint() const {
    const QSize form = widget()->minimumSizeHint();
    const bool scrolls = height() < form.height();
    const int bar = scrolls ? verticalScrollBar()->sizeHint().width() : 0;
    constexpr int fewestLines = 8;
    return {form.width() + bar, std::min(form.height(), fewestLines * fontMetrics().lineSpacing())};
}

QSize FormScrollArea::sizeHint() const {
    return widget()->sizeHint().expandedTo(minimumSizeHint());
}

// The form says by this event that it needs another width; a plain scroll area does not pass it on.
bool FormScrollArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace lavascope
