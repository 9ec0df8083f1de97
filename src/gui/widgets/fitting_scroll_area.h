// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace lavascope {

/// A scroll area that is as high as its content needs in the given width, up to a limit; only then it
/// scrolls.
class FittingScrollArea : public QScrollArea {
    Q_OBJECT

public:
    explicit FittingScrollArea(QWidget* parent = nullptr);

    void setHeightLimit(int pixels);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int contentHeight(int width) const;
    void allowBar(int height);

    int m_heightLimit = QWIDGETSIZE_MAX;
};

} // namespace lavascope
