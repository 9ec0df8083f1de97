// SPDX-License-Identifier: MIT
#include "gui/widgets/time_window.h"

#include <algorithm>
#include <cmath>

namespace lavascope {

void TimeWindow::setWhole(Time end) {
    // A stored clock may say anything.
    constexpr Time longest = std::chrono::hours(24 * 365 * 10);
    m_whole = std::clamp(end, shortest, longest);
    keepInside();
}

void TimeWindow::fit() {
    m_isWhole = true;
}

void TimeWindow::zoom(double factor, Time around) {
    const double place = std::clamp(placeOf(around), 0.0, 1.0);
    const Time moment = momentAt(place);
    const double length = double(this->length().count()) / factor;
    if (length >= double(m_whole.count())) {
        fit();
        return;
    }
    m_isWhole = false;
    m_length = std::max(Time(std::llround(length)), shortest);
    m_from = moment - Time(std::llround(place * double(m_length.count())));
    keepInside();
}

void TimeWindow::pan(Time by) {
    // All is in sight: there is nowhere to go.
    if (m_isWhole)
        return;
    m_from += by;
    keepInside();
}

void TimeWindow::reveal(Time moment) {
    if (m_isWhole)
        return;
    const Time margin = m_length / 20;
    if (moment < m_from + margin)
        m_from = moment - margin;
    else if (moment > m_from + m_length - margin)
        m_from = moment - m_length + margin;
    keepInside();
}

double TimeWindow::placeOf(Time moment) const {
    return double((moment - from()).count()) / double(length().count());
}

TimeWindow::Time TimeWindow::momentAt(double place) const {
    return from() + Time(std::llround(place * double(length().count())));
}

void TimeWindow::keepInside() {
    m_length = std::min(m_length, m_whole);
    m_from = std::clamp(m_from, Time(0), m_whole - m_length);
}

} // namespace lavascope
