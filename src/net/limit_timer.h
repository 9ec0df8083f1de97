// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>

#include <chrono>
#include <optional>

namespace lavascope {

/// A time limit that can stand still: it fires once, after the time that it really ran. A limit of zero never
/// fires.
class LimitTimer : public QObject {
    Q_OBJECT

public:
    LimitTimer(std::chrono::milliseconds limit, QObject* parent);

    void start(); ///< anew, from the whole limit; while paused it only gets ready
    void stop();
    void setPaused(bool paused);
    [[nodiscard]] bool isStarted() const { return m_left.has_value(); }

Q_SIGNALS:
    void reached();

private:
    void run();

    QTimer m_timer;
    const std::chrono::milliseconds m_limit;
    std::optional<std::chrono::milliseconds> m_left; ///< nothing: not started
    bool m_paused = false;
};

} // namespace lavascope
