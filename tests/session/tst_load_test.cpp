// SPDX-License-Identifier: MIT
#include "session/load_lines.h"
#include "session/loop_watch.h"
#include "session/run.h"
#include "session/workbench.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestLoadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void load_givesEveryFigure() {
        Workbench workbench;
        LoadTest test(workbench);
        QSignalSpy finished(&test, &LoadTest::finished);
        QSignalSpy progressed(&test, &LoadTest::progressed);
        int calls = 0;
        connect(&test, &LoadTest::callStarted, this, [&](Run* run) { calls += run && run == test.call(); });
        test.start();
        QVERIFY(finished.wait(patience));
        QVERIFY2(test.result().has_value(),
                 qPrintable(test.result() ? QString() : test.result().error().message));
        const LoadFigures& figures = *test.result();
        QCOMPARE(figures.events, qint64(10'003));
        QVERIFY(figures.bytes > 3'200'000 && figures.bytes < 3'400'000);
        QVERIFY(figures.took > 0us);
        QVERIFY(figures.plainTook > 0us);
        QVERIFY(figures.longestStall > 0us);
        QVERIFY(figures.longestWait > 0us && figures.longestWait <= figures.took * 100);
        QVERIFY(figures.stopTook > 0us);
        QCOMPARE(calls, 4); // three loads, and the one that is stopped
        QCOMPARE(progressed.constLast().first().toInt(), LoadTest::steps);
        QCOMPARE(finished.size(), 1);
    }

    void testThatIsDeleted_endsAtOnce_data() {
        QTest::addColumn<int>("afterSteps");
        for (int step = 0; step < LoadTest::steps; ++step)
            QTest::addRow("in step %d", step) << step;
    }
    void testThatIsDeleted_endsAtOnce() {
        QFETCH(int, afterSteps);
        Workbench workbench;
        auto test = std::make_unique<LoadTest>(workbench);
        int done = -1;
        connect(test.get(), &LoadTest::progressed, this, [&](int steps) { done = steps; });
        test->start();
        QTRY_VERIFY_WITH_TIMEOUT(done >= afterSteps, patience);
        test.reset();
        QCoreApplication::processEvents();
    }

    void stall_isSeen() {
        LoopWatch watch;
        watch.start();
        QTimer::singleShot(5, this, [] {
            QElapsedTimer time;
            time.start();
            while (time.elapsed() < 80)
                ;
        });
        QTRY_VERIFY(watch.longest() >= 75ms);
        watch.start();
        QVERIFY(watch.longest() == 0us);
    }

    void bars_areWhatIsPromised() {
        LoadFigures figures;
        figures.events = 10'003;
        figures.bytes = 3'300'000;
        figures.took = 150ms;
        figures.plainTook = 100ms;
        figures.longestStall = 16ms;
        figures.stopTook = 50ms;
        for (const LoadBar& bar : loadBars(figures))
            QVERIFY2(bar.isKept(), qPrintable(bar.name));
        figures.took = 151ms;
        figures.longestStall = 16'001us;
        figures.stopTook = 50'001us;
        for (const LoadBar& bar : loadBars(figures))
            QVERIFY2(!bar.isKept(), qPrintable(bar.name));
        int failed = 0;
        for (const LoadLine& line : loadLines(figures)) {
            QVERIFY(!line.value.isEmpty());
            failed += line.verdict.startsWith(QStringLiteral("failed"));
            QCOMPARE(line.isKept, !line.verdict.startsWith(QStringLiteral("failed")));
        }
        QCOMPARE(failed, 3);
    }
};

QTEST_GUILESS_MAIN(TestLoadTest)
#include "tst_load_test.moc"
