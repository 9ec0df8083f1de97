// SPDX-License-Identifier: MIT
#include "gui/widgets/timeline_painter.h"

#include "gui/appearance.h"
#include "gui/units.h"
#include "gui/widgets/time_axis.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace lavascope {

namespace {

constexpr int padding = 6;
constexpr int topMargin = 3;
constexpr int markerRows = 2;

/// One drawing of a picture: what every part of it needs.
class Drawing {
public:
    Drawing(QPainter& painter, const TimelinePicture& picture, const TimelineLayout& layout,
            const QPalette& palette)
        : m_painter(painter)
        , m_picture(picture)
        , m_layout(layout)
        , m_palette(palette)
        , m_colors(meaningColors(palette))
        , m_metrics(painter.fontMetrics()) {}

    void drawGround();
    void drawStalls();
    void drawColumns();
    void drawMarkers();
    void drawAxis();
    void drawCursor();

private:
    /// Markers that share a place share a line.
    struct Sign {
        int x = 0;
        QString name;
    };
    [[nodiscard]] std::vector<Sign> signsInSight() const;
    [[nodiscard]] int xOf(std::chrono::microseconds moment) const;
    [[nodiscard]] bool isInSight(std::chrono::microseconds moment) const;
    [[nodiscard]] QColor colorOf(EventChannel channel) const;
    void drawText(const QRect& place, int flags, const QColor& color, const QString& text);

    QPainter& m_painter;
    const TimelinePicture& m_picture;
    const TimelineLayout& m_layout;
    const QPalette& m_palette;
    MeaningColors m_colors;
    QFontMetrics m_metrics;
};

int Drawing::xOf(std::chrono::microseconds moment) const {
    const double place = std::clamp(m_picture.window.placeOf(moment), -1.0, 2.0);
    return m_layout.plot.left() + int(std::lround(place * (m_layout.plot.width() - 1)));
}

bool Drawing::isInSight(std::chrono::microseconds moment) const {
    const double place = m_picture.window.placeOf(moment);
    return place >= 0 && place <= 1;
}

QColor Drawing::colorOf(EventChannel channel) const {
    const QColor base = m_palette.color(QPalette::Base);
    const bool isDark = base.lightnessF() < 0.5F;
    // Nothing but black and white is wanted: place and name are enough.
    if (base == Qt::black)
        return m_palette.color(QPalette::Text);
    switch (channel) {
    case EventChannel::Text:
        return m_colors.accent;
    case EventChannel::Refusal:
        return m_colors.bad;
    case EventChannel::Tool:
        return m_colors.good;
    case EventChannel::Reasoning:
        return QColor(QLatin1String(isDark ? "#b09cff" : "#6941c6"));
    case EventChannel::Media:
        return QColor(QLatin1String(isDark ? "#6ab7ff" : "#175cd3"));
    case EventChannel::Comment:
    case EventChannel::Other:
        break;
    }
    return m_colors.quiet;
}

void Drawing::drawText(const QRect& place, int flags, const QColor& color, const QString& text) {
    m_painter.setPen(color);
    m_painter.drawText(place, flags | Qt::TextSingleLine,
                       m_metrics.elidedText(text, Qt::ElideRight, place.width()));
}

void Drawing::drawGround() {
    m_painter.fillRect(m_layout.all, m_palette.color(QPalette::Base));
    for (int i = 0; i < m_layout.laneCount; ++i) {
        const TimelinePicture::Lane& lane = m_picture.lanes[size_t(i)];
        const QRect place = m_layout.lane(i);
        m_painter.setPen(m_colors.border);
        m_painter.drawLine(m_layout.all.left(), place.bottom(), m_layout.all.right(), place.bottom());
        const QRect names(m_layout.names.left() + padding, place.top(), m_layout.names.width() - 2 * padding,
                          place.height() - 1);
        const bool isTall = place.height() >= 2 * m_metrics.height();
        const QColor text = m_palette.color(QPalette::Text);
        if (isTall) {
            const int middle = names.center().y();
            drawText(QRect(names.left(), middle - m_metrics.height(), names.width(), m_metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text, lane.name);
            drawText(QRect(names.left(), middle, names.width(), m_metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, m_colors.quiet, lane.count);
        } else {
            drawText(names, Qt::AlignLeft | Qt::AlignVCenter, text, lane.name);
        }
    }
}

void Drawing::drawStalls() {
    for (const Stall& stall : m_picture.stalls) {
        const int left = std::max(xOf(stall.at), m_layout.plot.left());
        const int right = std::min(xOf(stall.at + stall.gap), m_layout.plot.right());
        if (right <= left)
            continue;
        const QRect place(left, m_layout.plot.top(), right - left, m_layout.plot.height());
        QColor ground = m_colors.warning;
        ground.setAlphaF(0.10F);
        QColor lines = m_colors.warning;
        lines.setAlphaF(0.45F);
        m_painter.fillRect(place, ground);
        m_painter.fillRect(place, QBrush(lines, Qt::BDiagPattern));
        const QString label = milliseconds(stall.gap);
        const int width = m_metrics.horizontalAdvance(label) + padding;
        if (width > place.width())
            continue;
        QRect box(0, 0, width, m_metrics.height());
        box.moveCenter(m_layout.lane(0).center());
        box.moveLeft(place.center().x() - width / 2);
        m_painter.fillRect(box, m_palette.color(QPalette::Base));
        drawText(box, Qt::AlignCenter, m_colors.warning, label);
    }
}

void Drawing::drawColumns() {
    qint64 most = 1;
    for (const ChannelCounts& column : m_picture.columns)
        most = std::max(most, *std::max_element(column.begin(), column.end()));
    constexpr double lowest = 0.4; // of a lane: a single event among thousands is still seen
    constexpr int gapBetween = 1;
    for (int i = 0; i < m_layout.laneCount; ++i) {
        const EventChannel channel = m_picture.lanes[size_t(i)].channel;
        const QColor color = colorOf(channel);
        const QRect lane = m_layout.lane(i).adjusted(0, 3, 0, -1);
        for (size_t column = 0; column < m_picture.columns.size(); ++column) {
            const qint64 count = m_picture.columns[column][size_t(channel)];
            if (count == 0)
                continue;
            // One or a thousand: what counts is the order of magnitude.
            const double share = most > 1 ? std::log(double(count)) / std::log(double(most)) : 1;
            const int height = int(std::lround(lane.height() * (lowest + (1 - lowest) * share)));
            m_painter.fillRect(m_layout.plot.left() + int(column) * TimelineLayout::columnWidth,
                               lane.bottom() + 1 - height, TimelineLayout::columnWidth - gapBetween, height,
                               color);
        }
    }
}

std::vector<Drawing::Sign> Drawing::signsInSight() const {
    std::vector<Sign> signs;
    for (const TimelinePicture::Marker& marker : m_picture.markers) {
        if (!isInSight(marker.at))
            continue;
        constexpr int samePlace = 4; // pixels
        const int x = xOf(marker.at);
        if (!signs.empty() && x - signs.back().x <= samePlace)
            signs.back().name += QStringLiteral(", ") + marker.name;
        else
            signs.push_back({x, marker.name});
    }
    return signs;
}

void Drawing::drawMarkers() {
    constexpr int space = 4; // between a line and its name
    std::vector<int> ends(markerRows, m_layout.all.left());
    for (const Sign& sign : signsInSight()) {
        const int width = m_metrics.horizontalAdvance(sign.name);
        // At the right end a name stands left of its line.
        const bool isLeft = sign.x + space + width > m_layout.all.right();
        const int left = isLeft ? sign.x - space - width : sign.x + space;
        size_t row = 0;
        while (row < ends.size() && ends[row] > left)
            ++row;
        const bool hasRoom = row < ends.size();
        // Without room for its name a line still shows where it is; the table has its number.
        const int top = hasRoom ? m_layout.markers.top() + topMargin + int(row) * m_metrics.height()
                                : m_layout.plot.top();
        m_painter.setPen(QPen(m_palette.color(QPalette::Text), 1, Qt::DashLine));
        m_painter.drawLine(sign.x, top, sign.x, m_layout.plot.bottom());
        if (!hasRoom)
            continue;
        ends[row] = left + width + padding;
        drawText(QRect(left, top, width + 1, m_metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                 m_palette.color(QPalette::Text), sign.name);
    }
}

void Drawing::drawAxis() {
    m_painter.setPen(m_colors.quiet);
    m_painter.drawLine(m_layout.plot.left(), m_layout.axis.top(), m_layout.plot.right(), m_layout.axis.top());
    const int widest = m_metrics.horizontalAdvance(QStringLiteral("0000.00 s")) + 2 * padding;
    const TimeWindow& window = m_picture.window;
    for (const AxisTick& tick :
         axisTicks(window.from(), window.length(), std::max(2, m_layout.plot.width() / widest))) {
        const int x = xOf(tick.at);
        m_painter.setPen(m_colors.quiet);
        m_painter.drawLine(x, m_layout.axis.top(), x, m_layout.axis.top() + 3);
        const int width = m_metrics.horizontalAdvance(tick.label) + 1;
        const int left = std::clamp(x - width / 2, m_layout.plot.left(),
                                    std::max(m_layout.plot.left(), m_layout.all.right() - width));
        drawText(QRect(left, m_layout.axis.top() + 3, width, m_metrics.height()),
                 Qt::AlignLeft | Qt::AlignVCenter, m_colors.quiet, tick.label);
    }
}

void Drawing::drawCursor() {
    if (!m_picture.cursor || !isInSight(m_picture.cursor->at))
        return;
    constexpr int reach = 5;
    const int x = xOf(m_picture.cursor->at);
    const QColor color = m_palette.color(QPalette::Text);
    m_painter.fillRect(x - 1, m_layout.plot.top(), 2, m_layout.plot.height(), color);
    for (int i = 0; i < m_layout.laneCount; ++i) {
        if (m_picture.lanes[size_t(i)].channel != m_picture.cursor->channel)
            continue;
        const QRect lane = m_layout.lane(i);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(color, 2));
        m_painter.setBrush(m_palette.color(QPalette::Base));
        m_painter.drawEllipse(QPointF(x, lane.center().y()), reach, reach);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

} // namespace

TimelineLayout::TimelineLayout(const QRect& place, const QFontMetrics& metrics,
                               const std::vector<TimelinePicture::Lane>& lanes)
    : all(place)
    , laneCount(int(lanes.size())) {
    int widest = 0;
    for (const TimelinePicture::Lane& lane : lanes)
        widest =
            std::max({widest, metrics.horizontalAdvance(lane.name), metrics.horizontalAdvance(lane.count)});
    const int gutter = std::min(widest + 2 * padding, all.width() / 3);
    const int axisHeight = metrics.height() + padding;
    const int markerHeight = topMargin + markerRows * metrics.height();
    const int right = all.right() - padding;
    names = QRect(all.left(), all.top() + markerHeight, gutter, all.height() - markerHeight - axisHeight);
    // Whole columns, so that what is drawn by place and what is drawn by column agree.
    const int width = std::max(1, (right - names.right()) / columnWidth) * columnWidth;
    plot = QRect(names.right() + 1, names.top(), width, names.height());
    markers = QRect(plot.left(), all.top(), plot.width(), markerHeight);
    axis = QRect(plot.left(), plot.bottom() + 1, plot.width(), axisHeight);
}

int TimelineLayout::columns() const {
    return std::max(1, plot.width() / columnWidth);
}

QRect TimelineLayout::lane(int number) const {
    const int top = plot.top() + plot.height() * number / std::max(1, laneCount);
    const int below = plot.top() + plot.height() * (number + 1) / std::max(1, laneCount);
    return {plot.left(), top, plot.width(), below - top};
}

int TimelineLayout::laneAt(int y) const {
    for (int i = 0; i < laneCount; ++i)
        if (const QRect place = lane(i); y >= place.top() && y <= place.bottom())
            return i;
    return -1;
}

double TimelineLayout::placeOf(int x) const {
    return double(x - plot.left()) / std::max(1, plot.width() - 1);
}

QSize TimelineLayout::smallest(const QFontMetrics& metrics, int lanes) {
    constexpr int narrowest = 30; // characters
    const int height = topMargin + markerRows * metrics.height() + lanes * (metrics.height() + 4) +
                       metrics.height() + padding;
    return {narrowest * metrics.averageCharWidth(), height};
}

void paintTimeline(QPainter& painter, const TimelinePicture& picture, const TimelineLayout& layout,
                   const QPalette& palette) {
    Drawing drawing(painter, picture, layout, palette);
    drawing.drawGround();
    drawing.drawStalls();
    drawing.drawColumns();
    drawing.drawMarkers();
    drawing.drawAxis();
    drawing.drawCursor();
    if (!picture.hasFocus)
        return;
    painter.setPen(QPen(meaningColors(palette).accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(layout.all.adjusted(1, 1, -1, -1));
}

} // namespace lavascope
