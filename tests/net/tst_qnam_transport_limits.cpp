// SPDX-License-Identifier: MIT
// The four time limits, and that none of them runs while it is us who wait.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
constexpr auto shortTime = 150ms;

} // namespace

Q_DECLARE_METATYPE(FaultScript)
Q_DECLARE_METATYPE(TimeLimits)

class tst_QnamTransportLimits : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void limitReached_isNamed_data();
    void limitReached_isNamed();
    void dripOfBytes_keepsTheCallAlive();
    void limitOfZero_neverEnds();
    void slowUpload_isNotTakenForSilence();
    void heldBeforeTheAnswer_reachesNoLimit();
    void heldInsideTheBody_reachesNoLimit();
    void releasedAfterHold_limitsRunAgain();
};

void tst_QnamTransportLimits::limitReached_isNamed_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<TimeLimits>("limits");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("body");
    const TimeLimits firstByte{20s, shortTime, 20s, 20s};
    const TimeLimits idle{20s, 20s, shortTime, 20s};
    const TimeLimits total{20s, 20s, 20s, shortTime};
    const auto row = [](const char* name, const FaultScript& script, const TimeLimits& limits,
                        const QByteArray& reason, const QByteArray& body = {}) {
        QTest::newRow(name) << script << limits << reason << body;
    };
    row("no answer for ever", {hang()}, firstByte, "first_byte_timeout");
    row("half a status", {say("HTTP/1."), hang()}, firstByte, "first_byte_timeout");
    row("header drip", {say("HTTP/1.1 200 OK\r\nX: "), drip("x", 10'000, 10ms)}, firstByte,
        "first_byte_timeout");
    row("silence after the headers", {say(openHead), hang()}, idle, "idle_timeout");
    row("silence after the first event", {say(openHead + "data: 1\n\n"), hang()}, idle, "idle_timeout",
        "data: 1\n\n");
    row("whole body, connection left open", {say(openHead + "data: [DONE]\n\n"), hang()}, idle,
        "idle_timeout", "data: [DONE]\n\n");
    row("no answer within the total", {hang()}, total, "total_timeout");
    row("body without an end", {say(openHead + "data: 1\n\n"), hang()}, total, "total_timeout",
        "data: 1\n\n");
}

void tst_QnamTransportLimits::limitReached_isNamed() {
    QFETCH(FaultScript, script);
    QFETCH(TimeLimits, limits);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, body);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer(script);
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), ask), limits));
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), reason);
        QVERIFY2(call.ending->detail.contains(QStringLiteral("150 ms")), qPrintable(call.ending->detail));
        QVERIFY(call.ending->at >= shortTime);
        QCOMPARE(call.body(), body);
        QCOMPARE(call.ending->timesSent, 1);
        QCOMPARE(call.orderFaults, QStringList());
        QTRY_COMPARE(peer.openConnections(), 0);
        QCOMPARE(peer.requests(), 1);
    }
}

void tst_QnamTransportLimits::dripOfBytes_keepsTheCallAlive() {
    FaultServer peer({say(openHead), drip("x", 30, 20ms), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {20s, 20s, 400ms, 20s}));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.body(), QByteArray(30, 'x'));
    QVERIFY(call.ending->at > 400ms); // else the limit was not put to the test
}

void tst_QnamTransportLimits::limitOfZero_neverEnds() {
    FaultServer peer({drip("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n", 1, 50ms), drip("x", 20, 10ms)});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {0s, 0s, 0s, 0s}));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
}

void tst_QnamTransportLimits::slowUpload_isNotTakenForSilence() {
    // The server reads nothing of 32 MiB until its gate opens, then answers: the limit for the first byte
    // counts from the last byte that went out, and must not have run out before.
    HttpRequest large = request({}, Ask::Post);
    large.body = QByteArray(32 * 1024 * 1024, 'x');
    FaultServer peer({say(answer("read it all"))});
    large.url = peer.url();
    QnamTransport transport;
    CallWatch call(transport.send(large, {20s, 5s, 20s, 20s}));
    QVERIFY(call.waitForEnd());
    QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(peer.received().value(0).size(),
             peer.received().value(0).indexOf("\r\n\r\n") + 4 + large.body.size());
}

void tst_QnamTransportLimits::heldBeforeTheAnswer_reachesNoLimit() {
    FaultServer peer({drip("HTTP/1.1 200 OK\r\n", 1, 400ms), drip("Content-Length: 5\r\n\r\nhello", 1, 0ms)});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {20s, shortTime, shortTime, shortTime}));
    call.exchange().setHeld(true);
    QTRY_COMPARE(call.headersCame, 1); // headers are no chunk
    QVERIFY(call.headersAt > 2 * shortTime);
    QVERIFY(!call.ending);
    QVERIFY(call.chunks.isEmpty());
    call.exchange().setHeld(false);
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.body(), "hello");
}

void tst_QnamTransportLimits::heldInsideTheBody_reachesNoLimit() {
    // The server counts the time: it says its last word 400 ms after the first.
    FaultServer peer({say(openHead + "first"), gate(), drip("", 1, 400ms), drip(" last", 1, 0ms), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {20s, 20s, shortTime, 20s}));
    connect(&call.exchange(), &Exchange::headers, this, [&] {
        call.exchange().setHeld(true);
        peer.openGate();
    });
    QTRY_COMPARE(call.headersCame, 1);
    QTRY_COMPARE(peer.openConnections(), 0); // the server is done with it
    QVERIFY(!call.ending);
    QVERIFY(!call.body().contains("last"));
    call.exchange().setHeld(false);
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.body(), "first last");
    QVERIFY(call.chunks.last().at > 2 * shortTime); // stamped when it came, not when it was handed over
}

void tst_QnamTransportLimits::releasedAfterHold_limitsRunAgain() {
    FaultServer peer({say(openHead), hang()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {20s, 20s, shortTime, 20s}));
    QTRY_COMPARE(call.headersCame, 1);
    call.exchange().setHeld(true);
    call.exchange().setHeld(false);
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "idle_timeout");
}

QTEST_GUILESS_MAIN(tst_QnamTransportLimits)
#include "tst_qnam_transport_limits.moc"
