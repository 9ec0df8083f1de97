// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace lavascope {

/// How fast a recording is played: so many times as fast as it was, or all of it at once.
class ReplayPace {
public:
    using Time = std::chrono::microseconds;

    static constexpr double slowest = 0.01;
    static constexpr double fastest = 1'000'000;

    [[nodiscard]] static ReplayPace atOnce() { return ReplayPace(0); }
    [[nodiscard]] static ReplayPace original() { return ReplayPace(1); }
    /// `factor` is between `slowest` and `fastest`.
    [[nodiscard]] static ReplayPace times(double factor) { return ReplayPace(factor); }

    [[nodiscard]] bool isAtOnce() const { return m_factor == 0; }
    /// How long after the replay's start that is due which came at `recorded`; 0 for all of it at once.
    [[nodiscard]] Time playedAfter(Time recorded) const;
    /// The time in the recording which a replay has reached that runs for `played`; at once: the end of time.
    [[nodiscard]] Time recordedAfter(Time played) const;

    friend bool operator==(const ReplayPace&, const ReplayPace&) = default;

private:
    explicit ReplayPace(double factor)
        : m_factor(factor) {}

    double m_factor; ///< 0: at once
};

/// Reads `original`, `once`, or a factor as `2`, `x2`, `×2`, `0.5`; nothing if it is none of these.
[[nodiscard]] std::optional<ReplayPace> replayPaceByName(QStringView name);

} // namespace lavascope
