// SPDX-License-Identifier: MIT
// The real window against a server in another process: presses Send, and tells how long it took until all of
// the answer is read and drawn in the tab in sight, the longest frame (see gui_watch.h), and the memory it
// took. With `stop` it presses Escape in the middle instead, and tells how long that took to act.
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "gui_watch.h"
#include "session/thread_loops.h"
#include "session/workbench.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include <cstdio>
#include <optional>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

using Clock = GuiWatch::Clock;

template <typename T>
T& child(const QWidget& in, const char* name) {
    T* found = in.findChild<T*>(QLatin1String(name));
    if (!found)
        qFatal("the window has no %s", name);
    return *found;
}

/// Sees when the widgets of a tab are painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget& tab)
        : m_tab(tab) {
        for (QWidget* widget : tab.findChildren<QWidget*>())
            widget->installEventFilter(this);
    }
    bool isPainted = false;

    /// Grows with what there is to scroll through.
    [[nodiscard]] qint64 length() const {
        qint64 sum = 0;
        for (const QAbstractScrollArea* area : m_tab.findChildren<QAbstractScrollArea*>())
            if (area->isVisible())
                sum += area->verticalScrollBar()->maximum();
        return sum;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        isPainted |= event->type() == QEvent::Paint;
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget& m_tab;
};

qint64 statusLine(const char* name) {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(qstrlen(name) + 1).trimmed().split(' ').first().toLongLong() * 1024;
    return 0;
}

/// The peak of the memory in use is counted anew from here.
void forgetPeak() {
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

double seconds(Clock::duration time) {
    return std::chrono::duration<double>(time).count();
}

double milliseconds(Clock::duration time) {
    return seconds(time) * 1000;
}

struct Job {
    QString origin;
    QString tab;
    qint64 events = 0; ///< that the answer holds; 0: it is stopped by hand
};

class Bench {
public:
    Bench(MainWindow& window, const Job& job)
        : m_window(window)
        , m_job(job)
        , m_pane(child<QWidget>(window, "StreamPane"))
        , m_verdict(child<QLabel>(m_pane, "verdict"))
        , m_send(child<QPushButton>(window, "send"))
        , m_events(*child<QTableView>(m_pane, "eventTable").model())
        , m_tab(child<QWidget>(m_pane, qPrintable(job.tab + QStringLiteral("Tab"))))
        , m_painted(m_tab)
        , m_watch([this] { beat(); }) {
        child<QComboBox>(window, "environment").setCurrentIndex(2);
        child<QLineEdit>(window, "customGateway").setText(job.origin);
        child<QTabWidget>(m_pane, "tabs").setCurrentWidget(&m_tab);
    }

    void load() {
        begin();
        // At rest: the answer is over, all its events are rows, and for a while nothing was worked or
        // painted.
        while (!m_isOver || m_events.rowCount() < m_job.events || Clock::now() - m_busyAt < 300ms)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        std::printf("{\"seconds\":%.6f,\"rows\":%d,\"verdict\":\"%s\",\"over_seconds\":%.6f,\"rest_seconds\":"
                    "%.6f,%s,\"peak_"
                    "bytes\":%lld}\n",
                    seconds(std::max(m_paintedAt, m_overAt) - m_begin), m_events.rowCount(),
                    m_verdict.text().mid(2).toUtf8().constData(), seconds(m_overAt - m_begin),
                    seconds(m_busyAt - m_begin), frames().constData(),
                    static_cast<long long>(statusLine("VmHWM:") - m_residentBefore));
    }

    void stop() {
        constexpr auto inTheMiddle = 400ms;
        begin();
        while (Clock::now() - m_begin < inTheMiddle || !m_verdict.text().contains(QLatin1String("receiving")))
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_watch.startOver();
        // As a key press comes: while the thread of the window is busy with something.
        std::optional<Clock::time_point> pressedAt;
        std::thread finger([&] {
            std::this_thread::sleep_for(5ms);
            const auto at = Clock::now();
            QMetaObject::invokeMethod(
                &m_window,
                [&, at] {
                    pressedAt = at;
                    QTest::keyClick(&m_window, Qt::Key_Escape);
                },
                Qt::QueuedConnection);
        });
        while (!m_verdict.text().contains(QLatin1String("stopped by you")))
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const auto took = Clock::now() - *pressedAt;
        finger.join();
        std::printf("{\"stop_ms\":%.3f,\"rows\":%d,%s}\n", milliseconds(took), m_events.rowCount(),
                    frames().constData());
    }

private:
    void begin() {
        // The window comes up. Not by QTest::qWait(), which sleeps in between: a frame would begin in its
        // sleep.
        const auto until = Clock::now() + 200ms;
        while (Clock::now() < until)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        forgetPeak();
        m_residentBefore = statusLine("VmRSS:");
        m_watch.startOver();
        m_begin = Clock::now();
        m_busyAt = m_begin;
        QTest::mouseClick(&m_send, Qt::LeftButton);
    }

    void beat() {
        const auto now = Clock::now();
        const auto worked = GuiWatch::threadTime();
        constexpr auto littleWork = 1500us; // what the beats themselves and the waiting take
        if (worked - m_worked > littleWork)
            m_busyAt = now;
        m_worked = worked;
        // Drawn is what was painted after the tab grew last; later paintings show nothing new.
        const qint64 length = m_painted.length();
        if (std::exchange(m_length, length) != length)
            m_isToBePainted = true;
        if (std::exchange(m_painted.isPainted, false) && std::exchange(m_isToBePainted, false))
            m_paintedAt = now;
        // The bar's word while a call runs begins with other signs.
        const bool isOver = m_send.text() == QLatin1String("Send");
        if (isOver && !m_isOver)
            m_overAt = now;
        m_isOver = isOver;
    }

    [[nodiscard]] QByteArray frames() const {
        const auto figure = [](std::chrono::microseconds time) {
            return QByteArray::number(milliseconds(time), 'f', 2);
        };
        return "\"frame_ms\":" + figure(m_watch.longest().wall) +
               ",\"frame_cpu_ms\":" + figure(m_watch.longest().cpu) +
               ",\"work_ms\":" + figure(m_watch.mostWork().cpu) +
               ",\"over_16\":" + QByteArray::number(m_watch.over16()) +
               ",\"over_33\":" + QByteArray::number(m_watch.over33());
    }

    MainWindow& m_window;
    Job m_job;
    QWidget& m_pane;
    QLabel& m_verdict;
    QPushButton& m_send;
    QAbstractItemModel& m_events;
    QWidget& m_tab;
    PaintWatch m_painted;
    qint64 m_residentBefore = 0;
    qint64 m_length = 0;
    bool m_isToBePainted = false;
    Clock::time_point m_begin;
    Clock::time_point m_busyAt;
    Clock::time_point m_paintedAt;
    Clock::time_point m_overAt;
    std::chrono::microseconds m_worked{0};
    bool m_isOver = false;
    GuiWatch m_watch; ///< last, since it uses the others
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_pane ORIGIN text|events|raw EVENTS|stop\n");
        return 2;
    }
    preferLightThreadLoops();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("lavascope"));
    Workbench workbench;
    applyTheme(application, Theme::Light);
    MainWindow window(workbench);
    window.show();
    const QString events = QString::fromLocal8Bit(argv[3]);
    Bench bench(window,
                {QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2]), events.toLongLong()});
    if (events == QLatin1String("stop"))
        bench.stop();
    else
        bench.load();
    return 0;
}
