// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace lavascope {

/// The part of an answer's time that is in sight. Shows all of it and grows with it, until somebody zooms or
/// pans.
class TimeWindow {
public:
    using Time = std::chrono::microseconds;
    static constexpr Time shortest{200}; ///< no closer look than this

    /// The answer goes on until then.
    void setWhole(Time end);
    /// Shows all there is again.
    void fit();
    /// A factor above 1 looks closer; that moment stays where it is.
    void zoom(double factor, Time around);
    void pan(Time by);
    /// Pans no further than it takes to bring a moment into sight.
    void reveal(Time moment);

    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] Time whole() const { return m_whole; }
    [[nodiscard]] Time from() const { return m_isWhole ? Time(0) : m_from; }
    [[nodiscard]] Time length() const { return m_isWhole ? m_whole : m_length; }
    /// 0 at the beginning of what is in sight, 1 at its end.
    [[nodiscard]] double placeOf(Time moment) const;
    [[nodiscard]] Time momentAt(double place) const;

private:
    void keepInside();

    Time m_whole = shortest;
    Time m_from{0};
    Time m_length = shortest;
    bool m_isWhole = true;
};

} // namespace lavascope
