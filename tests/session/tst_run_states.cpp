// SPDX-License-Identifier: MIT
// Stop in every state of a run, from outside and from inside its own signals: it ends at once, `finished` is
// said exactly once, and nothing more is sent.
#include "session/run_peer.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mebi = 1024 * 1024;

SendOptions withRetries() {
    SendOptions options;
    options.retry.maxRetries = 3;
    options.retry.cap = 3600s;
    return options;
}

const QByteArray overloaded = counted("503 Busy", "Retry-After: 3000\r\n", "{}");

} // namespace

class TestRunStates : public QObject {
    Q_OBJECT

private:
    using Hook = std::function<void(Run&, const std::function<void()>& stopNow)>;

    /// Stops the run where the hook says, twice, and sees to it that it ends once and stays so.
    void stopOnce(const FaultScript& script, const Hook& hook, int requestsAtMost) {
        FaultServer peer({{script, {say(overloaded)}}});
        const auto run = startRun(m_workbench, draftTo(peer), withRetries());
        const QSignalSpy finished(run.get(), &Run::finished);
        hook(*run, [&] {
            run->stop();
            run->stop();
        });
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, runPatience);
        QCOMPARE(run->state(), Run::State::Done);
        QVERIFY(!run->succeeded());
        const size_t attempts = run->recording().attempts.size();
        QVERIFY(run->recording().attempts.back().ending);
        run->stop();
        run->retryNow();
        peer.settle();
        QTRY_COMPARE(peer.openConnections(), 0);
        QCoreApplication::processEvents();
        QCOMPARE(finished.size(), 1);
        QCOMPARE(run->recording().attempts.size(), attempts);
        QVERIFY2(peer.requests() <= requestsAtMost, QByteArray::number(peer.requests()).constData());
    }

    Workbench m_workbench;

private Q_SLOTS:
    void beforeItStarts_endsOnce() {
        stopOnce(
            {say(overloaded)}, [](Run&, const auto& stopNow) { stopNow(); }, 0);
    }

    void connecting_endsOnce() {
        stopOnce(
            {hang()},
            [](Run& run, const auto& stopNow) {
                QTRY_VERIFY(!run.recording().attempts.empty());
                QCOMPARE(run.state(), Run::State::Connecting);
                stopNow();
            },
            1);
    }

    void receiving_endsOnce() {
        stopOnce(
            {say(openHead + "\r\n" + word), hang()},
            [](Run& run, const auto& stopNow) {
                QTRY_VERIFY(run.reader().transcript().events > 0);
                QCOMPARE(run.state(), Run::State::Receiving);
                stopNow();
            },
            1);
    }

    void waiting_endsOnce() {
        stopOnce(
            {say(overloaded)},
            [](Run& run, const auto& stopNow) {
                QTRY_COMPARE(run.state(), Run::State::Waiting);
                stopNow();
            },
            1);
    }

    void betweenTwoTries_endsOnce() {
        stopOnce(
            {say(overloaded)},
            [](Run& run, const auto& stopNow) {
                QTRY_COMPARE(run.state(), Run::State::Waiting);
                run.retryNow(); // the next try is due, and has not begun
                stopNow();
            },
            1);
    }

    void secondTry_endsOnce() {
        stopOnce(
            {say(overloaded)},
            [](Run& run, const auto& stopNow) {
                QTRY_COMPARE(run.state(), Run::State::Waiting);
                run.retryNow();
                QTRY_COMPARE(run.recording().attempts.size(), size_t(2));
                stopNow();
            },
            2);
    }

    void insideASignal_endsOnce_data() {
        QTest::addColumn<QByteArray>("signal");
        QTest::addColumn<bool>("isGoodAnswer");
        QTest::newRow("attemptStarted") << QByteArray("attemptStarted") << true;
        QTest::newRow("headersArrived") << QByteArray("headersArrived") << true;
        QTest::newRow("changed") << QByteArray("changed") << true;
        QTest::newRow("waiting") << QByteArray("waiting") << false;
    }
    void insideASignal_endsOnce() {
        QFETCH(QByteArray, signal);
        QFETCH(bool, isGoodAnswer);
        const FaultScript script =
            isGoodAnswer ? FaultScript{say(openHead + "\r\n" + word), hang()} : FaultScript{say(overloaded)};
        stopOnce(
            script,
            [&](Run& run, const auto& stopNow) {
                if (signal == "attemptStarted")
                    connect(&run, &Run::attemptStarted, this, stopNow);
                else if (signal == "headersArrived")
                    connect(&run, &Run::headersArrived, this, stopNow);
                else if (signal == "changed")
                    connect(&run, &Run::changed, this, stopNow);
                else
                    connect(&run, &Run::waiting, this, stopNow);
                QTRY_VERIFY_WITH_TIMEOUT(run.isDone(), runPatience);
            },
            1);
    }

    void whileTheRestIsRead_thereIsNoNextTry() {
        // The transport has told its end, and the reading is on its last steps.
        const QByteArray page(20 * mebi, 'x');
        stopOnce(
            {say(counted("503 Busy", "Retry-After: 3000\r\n", page))},
            [&](Run& run, const auto& stopNow) {
                connect(&run, &Run::changed, this, [&run, &page, stopNow] {
                    if (run.recording().attempts[0].bodySize() == page.size())
                        stopNow();
                });
                QTRY_VERIFY_WITH_TIMEOUT(run.isDone() || run.state() == Run::State::Waiting, runPatience);
                QVERIFY(run.isDone());
            },
            1);
    }

    void insideFinished_saysNothingMore() {
        FaultServer peer({say(openHead + "\r\n" + word + stop + done), fin()});
        const auto run = startRun(m_workbench, draftTo(peer), withRetries());
        QSignalSpy finished(run.get(), &Run::finished);
        connect(run.get(), &Run::finished, this, [&] {
            run->stop();
            run->retryNow();
        });
        QVERIFY(finished.wait(runPatience));
        peer.settle();
        QCoreApplication::processEvents();
        QCOMPARE(finished.size(), 1);
        QVERIFY(run->succeeded());
        QCOMPARE(peer.requests(), 1);
    }

    void deletedInAnyState_saysNothing() {
        for (const FaultScript& script :
             {FaultScript{hang()}, FaultScript{say(openHead + "\r\n" + word), hang()},
              FaultScript{say(overloaded)}}) {
            FaultServer peer(script);
            auto run = startRun(m_workbench, draftTo(peer), withRetries());
            int finished = 0;
            connect(run.get(), &Run::finished, this, [&] { ++finished; });
            QTRY_COMPARE(peer.requests(), 1);
            run.reset();
            QTRY_COMPARE(peer.openConnections(), 0);
            QCOMPARE(finished, 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestRunStates)
#include "tst_run_states.moc"
