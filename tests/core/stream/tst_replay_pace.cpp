// SPDX-License-Identifier: MIT
#include "core/stream/replay_pace.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestReplayPace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void name_isReadAsAPace_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("secondPlayedAfter"); // microseconds; -1: no pace
        QTest::newRow("once") << QStringLiteral("once") << qint64(0);
        QTest::newRow("original") << QStringLiteral("original") << qint64(1'000'000);
        QTest::newRow("number") << QStringLiteral("2") << qint64(500'000);
        QTest::newRow("with an x") << QStringLiteral("x10") << qint64(100'000);
        QTest::newRow("with the sign") << QStringLiteral("×4") << qint64(250'000);
        QTest::newRow("slow motion") << QStringLiteral("0.5") << qint64(2'000'000);
        QTest::newRow("nothing") << QString() << qint64(-1);
        QTest::newRow("a bare x") << QStringLiteral("x") << qint64(-1);
        QTest::newRow("zero") << QStringLiteral("0") << qint64(-1);
        QTest::newRow("negative") << QStringLiteral("-2") << qint64(-1);
        QTest::newRow("no number") << QStringLiteral("nan") << qint64(-1);
        QTest::newRow("endless") << QStringLiteral("inf") << qint64(-1);
        QTest::newRow("too fast") << QStringLiteral("1e9") << qint64(-1);
        QTest::newRow("a word") << QStringLiteral("fast") << qint64(-1);
    }
    void name_isReadAsAPace() {
        QFETCH(QString, name);
        QFETCH(qint64, secondPlayedAfter);
        const std::optional<ReplayPace> pace = replayPaceByName(name);
        QCOMPARE(pace ? qint64(pace->playedAfter(1s).count()) : qint64(-1), secondPlayedAfter);
    }

    void recordedAndPlayedTimes_answerEachOther() {
        const ReplayPace pace = ReplayPace::times(4);
        QCOMPARE(pace.playedAfter(8s), ReplayPace::Time(2s));
        QCOMPARE(pace.recordedAfter(2s), ReplayPace::Time(8s));
        QVERIFY(ReplayPace::atOnce().recordedAfter(0us) > 24h * 365);
    }

    void longestTimeAtTheSlowestPace_staysATime() {
        const ReplayPace::Time played =
            ReplayPace::times(ReplayPace::slowest).playedAfter(ReplayPace::Time::max());
        QCOMPARE(played, ReplayPace::Time::max());
    }
};

QTEST_GUILESS_MAIN(TestReplayPace)
#include "tst_replay_pace.moc"
