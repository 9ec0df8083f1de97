// SPDX-License-Identifier: MIT
#include "gui/models/attempt_history.h"
#include "gui/models/attempt_schedule.h"

#include <QTest>

#include <array>
#include <numeric>

using namespace lavascope;
using namespace std::chrono_literals;
using Kind = ScheduleBlock::Kind;

namespace {

KeptAttempt tried(int number, std::chrono::milliseconds waited, KeptAttempt::State state) {
    KeptAttempt kept;
    kept.number = number;
    kept.waited = waited;
    kept.took = 40ms;
    kept.state = state;
    return kept;
}

std::vector<ScheduleBlock> example() {
    return scheduleOf(
        {tried(1, 0ms, KeptAttempt::State::Failed), tried(2, 700ms, KeptAttempt::State::Failed)},
        {{.number = 3, .pause = 4s, .isExact = false, .byItself = true}});
}

} // namespace

class TestAttemptSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingTried_drawsNothing() {
        QVERIFY(scheduleOf({}, {}).empty());
        QVERIFY(scheduleWidths({}, 300, 20).empty());
    }

    void triesAndPauses_alternate() {
        const std::vector<ScheduleBlock> blocks = example();
        QCOMPARE(blocks.size(), size_t(5));
        const std::array kinds{Kind::Try, Kind::Pause, Kind::Try, Kind::PlannedPause, Kind::PlannedTry};
        for (size_t i = 0; i < kinds.size(); ++i)
            QCOMPARE(blocks[i].kind, kinds[i]);
        QCOMPARE(blocks[0].label, QStringLiteral("1 ✕"));
        QCOMPARE(blocks[1].label, QStringLiteral("700 ms"));
        QCOMPARE(blocks[3].label, QStringLiteral("up to 4 s"));
        QCOMPARE(blocks[4].row, 2);
    }

    void stateOfATry_isASignToo_data() {
        QTest::addColumn<KeptAttempt::State>("state");
        QTest::addColumn<QString>("label");
        QTest::newRow("running") << KeptAttempt::State::Running << QStringLiteral("1 …");
        QTest::newRow("good") << KeptAttempt::State::Good << QStringLiteral("1 ✓");
        QTest::newRow("failed") << KeptAttempt::State::Failed << QStringLiteral("1 ✕");
        QTest::newRow("stopped") << KeptAttempt::State::Stopped << QStringLiteral("1 ■");
    }
    void stateOfATry_isASignToo() {
        QFETCH(KeptAttempt::State, state);
        QTEST(scheduleOf({tried(1, 0ms, state)}, {}).front().label, "label");
    }

    void widths_fillTheBar_andLongerIsWider() {
        const std::vector<double> widths = scheduleWidths(example(), 500, 20);
        QVERIFY(qFuzzyCompare(std::accumulate(widths.begin(), widths.end(), 0.0), 500.0));
        for (const double width : widths)
            QVERIFY(width >= 20);
        QVERIFY(widths[3] > widths[1]);
        QVERIFY(widths[1] > widths[0]);
    }

    void barWithoutRoom_sharesWhatThereIs() {
        const std::vector<double> widths = scheduleWidths(example(), 50, 20);
        QCOMPARE(widths, std::vector<double>(5, 10.0));
        QCOMPARE(scheduleWidths(example(), -3, 20), std::vector<double>(5, 0.0));
    }
};

QTEST_APPLESS_MAIN(TestAttemptSchedule)
#include "tst_attempt_schedule.moc"
