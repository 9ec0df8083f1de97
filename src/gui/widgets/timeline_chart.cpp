// SPDX-License-Identifier: MIT
#include "gui/widgets/timeline_chart.h"

#include "gui/models/timeline_columns.h"
#include "gui/models/timeline_figures.h"
#include "gui/units.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lavascope {

namespace {

constexpr double zoomStep = 1.5;
constexpr double panStep = 0.1; // of what is in sight
constexpr double pageStep = 0.9;
constexpr int lanesAlways = 5;

} // namespace

TimelineChart::TimelineChart(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::CrossCursor);
    tellChange();
}

void TimelineChart::setReader(const StreamReader* reader) {
    m_reader = reader;
    m_events = reader ? ArrivalIndex(*reader) : ArrivalIndex();
    m_window = TimeWindow();
    m_chosen = -1;
    m_isDragging = false;
    tellChange();
}

bool TimelineChart::pull(const QDeadlineTimer& until) {
    if (!m_reader)
        return false;
    constexpr qsizetype batch = 4096;
    do {
        if (m_events.take(batch) == 0)
            break;
    } while (!until.hasExpired());
    const Timeline& timeline = m_reader->timeline();
    const auto lastBytes =
        m_reader->arrivals().blocks().empty() ? m_events.latest() : m_reader->arrivals().blocks().back().end;
    m_window.setWhole(std::max({m_events.latest(), lastBytes, timeline.headers.value_or(lastBytes),
                                timeline.end.value_or(lastBytes)}));
    update();
    return m_events.count() < m_reader->eventCount();
}

QString TimelineChart::readOut() const {
    if (m_chosen < 0)
        return {};
    const EventArrival event = m_events.arrival(m_chosen);
    const auto at = m_events.timeOf(m_chosen);
    const QString gap =
        m_chosen > 0 ? tr("gap %1").arg(milliseconds(at - m_events.timeOf(m_chosen - 1))) : tr("the first");
    return tr("Event %1 of %2 · %3 · %4 · %5 · %6")
        .arg(QLocale::c().toString(m_chosen + 1), QLocale::c().toString(m_events.count()), milliseconds(at),
             gap, channelTitle(event.channel), byteSize(event.size));
}

std::vector<TimelinePicture::Lane> TimelineChart::lanes() const {
    std::vector<TimelinePicture::Lane> lanes;
    for (const EventChannel channel :
         {EventChannel::Text, EventChannel::Refusal, EventChannel::Reasoning, EventChannel::Tool,
          EventChannel::Media, EventChannel::Comment, EventChannel::Other}) {
        const qint64 count = m_events.totals()[size_t(channel)];
        const bool isRare = channel == EventChannel::Refusal || channel == EventChannel::Media;
        if (count > 0 || !isRare)
            lanes.push_back({channel, channelTitle(channel), QLocale::c().toString(count)});
    }
    return lanes;
}

std::vector<TimelinePicture::Marker> TimelineChart::markers() const {
    std::vector<TimelinePicture::Marker> markers;
    if (!m_reader)
        return markers;
    const Timeline& timeline = m_reader->timeline();
    const auto add = [&markers](const std::optional<std::chrono::microseconds>& at, const QString& name) {
        if (at)
            markers.push_back({*at, name});
    };
    add(timeline.headers, tr("headers"));
    add(timeline.firstByte, tr("first byte"));
    add(timeline.firstEvent, tr("first event"));
    add(timeline.firstText, tr("first text"));
    add(timeline.end, tr("end"));
    return markers;
}

TimelineLayout TimelineChart::layoutNow() const {
    return {rect(), fontMetrics(), lanes()};
}

void TimelineChart::paintEvent(QPaintEvent* /*event*/) {
    TimelinePicture picture;
    picture.window = m_window;
    picture.lanes = lanes();
    const TimelineLayout layout(rect(), fontMetrics(), picture.lanes);
    picture.columns = timelineColumns(m_events, m_window.from(), m_window.length(), layout.columns());
    picture.markers = markers();
    if (m_reader)
        picture.stalls = m_reader->arrivals().stalls(stallThreshold, m_reader->eventCount());
    if (m_chosen >= 0)
        picture.cursor =
            TimelinePicture::Cursor{m_events.timeOf(m_chosen), m_events.arrival(m_chosen).channel};
    picture.hasFocus = hasFocus();
    QPainter painter(this);
    paintTimeline(painter, picture, layout, palette());
}

void TimelineChart::zoomIn() {
    zoom(zoomStep, m_chosen >= 0 ? m_events.timeOf(m_chosen) : m_window.momentAt(0.5));
}

void TimelineChart::zoomOut() {
    zoom(1 / zoomStep, m_chosen >= 0 ? m_events.timeOf(m_chosen) : m_window.momentAt(0.5));
}

void TimelineChart::showAll() {
    m_window.fit();
    tellChange();
}

void TimelineChart::zoom(double factor, std::chrono::microseconds around) {
    m_window.zoom(factor, around);
    tellChange();
}

void TimelineChart::pan(double share) {
    m_window.pan(std::chrono::microseconds(qint64(double(m_window.length().count()) * share)));
    tellChange();
}

void TimelineChart::moveTo(qsizetype event) {
    if (m_events.count() == 0)
        return;
    m_chosen = std::clamp<qsizetype>(event, 0, m_events.count() - 1);
    m_window.reveal(m_events.timeOf(m_chosen));
    tellChange();
}

/// To the first event after the next stall, or after the one before.
void TimelineChart::moveToStall(int direction) {
    if (!m_reader)
        return;
    qsizetype target = -1;
    for (const Stall& stall : m_reader->arrivals().stalls(stallThreshold, m_events.count())) {
        if (!stall.event)
            continue;
        if (direction < 0 && *stall.event < m_chosen)
            target = *stall.event;
        if (direction > 0 && *stall.event > m_chosen && target < 0)
            target = *stall.event;
    }
    if (target >= 0)
        moveTo(target);
}

void TimelineChart::tellChange() {
    const QString said = readOut();
    // Screen readers speak the name of what has the focus when it changes.
    setAccessibleName(said.isEmpty() ? tr("Timeline of arrivals") : tr("Timeline: %1").arg(said));
    setAccessibleDescription(tr(
        "Left and right go from event to event, with Ctrl from stall to stall, with Shift they pan; plus and "
        "minus zoom, 0 shows all, Enter opens the event in the Events tab."));
    update();
    Q_EMIT moved();
}

bool TimelineChart::takeMoveKey(const QKeyEvent& event) {
    const bool isRight = event.key() == Qt::Key_Right;
    const qsizetype step = isRight ? 1 : -1;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event.modifiers().testFlag(Qt::ShiftModifier))
            pan(isRight ? panStep : -panStep);
        else if (event.modifiers().testFlag(Qt::ControlModifier))
            moveToStall(isRight ? 1 : -1);
        else
            // Without a cursor it comes into being where the user looks.
            moveTo(m_chosen >= 0 ? m_chosen + step : m_events.before(m_window.from()).events);
        return true;
    case Qt::Key_PageUp:
        pan(-pageStep);
        return true;
    case Qt::Key_PageDown:
        pan(pageStep);
        return true;
    case Qt::Key_Home:
        moveTo(0);
        return true;
    case Qt::Key_End:
        moveTo(m_events.count() - 1);
        return true;
    default:
        return false;
    }
}

bool TimelineChart::takeZoomKey(const QKeyEvent& event) {
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return true;
    case Qt::Key_Minus:
        zoomOut();
        return true;
    case Qt::Key_0:
        showAll();
        return true;
    default:
        return false;
    }
}

void TimelineChart::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        // The window's own key for sending.
        QWidget::keyPressEvent(event);
        return;
    }
    if (isEnter && m_chosen >= 0)
        Q_EMIT eventChosen(int(m_chosen));
    else if (!takeMoveKey(*event) && !takeZoomKey(*event))
        QWidget::keyPressEvent(event);
}

void TimelineChart::wheelEvent(QWheelEvent* event) {
    constexpr double notch = 120;
    const QPoint turned = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        const double place = layoutNow().placeOf(int(event->position().x()));
        zoom(std::pow(zoomStep, turned.y() / notch), m_window.momentAt(std::clamp(place, 0.0, 1.0)));
    } else {
        const int by = std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y();
        pan(-panStep * by / notch);
    }
    event->accept();
}

void TimelineChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position().toPoint();
    m_grabbed = m_window.momentAt(layoutNow().placeOf(m_pressed.x()));
    m_isDragging = false;
}

void TimelineChart::mouseMoveEvent(QMouseEvent* event) {
    const QPoint place = event->position().toPoint();
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_isDragging = m_isDragging || std::abs(place.x() - m_pressed.x()) >= QApplication::startDragDistance();
    if (!m_isDragging)
        return;
    m_window.pan(m_grabbed - m_window.momentAt(layoutNow().placeOf(place.x())));
    tellChange();
}

void TimelineChart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !m_isDragging)
        moveTo(eventAt(event->position().toPoint()));
}

void TimelineChart::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_events.count() == 0)
        return;
    m_isDragging = true; // the release that follows is no click of its own
    moveTo(eventAt(event->position().toPoint()));
    Q_EMIT eventChosen(int(m_chosen));
}

/// The event that a click means: the nearest of the lane, or else of all.
qsizetype TimelineChart::eventAt(const QPoint& place) const {
    const TimelineLayout layout = layoutNow();
    const qsizetype nearest = m_events.nearest(m_window.momentAt(layout.placeOf(place.x())));
    const int lane = layout.laneAt(place.y());
    if (nearest < 0 || lane < 0)
        return nearest;
    constexpr qsizetype farthest = 5000;
    const EventChannel channel = lanes()[size_t(lane)].channel;
    const auto isOfLane = [&](qsizetype event) {
        return event >= 0 && event < m_events.count() && m_events.arrival(event).channel == channel;
    };
    for (qsizetype away = 0; away < farthest; ++away) {
        if (isOfLane(nearest + away))
            return nearest + away;
        if (isOfLane(nearest - away))
            return nearest - away;
    }
    return nearest;
}

QSize TimelineChart::sizeHint() const {
    const QSize smallest = minimumSizeHint();
    return {2 * smallest.width(), 2 * smallest.height()};
}

QSize TimelineChart::minimumSizeHint() const {
    return TimelineLayout::smallest(fontMetrics(), lanesAlways);
}

} // namespace lavascope
