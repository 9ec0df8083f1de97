// SPDX-License-Identifier: MIT
// What a played recording hands out and when, told by a clock that the test turns.
#include "net/call_watch.h"
#include "net/manual_clock.h"
#include "net/replay_transport.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

Attempt answer() {
    Attempt attempt;
    attempt.status = 200;
    attempt.reason = "OK";
    attempt.headers.append("Content-Type", "text/event-stream");
    attempt.headersAt = 100ms;
    attempt.chunks = {{200ms, "one"}, {300ms, "two"}, {1300ms, "three"}};
    attempt.ending = Ending{EndReason::Finished, {}, 1400ms, 1};
    return attempt;
}

Recording recordingOf(std::vector<Attempt> attempts) {
    Recording recording;
    recording.attempts = std::move(attempts);
    return recording;
}

} // namespace

class TestReplayTransport : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CallWatch> play(const Attempt& attempt, ReplayPace pace) {
        m_transport = std::make_unique<ReplayTransport>(recordingOf({attempt}), pace, m_clock);
        return std::make_unique<CallWatch>(m_transport->send({}, {}));
    }

    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<ReplayTransport> m_transport;

private Q_SLOTS:
    void init() { m_clock = std::make_shared<ManualClock>(); }
    void cleanup() { m_transport.reset(); }

    void originalPace_handsOutEachPieceWhenItCameThen() {
        const auto call = play(answer(), ReplayPace::original());
        m_clock->advance(99ms);
        QCOMPARE(call->headersCame, 0);
        m_clock->advance(1ms);
        QCOMPARE(call->headersCame, 1);
        QCOMPARE(call->headersAt, 100ms);
        m_clock->advance(199ms);
        QCOMPARE(call->body(), QByteArray("one"));
        m_clock->advance(1ms);
        QCOMPARE(call->body(), QByteArray("onetwo"));
        m_clock->advance(999ms);
        QCOMPARE(call->body(), QByteArray("onetwo"));
        m_clock->advance(1ms);
        QCOMPARE(call->body(), QByteArray("onetwothree"));
        QVERIFY(!call->ending);
        m_clock->advance(100ms);
        QVERIFY(call->ending);
        QCOMPARE(call->ending->at, 1400ms);
        QCOMPARE(call->orderFaults, QStringList());
    }

    void fasterPace_keepsTheTimesOfThen() {
        const auto call = play(answer(), ReplayPace::times(10));
        m_clock->advance(139ms);
        QVERIFY(!call->ending);
        m_clock->advance(1ms);
        QVERIFY(call->ending);
        QCOMPARE(call->ending->at, 1400ms);
        QCOMPARE(call->chunks.last().at, 1300ms);
    }

    void slowerPace_takesLonger() {
        const auto call = play(answer(), ReplayPace::times(0.5));
        m_clock->advance(2799ms);
        QVERIFY(!call->ending);
        m_clock->advance(1ms);
        QVERIFY(call->ending);
    }

    void allAtOnce_takesNoTime() {
        const auto call = play(answer(), ReplayPace::atOnce());
        m_clock->advance(0us);
        QVERIFY(call->ending);
        QCOMPARE(call->body(), QByteArray("onetwothree"));
        QCOMPARE(call->chunks.last().at, 1300ms);
        QCOMPARE(m_clock->callsToCome(), size_t(0));
    }

    void nothingIsHandedOut_fromInsideSend() {
        const auto call = play(answer(), ReplayPace::atOnce());
        QCOMPARE(call->headersCame, 0);
        QVERIFY(!call->ending);
    }

    void largeChunk_comesInSlicesWithItsTime() {
        Attempt attempt = answer();
        attempt.chunks = {{200ms, QByteArray(700'000, 'x')}};
        const auto call = play(attempt, ReplayPace::atOnce());
        m_clock->advance(0us);
        QVERIFY(call->ending);
        QCOMPARE(call->body().size(), qsizetype(700'000));
        QCOMPARE(call->chunks.size(), qsizetype(3));
        for (const Chunk& chunk : call->chunks)
            QCOMPARE(chunk.at, 200ms);
        QCOMPARE(call->orderFaults, QStringList());
    }

    void heldReplay_standsStillAndGoesOn() {
        const auto call = play(answer(), ReplayPace::original());
        m_clock->advance(250ms);
        call->exchange().setHeld(true);
        m_clock->advance(10s);
        QCOMPARE(call->body(), QByteArray("one"));
        call->exchange().setHeld(false);
        m_clock->advance(0us);
        QVERIFY(call->ending); // late as it is
        QCOMPARE(call->ending->at, 1400ms);
        QCOMPARE(call->body(), QByteArray("onetwothree"));
    }

    void receiverThatHoldsInTheMiddle_getsNoFurtherPiece() {
        const auto call = play(answer(), ReplayPace::atOnce());
        connect(&call->exchange(), &Exchange::chunk, this, [&] { call->exchange().setHeld(true); });
        m_clock->advance(1s);
        QCOMPARE(call->body(), QByteArray("one"));
        call->exchange().setHeld(false);
        m_clock->advance(1s);
        QCOMPARE(call->body(), QByteArray("onetwo"));
    }

    void stoppedReplay_endsWhereItWasInTheRecording() {
        const auto call = play(answer(), ReplayPace::times(2));
        m_clock->advance(300ms); // 600 ms of the recording
        call->exchange().abort();
        QVERIFY(!call->ending);
        m_clock->advance(0us);
        QVERIFY(call->ending);
        QCOMPARE(call->ending->reason, EndReason::StoppedByUser);
        QCOMPARE(call->ending->at, 600ms);
        QCOMPARE(call->ending->timesSent, 1);
        m_clock->advance(10s);
        QCOMPARE(call->body(), QByteArray("onetwo"));
        QCOMPARE(call->orderFaults, QStringList());
    }

    void heldReplay_canBeStopped() {
        const auto call = play(answer(), ReplayPace::original());
        call->exchange().setHeld(true);
        m_clock->advance(10s);
        call->exchange().abort();
        m_clock->advance(0us);
        QVERIFY(call->ending);
        QCOMPARE(call->ending->reason, EndReason::StoppedByUser);
        QVERIFY(call->ending->at <= 1400ms);
    }

    void abortAfterTheEnd_changesNothing() {
        const auto call = play(answer(), ReplayPace::atOnce());
        m_clock->advance(0us);
        call->exchange().abort();
        call->exchange().setHeld(true);
        call->exchange().setHeld(false);
        m_clock->advance(1s);
        QCOMPARE(call->ending->reason, EndReason::Finished);
        QCOMPARE(call->orderFaults, QStringList());
    }

    void receiverThatLetsGoInTheMiddle_isLeftAlone() {
        const auto call = play(answer(), ReplayPace::atOnce());
        connect(&call->exchange(), &Exchange::chunk, this, [&] { call->drop(); });
        m_clock->advance(10s);
        QCOMPARE(call->body(), QByteArray("one"));
        QVERIFY(!call->ending);
    }

    void transportThatGoes_endsItsCall() {
        const auto call = play(answer(), ReplayPace::original());
        m_clock->advance(250ms);
        m_transport.reset();
        m_clock->advance(10s);
        QVERIFY(call->ending);
        QCOMPARE(call->ending->reason, EndReason::StoppedByUser);
        QCOMPARE(call->body(), QByteArray("one"));
    }

    void attemptWithoutAnAnswer_endsAsItDid() {
        Attempt attempt;
        attempt.ending = Ending{EndReason::ConnectionRefused, QStringLiteral("Refused."), 5ms, 0};
        const auto call = play(attempt, ReplayPace::original());
        m_clock->advance(5ms);
        QVERIFY(call->ending);
        QCOMPARE(call->headersCame, 0);
        QCOMPARE(call->ending->reason, EndReason::ConnectionRefused);
        QCOMPARE(call->ending->detail, QStringLiteral("Refused."));
    }

    void recordingThatBrokeOff_isCutOff() {
        Attempt attempt = answer();
        attempt.ending.reset();
        const auto call = play(attempt, ReplayPace::atOnce());
        m_clock->advance(0us);
        QCOMPARE(call->ending->reason, EndReason::CutOff);
        QCOMPARE(call->ending->at, 1300ms);
    }

    void timesOutOfOrder_areHandedOutInTheOrderOfTheFile() {
        Attempt attempt = answer();
        attempt.chunks = {{300ms, "a"}, {200ms, "b"}, {400ms, "c"}};
        const auto call = play(attempt, ReplayPace::original());
        m_clock->advance(300ms);
        QCOMPARE(call->body(), QByteArray("ab"));
    }

    void severalAttempts_areHandedOutOneACallAndNoMore() {
        Attempt refused = answer();
        refused.status = 429;
        Attempt second = answer();
        second.waited = 3s;
        ReplayTransport transport(recordingOf({refused, second}), ReplayPace::times(2), m_clock);
        QCOMPARE(transport.pauseBeforeNext(), 0ms);
        CallWatch first(transport.send({}, {}));
        QCOMPARE(transport.pauseBeforeNext(), 1500ms);
        CallWatch next(transport.send({}, {}));
        QVERIFY(!transport.next());
        CallWatch beyond(transport.send({}, {}));
        m_clock->advance(10s);
        QCOMPARE(first.status, 429);
        QCOMPARE(next.status, 200);
        QCOMPARE(beyond.ending->reason, EndReason::Refused);
    }

    void clockOfTheComputer_playsToTheEnd() {
        ReplayTransport transport(recordingOf({answer()}), ReplayPace::times(100));
        CallWatch call(transport.send({}, {}));
        QVERIFY(call.waitForEnd());
        QCOMPARE(call.body(), QByteArray("onetwothree"));
    }
};

QTEST_GUILESS_MAIN(TestReplayTransport)
#include "tst_replay_transport.moc"
