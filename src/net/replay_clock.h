// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>

class QObject;

namespace lavascope {

/// The time that a replay runs by. The computer's own, unless a test turns one by hand.
class ReplayClock {
public:
    using Time = std::chrono::microseconds;

    ReplayClock() = default;
    ReplayClock(const ReplayClock&) = delete;
    ReplayClock& operator=(const ReplayClock&) = delete;
    virtual ~ReplayClock() = default;

    /// Since any moment; never goes back.
    [[nodiscard]] virtual Time now() const;
    /// Calls `act` once, from the event loop, when `after` has passed, or earlier where that is very long;
    /// not at all if `context` is gone by then.
    virtual void callLater(Time after, QObject* context, std::function<void()> act);
};

} // namespace lavascope
