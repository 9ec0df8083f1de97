// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace lavascope {

/// Holds a form that scrolls up and down where the text is too large for the window, instead of pressing its
/// fields together. It is never narrower than the form.
class FormScrollArea : public QScrollArea {
    Q_OBJECT

public:
    explicit FormScrollArea(QWidget* form, QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace lavascope
