// SPDX-License-Identifier: MIT
#include "net/limit_timer.h"

#include <algorithm>

namespace lavascope {

LimitTimer::LimitTimer(std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_timer(this)
    , m_limit(limit) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_left.reset();
        Q_EMIT reached();
    });
}

void LimitTimer::start() {
    if (m_limit.count() <= 0)
        return;
    m_left = m_limit;
    run();
}

void LimitTimer::stop() {
    m_left.reset();
    m_timer.stop();
}

void LimitTimer::setPaused(bool paused) {
    if (paused == m_paused)
        return;
    m_paused = paused;
    if (!m_left)
        return;
    if (m_paused)
        m_left = std::max(m_timer.remainingTimeAsDuration(), std::chrono::milliseconds(0));
    run();
}

void LimitTimer::run() {
    if (m_paused)
        m_timer.stop();
    else
        m_timer.start(*m_left);
}

} // namespace lavascope
