// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/arrival_index.h"
#include "gui/widgets/time_window.h"

#include <QRect>
#include <QString>

#include <optional>
#include <vector>

class QFontMetrics;
class QPainter;
class QPalette;

namespace lavascope {

/// What a timeline shows at one moment, ready to be drawn.
struct TimelinePicture {
    struct Lane {
        EventChannel channel = EventChannel::Other;
        QString name;
        QString count; ///< of its events in all
    };
    struct Marker {
        std::chrono::microseconds at{0};
        QString name;
    };
    struct Cursor {
        std::chrono::microseconds at{0};
        EventChannel channel = EventChannel::Other;
    };
    TimeWindow window;
    std::vector<Lane> lanes;            ///< from top to bottom
    std::vector<ChannelCounts> columns; ///< equal parts of the time in sight
    std::vector<Marker> markers;
    std::vector<Stall> stalls;
    std::optional<Cursor> cursor;
    bool hasFocus = false;
};

/// Where things stand in a timeline of some size.
struct TimelineLayout {
    static constexpr int columnWidth = 3; ///< pixels

    TimelineLayout(const QRect& place, const QFontMetrics& metrics,
                   const std::vector<TimelinePicture::Lane>& lanes);

    [[nodiscard]] int columns() const;
    [[nodiscard]] QRect lane(int number) const;
    [[nodiscard]] int laneAt(int y) const; ///< -1: none
    /// 0 at the left end of the plot, 1 at its right end.
    [[nodiscard]] double placeOf(int x) const;
    [[nodiscard]] static QSize smallest(const QFontMetrics& metrics, int lanes);

    QRect all;
    QRect names;   ///< of the lanes
    QRect markers; ///< names of the markers
    QRect plot;
    QRect axis;
    int laneCount = 0;
};

/// Draws it. Lanes are told apart by their places and names, and by colour besides; a stall is hatched.
void paintTimeline(QPainter& painter, const TimelinePicture& picture, const TimelineLayout& layout,
                   const QPalette& palette);

} // namespace lavascope
