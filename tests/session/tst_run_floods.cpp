// SPDX-License-Identifier: MIT
// A gateway that sends without an end, and that the window stays alive meanwhile.
#include "session/run_peer.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mebi = 1024 * 1024;

} // namespace

class TestRunFloods : public QObject {
    Q_OBJECT

private:
    Workbench m_workbench;

private Q_SLOTS:
    void millionSmallEvents_leaveEveryTurnToTheWindow();
    void endlessAnswer_endsAtWhatIsKept();
    void endlessComments_endAtWhatIsKept();
    void stopInsideFlood_endsAtOnceAndReadsAllThatCame();
};

void TestRunFloods::millionSmallEvents_leaveEveryTurnToTheWindow() {
    constexpr qint64 perPiece = 10'000;
    constexpr qint64 pieces = 100;
    FaultServer peer({say(openHead + "\r\n" + word),
                      flood(QByteArray("data: {}\n\n").repeated(perPiece), pieces), say(stop + done), fin()});
    const auto run = startRun(m_workbench, draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    // What a window does between two steps of the reading.
    int turns = 0;
    QTimer window;
    connect(&window, &QTimer::timeout, this, [&] { ++turns; });
    window.start(0);
    int steps = 0;
    int stepsInOneTurn = 0;
    int turnsBefore = -1;
    qint64 mostWaiting = 0;
    qint64 mostInBetween = 0;
    connect(run.get(), &Run::changed, this, [&] {
        ++steps;
        stepsInOneTurn += std::exchange(turnsBefore, turns) == turns;
        const qint64 kept = run->recording().attempts[0].bodySize();
        mostWaiting = std::max(mostWaiting, kept - run->reader().timeline().bytes);
        mostInBetween = std::max(mostInBetween, peer.bytesSent() - kept);
    });
    QVERIFY(finished.wait(4 * runPatience));
    QVERIFY(run->succeeded());
    QCOMPARE(run->reader().transcript().events, perPiece * pieces + 3);
    QCOMPARE(run->reader().timeline().bytes, run->recording().attempts[0].bodySize());
    QVERIFY2(steps > 20, QByteArray::number(steps).constData());
    QVERIFY2(stepsInOneTurn * 20 < steps, QByteArray::number(stepsInOneTurn).constData());
    // The peer waits for the reading, so a Stop finds little that is not read.
    QVERIFY2(mostWaiting < 3 * mebi, QByteArray::number(mostWaiting).constData());
    QVERIFY2(mostInBetween < 24 * mebi, QByteArray::number(mostInBetween).constData());
}

void TestRunFloods::endlessAnswer_endsAtWhatIsKept() {
    const QByteArray event = "data: {\"x\":\"" + QByteArray(4000, 'x') + "\"}\n\n";
    FaultServer peer(
        {say(openHead + "\r\n" + word), flood(event, qint64(2048) * mebi / event.size()), fin()});
    SendOptions options;
    options.limits.largest = 64 * mebi;
    options.limits.inMemory = 16 * mebi;
    const auto run = startRun(m_workbench, draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(4 * runPatience));
    const Attempt& attempt = run->recording().attempts[0];
    QCOMPARE(attempt.ending->reason, EndReason::TooLarge);
    QVERIFY(attempt.ending->detail.contains(QStringLiteral("64 MiB")));
    QVERIFY(run->diagnosis()->cause.contains(QStringLiteral("64 MiB")));
    QVERIFY(run->diagnosis()->mayHaveBeenBilled);
    QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(Verdict::CutOff));
    QVERIFY(attempt.bodySize() > 64 * mebi);
    QVERIFY2(attempt.bodySize() < 65 * mebi, QByteArray::number(attempt.bodySize()).constData());
    QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
}

void TestRunFloods::endlessComments_endAtWhatIsKept() {
    FaultServer peer({say(openHead + "\r\n"), flood(QByteArray(":\n").repeated(32 * 1024), 1 << 20), fin()});
    SendOptions options;
    options.limits.mostEvents = 1'500'000;
    const auto run = startRun(m_workbench, draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(4 * runPatience));
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::TooLarge);
    QVERIFY(run->reader().eventCount() > 1'500'000);
    QVERIFY2(run->reader().eventCount() < 3'500'000,
             QByteArray::number(run->reader().eventCount()).constData());
    QTRY_COMPARE(peer.openConnections(), 0);
}

void TestRunFloods::stopInsideFlood_endsAtOnceAndReadsAllThatCame() {
    FaultServer peer(
        {say(openHead + "\r\n" + word), flood(QByteArray("data: {}\n\n").repeated(6400), 1 << 20)});
    const auto run = startRun(m_workbench, draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    QTRY_VERIFY(run->reader().transcript().events > 1000);
    const qint64 before = run->recording().attempts[0].bodySize();
    run->stop();
    run->stop();
    QVERIFY(finished.wait(runPatience));
    const Attempt& attempt = run->recording().attempts[0];
    QCOMPARE(attempt.ending->reason, EndReason::StoppedByUser);
    QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(Verdict::Stopped));
    QVERIFY(attempt.bodySize() >= before);
    // "At once" is counted in bytes: no more than was on its way.
    QVERIFY2(attempt.bodySize() - before < 4 * mebi,
             QByteArray::number(attempt.bodySize() - before).constData());
    QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
}

QTEST_GUILESS_MAIN(TestRunFloods)
#include "tst_run_floods.moc"
