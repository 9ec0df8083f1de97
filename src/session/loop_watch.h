// SPDX-License-Identifier: MIT
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>

namespace lavascope {

/// Finds the longest time in which this thread did not come back to its event loop: between two beats that
/// are due every millisecond lies whatever was done meanwhile, be it one event or a row of them, or painting.
class LoopWatch {
public:
    LoopWatch();

    void start(); ///< forgets what was before
    void stop() { m_beat.stop(); }
    [[nodiscard]] std::chrono::microseconds longest() const { return m_longest; }

private:
    QTimer m_beat;
    QElapsedTimer m_since;
    std::chrono::microseconds m_longest{0};
};

} // namespace lavascope
