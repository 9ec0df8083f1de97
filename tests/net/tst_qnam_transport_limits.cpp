// SPDX-License-Identifier: MIT
// The four time limits, and that none of them runs while it is us who wait.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
constexpr auto shortTime = 150ms;

} // namespace

Q_DECLARE_METATYPE(FaultScript)
Q_DECLARE_METATYPE(FaultServer::Tls)
Q_DECLARE_METATYPE(TimeLimits)

class tst_QnamTransportLimits : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void limitReached_isNamed_data();
    void limitReached_isNamed();
    void dripOfBytes_keepsTheCallAlive();
    void limitOfZero_neverEnds();
    void slowUpload_isNotTakenForSilence_data();
    void slowUpload_isNotTakenForSilence();
    void uploadThatStandsStill_endsAtTheFirstByteLimit();
    void receiverThatIsBusy_reachesNoIdleLimit();
    void connectionThatNeverComesAbout_isConnectTimeout();
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

void tst_QnamTransportLimits::slowUpload_isNotTakenForSilence_data() {
    QTest::addColumn<FaultServer::Tls>("tls");
    QTest::newRow("plain") << FaultServer::Tls::None;
    QTest::newRow("TLS") << FaultServer::Tls::Trusted;
}

void tst_QnamTransportLimits::slowUpload_isNotTakenForSilence() {
    // The server takes its time to read: more than twice the limits for connecting and for the first byte,
    // neither of which is about that. It hurries in the end, for what the operating system has taken counts
    // as sent.
    QFETCH(FaultServer::Tls, tls);
    constexpr qint64 slowly = 40 * 1024 * 1024;
    FaultServer peer(
        {{{say(answer("read it all"))}}, tls, FaultServer::When::AfterRequest, 128 * 1024, slowly});
    HttpRequest large = request(peer.url(), Ask::Post);
    large.body = QByteArray(slowly + 16 * 1024 * 1024, 'x');
    QnamTransport transport({FaultServer::certificateFile(), false});
    CallWatch call(transport.send(large, {700ms, 700ms, 700ms, 120s}));
    QVERIFY(call.waitForEnd(120'000));
    QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
    QVERIFY(call.ending->at > 1400ms); // else the limits were not put to the test
    QCOMPARE(call.body(), "read it all");
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(peer.received().value(0).size(),
             peer.received().value(0).indexOf("\r\n\r\n") + 4 + large.body.size());
}

void tst_QnamTransportLimits::uploadThatStandsStill_endsAtTheFirstByteLimit() {
    FaultServer peer({{{hang()}}, FaultServer::Tls::None, FaultServer::When::AfterRequest, 1});
    HttpRequest large = request(peer.url(), Ask::Post);
    large.body = QByteArray(32 * 1024 * 1024, 'x');
    QnamTransport transport;
    CallWatch call(transport.send(large, {20s, shortTime, 20s, 20s}));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "first_byte_timeout");
    QCOMPARE(call.ending->timesSent, 1);
    // The server cannot be asked whether it saw the end: it does not read as far.
}

void tst_QnamTransportLimits::receiverThatIsBusy_reachesNoIdleLimit() {
    // Nobody said "hold": the receiver just does not come to it, as behind a slow slot. What it has not taken
    // keeps the peer from sending, and that silence is ours.
    constexpr qint64 size = 32 * 1024 * 1024;
    FaultServer peer({say(openHead), flood(QByteArray(64 * 1024, 'x'), size / (64 * 1024)), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), {20s, 20s, shortTime, 60s}));
    bool wasBusy = false;
    connect(&call.exchange(), &Exchange::chunk, this, [&] {
        if (std::exchange(wasBusy, true))
            return;
        qint64 sent = -1;
        for (QElapsedTimer quiet; quiet.start(), sent != peer.bytesSent();)
            for (sent = peer.bytesSent();
                 sent == peer.bytesSent() && quiet.elapsed() < 3 * shortTime.count();)
                QThread::yieldCurrentThread();
        QVERIFY(sent < size); // else nobody was kept from sending
    });
    QVERIFY(call.waitForEnd(60'000));
    QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
    QCOMPARE(call.body().size(), size);
}

void tst_QnamTransportLimits::connectionThatNeverComesAbout_isConnectTimeout() {
#ifdef Q_OS_LINUX
    // A listener whose queue is full drops every further attempt without a word, as a firewall does.
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
    QCOMPARE(::listen(listener, 0), 0);
    QCOMPARE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const quint16 port = ntohs(address.sin_port);
    QTcpSocket first;
    first.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(first.waitForConnected());

    QnamTransport transport(QnamTransport::Settings{{}, false});
    for (const QByteArray scheme : {"https", "http"}) {
        CallWatch call(
            transport.send(request(scheme + "://127.0.0.1:" + QByteArray::number(port) + "/", Ask::Post),
                           {shortTime, 20s, 20s, 20s}));
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "connect_timeout");
        QVERIFY(call.ending->detail.contains(QStringLiteral("127.0.0.1 within 150 ms")));
        QCOMPARE(call.ending->timesSent, 0);
    }
    ::close(listener);
#else
    QSKIP("how a full queue behaves is known of Linux alone");
#endif
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
