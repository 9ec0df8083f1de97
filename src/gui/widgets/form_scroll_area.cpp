// SPDX-License-Identifier: MIT
#include "gui/widgets/form_scroll_area.h"

#include <QEvent>
#include <QScrollBar>

namespace lavascope {

namespace {

/// A scroll area gives what it holds the height that it would like to have, where that depends on the width;
/// the form is to have no more than it needs, and the window's height beyond.
class Holder final : public QWidget {
public:
    explicit Holder(QWidget* form)
        : m_form(form) {
        form->setParent(this);
        form->installEventFilter(this);
        follow();
    }
    [[nodiscard]] QSize sizeHint() const override { return m_form->sizeHint(); }
    [[nodiscard]] QSize minimumSizeHint() const override { return m_form->minimumSizeHint(); }

protected:
    void resizeEvent(QResizeEvent* /*event*/) override { m_form->resize(size()); }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::LayoutRequest)
            follow();
        return QWidget::eventFilter(watched, event);
    }

private:
    void follow() {
        setMinimumSize(m_form->minimumSizeHint());
        updateGeometry();
    }

    QWidget* m_form;
};

} // namespace

FormScrollArea::FormScrollArea(QWidget* form, QWidget* parent)
    : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // the fields are gone to, and scrolled to
    auto* holder = new Holder(form);
    setWidget(holder);
    holder->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    holder->installEventFilter(this);
}

QSize FormScrollArea::minimumSizeHint() const {
    const QSize form = widget()->minimumSizeHint();
    const int bar = verticalScrollBar()->sizeHint().width();
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
