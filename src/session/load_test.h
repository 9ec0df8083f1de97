// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "session/loop_watch.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

class QThread;

namespace lavascope {

class LoadSource;
class Run;
class Workbench;

/// What the load test measured on this computer, the medians of its rounds.
struct LoadFigures {
    qint64 events = 0;                         ///< of one answer
    qint64 bytes = 0;                          ///< of its body
    std::chrono::microseconds took{0};         ///< from Send until all is read and told to who shows it
    std::chrono::microseconds plainTook{0};    ///< the same bytes read from a socket and thrown away
    std::chrono::microseconds longestStall{0}; ///< the worst: in which the event loop of this thread stood
    std::chrono::microseconds longestWait{0};  ///< the worst: of an event from its arrival until it was read
    std::chrono::microseconds stopTook{0};     ///< from Stop until the call was closed and told as stopped

    [[nodiscard]] double ratio() const; ///< took : plainTook
    [[nodiscard]] double eventsPerSecond() const;
    [[nodiscard]] double megabytesPerSecond() const;
};

/// One figure beside what is promised for it, in words and numbers.
struct LoadBar {
    QString name; ///< snake_case: `ratio`, `longest_stall_ms`, `stop_ms`
    double value = 0;
    double limit = 0;
    [[nodiscard]] bool isKept() const { return value <= limit; }
};
[[nodiscard]] std::vector<LoadBar> loadBars(const LoadFigures& figures);

/// Runs 10,000 events (3.3 MB) from a source on this computer through the real network, reading and whatever
/// shows the call, three times, beside a plain read of the same bytes; and stops a longer answer in its
/// middle. Nothing leaves the computer. Deleting it ends it.
class LoadTest : public QObject {
    Q_OBJECT

public:
    explicit LoadTest(Workbench& workbench, QObject* parent = nullptr);
    ~LoadTest() override;

    void start();
    [[nodiscard]] bool isDone() const { return m_result.has_value(); }
    /// To be asked when finished() has come. Errors: `listen_failed`, `plain_read_failed`, `load_test_failed`
    /// (the answer did not arrive whole).
    [[nodiscard]] const Result<LoadFigures>& result() const { return *m_result; }

    /// The call that is or was shown last; null before the first.
    [[nodiscard]] Run* call() const { return m_run.get(); }

    static constexpr int steps = 7; ///< that progressed() counts

Q_SIGNALS:
    /// A call begins. Whoever wants to show it may; it lives until the next one begins or the test ends.
    void callStarted(lavascope::Run* run);
    void progressed(int stepsDone);
    void finished(); ///< exactly once

private:
    void nextStep();
    void readPlainly();
    void takePlainRead(const Result<std::chrono::microseconds>& took);
    void startCall(quint16 port);
    void runLoad();
    void takeLoad();
    void runStop();
    void takeStop();
    void watchWaits();
    void finish(Result<LoadFigures> result);

    Workbench& m_workbench;
    std::unique_ptr<LoadSource> m_source;
    std::unique_ptr<LoadSource> m_endless;
    quint16 m_port = 0;
    quint16 m_endlessPort = 0;
    std::unique_ptr<QThread> m_plainReader;
    std::unique_ptr<Run> m_run;
    LoopWatch m_watch;
    QTimer m_pause; ///< before the next step: what views still draw after an end counts as well
    QElapsedTimer m_since;
    qsizetype m_seen = 0; ///< events of the call whose waiting was looked at
    int m_step = 0;
    LoadFigures m_figures;
    std::vector<std::chrono::microseconds> m_times;
    std::vector<std::chrono::microseconds> m_plainTimes;
    std::optional<Result<LoadFigures>> m_result;
};

} // namespace lavascope
