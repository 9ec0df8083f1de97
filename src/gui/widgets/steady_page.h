// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace lavascope {

/// A page of a tab widget, filled by the one widget that it is the parent of.
///
/// What lies in it may lay itself out anew as often as its content changes: the window around it is not asked
/// to do so too, unless the content needs more room, or less, than it did. (A tab widget paints itself whole
/// whenever one of its pages asks, and each layout around it goes through all that it holds.)
class SteadyPage : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* content() const;
    void passOnMinimum();

    QSize m_minimum;
};

} // namespace lavascope
