// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QObject>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

/// Watches from outside how long the thread of the window does not come back to its event loop.
///
/// Another thread posts an event to it, and the next one two milliseconds after it was handled. A *frame* is
/// the time from the post to the handling, which is what a key press would have waited: all that is done in
/// between counts, a row of other posted events, timers, layout and painting too; and so does time in which
/// the operating system gave the processor to somebody else, which is why the processor time that the thread
/// spent is told beside it.
class GuiWatch : public QObject {
public:
    using Clock = std::chrono::steady_clock;

    struct Frame {
        std::chrono::microseconds wall{0};
        std::chrono::microseconds cpu{0}; ///< of the window's thread alone
    };

    /// `beat` is called in the window's thread each time that it comes back.
    explicit GuiWatch(std::function<void()> beat)
        : m_beat(std::move(beat))
        , m_thread([this] { post(); }) {}

    ~GuiWatch() override {
        m_stop = true;
        m_thread.join();
    }

    void startOver() {
        m_longest = {};
        m_mostWork = {};
        m_over16 = 0;
        m_over33 = 0;
    }
    [[nodiscard]] Frame longest() const { return m_longest; }
    [[nodiscard]] Frame mostWork() const { return m_mostWork; } ///< the frame that took most processor time
    [[nodiscard]] int over16() const { return m_over16; }
    [[nodiscard]] int over33() const { return m_over33; }

    /// Processor time that the calling thread has spent.
    [[nodiscard]] static std::chrono::microseconds threadTime() {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::seconds(now.tv_sec) +
                                                                     std::chrono::nanoseconds(now.tv_nsec));
    }

    bool event(QEvent* event) override {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        const auto since = [](Clock::time_point then) {
            return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - then);
        };
        const auto cpu = threadTime();
        const Frame frame{since(m_postedAt), cpu - m_cpu};
        m_cpu = cpu;
        if (frame.wall > m_longest.wall)
            m_longest = frame;
        if (frame.cpu > m_mostWork.cpu)
            m_mostWork = frame;
        m_over16 += frame.wall > std::chrono::milliseconds(16);
        m_over33 += frame.wall > std::chrono::milliseconds(33);
        m_beat();
        m_isUnderWay = false;
        return true;
    }

private:
    void post() {
        while (!m_stop) {
            if (!m_isUnderWay) {
                m_postedAt = Clock::now();
                m_isUnderWay = true;
                QCoreApplication::postEvent(this, new QEvent(QEvent::User));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

    std::function<void()> m_beat;
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_isUnderWay = false;
    std::atomic<Clock::time_point> m_postedAt{};
    std::chrono::microseconds m_cpu{0};
    Frame m_longest;
    Frame m_mostWork;
    int m_over16 = 0;
    int m_over33 = 0;
    std::thread m_thread; ///< last, since it uses the others
};
