// SPDX-License-Identifier: MIT
#include "session/loop_watch.h"

namespace lavascope {

namespace {

constexpr std::chrono::milliseconds beat{1};

} // namespace

LoopWatch::LoopWatch() {
    m_beat.setTimerType(Qt::PreciseTimer);
    m_beat.setInterval(beat);
    QObject::connect(&m_beat, &QTimer::timeout, &m_beat, [this] {
        const auto since = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::nanoseconds(m_since.nsecsElapsed()));
        m_longest = std::max(m_longest, since - std::chrono::microseconds(beat));
        m_since.start();
    });
}

void LoopWatch::start() {
    m_longest = std::chrono::microseconds(0);
    m_since.start();
    m_beat.start();
}

} // namespace lavascope
