// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/attempt_schedule.h"

#include <QWidget>

namespace lavascope {

/// Tries and pauses along the time: tries as blocks, pauses hatched between them, what is planned dashed.
/// The table beside it holds the same as numbers, and is where keys and screen readers get at them.
class ScheduleBar : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleBar(QWidget* parent = nullptr);

    void setBlocks(std::vector<ScheduleBlock> blocks);
    void setChosenRow(int row); ///< -1: none

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] std::vector<QRectF> places() const;
    [[nodiscard]] int blockAt(const QPointF& point) const; ///< -1: none
    void paintBlock(QPainter& painter, const ScheduleBlock& block, const QRectF& place) const;

    std::vector<ScheduleBlock> m_blocks;
    int m_chosenRow = -1;
};

} // namespace lavascope
