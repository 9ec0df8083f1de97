// SPDX-License-Identifier: MIT
#include "core/stream/replay_pace.h"

#include <cmath>

namespace lavascope {

namespace {

constexpr auto endOfTime = ReplayPace::Time::max();

ReplayPace::Time scaled(ReplayPace::Time time, double factor) {
    const double microseconds = double(time.count()) * factor;
    return microseconds < double(endOfTime.count()) ? ReplayPace::Time(qint64(microseconds)) : endOfTime;
}

} // namespace

ReplayPace::Time ReplayPace::playedAfter(Time recorded) const {
    return isAtOnce() ? Time(0) : scaled(recorded, 1 / m_factor);
}

ReplayPace::Time ReplayPace::recordedAfter(Time played) const {
    return isAtOnce() ? endOfTime : scaled(played, m_factor);
}

std::optional<ReplayPace> replayPaceByName(QStringView name) {
    if (name == QLatin1String("once"))
        return ReplayPace::atOnce();
    if (name == QLatin1String("original"))
        return ReplayPace::original();
    if (name.startsWith(QLatin1Char('x')) || name.startsWith(QChar(0xD7)))
        name = name.sliced(1);
    bool isNumber = false;
    const double factor = name.toDouble(&isNumber);
    const bool fits = isNumber && factor >= ReplayPace::slowest && factor <= ReplayPace::fastest;
    return fits ? std::optional(ReplayPace::times(factor)) : std::nullopt;
}

} // namespace lavascope
