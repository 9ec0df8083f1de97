// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/timeline_painter.h"

#include <QWidget>

class QDeadlineTimer;

namespace lavascope {

/// The arrivals of one answer as a picture: a lane for each channel, time from left to right. Zooms and pans
/// by keys, wheel and mouse; a cursor goes from event to event.
class TimelineChart : public QWidget {
    Q_OBJECT

public:
    explicit TimelineChart(QWidget* parent = nullptr);

    /// Starts over with another reader, which must outlive its use here; null empties the picture.
    void setReader(const StreamReader* reader);
    /// Takes in new events until then; true if there are more to take.
    bool pull(const QDeadlineTimer& until);

    [[nodiscard]] const ArrivalIndex& events() const { return m_events; }
    [[nodiscard]] const TimeWindow& window() const { return m_window; }
    /// The event under the cursor; -1: there is no cursor.
    [[nodiscard]] qsizetype chosen() const { return m_chosen; }
    /// Number, time, gap, channel and size of that event; empty without a cursor.
    [[nodiscard]] QString readOut() const;

    void zoomIn();
    void zoomOut();
    void showAll();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void moved();                 ///< the cursor or the time in sight is another one
    void eventChosen(int number); ///< the user wants to see this event, counted from 0

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] std::vector<TimelinePicture::Lane> lanes() const;
    [[nodiscard]] std::vector<TimelinePicture::Marker> markers() const;
    [[nodiscard]] TimelineLayout layoutNow() const;
    [[nodiscard]] qsizetype eventAt(const QPoint& place) const;
    [[nodiscard]] bool takeMoveKey(const QKeyEvent& event);
    [[nodiscard]] bool takeZoomKey(const QKeyEvent& event);
    void moveTo(qsizetype event);
    void moveToStall(int direction);
    void zoom(double factor, std::chrono::microseconds around);
    void pan(double share);
    void tellChange();

    const StreamReader* m_reader = nullptr;
    ArrivalIndex m_events;
    TimeWindow m_window;
    qsizetype m_chosen = -1;
    QPoint m_pressed;                       ///< where the mouse went down
    std::chrono::microseconds m_grabbed{0}; ///< the moment under it then
    bool m_isDragging = false;
};

} // namespace lavascope
