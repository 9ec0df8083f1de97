// SPDX-License-Identifier: MIT
// What comes of every kind of broken answer: the ending, the bytes that are kept, and that the peer was asked
// exactly once.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QTest>
#include <QtEndian>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray okHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
const QByteArray chunkedHead = okHead + "Transfer-Encoding: chunked\r\n\r\n";
const QByteArray oneEvent = "data: {\"n\":1}\n\n";
const QByteArray eventChunk = "f\r\n" + oneEvent + "\r\n";

/// A whole gzip member of 16 KiB that stands for 16 MiB.
QByteArray gzipOfZeros() {
    const QByteArray zeros(16 * 1024 * 1024, '\0');
    // Below qCompress's length and zlib's header, and before zlib's checksum, stands the bare deflate stream.
    QByteArray deflated = qCompress(zeros, 9).sliced(4 + 2);
    deflated.chop(4);
    const auto littleEndian = [](quint32 number) {
        QByteArray bytes(4, Qt::Uninitialized);
        qToLittleEndian(number, bytes.data());
        return bytes;
    };
    constexpr quint32 checksum = 0xa47ca14a; // CRC-32 of those zeros
    return QByteArray::fromHex("1f8b08000000000000ff") + deflated + littleEndian(checksum) +
           littleEndian(quint32(zeros.size()));
}

struct Expected {
    EndReason reason = EndReason::Finished;
    int status = 200;
    QByteArray body;
    QString detail; ///< a part of it
};

} // namespace

#ifdef __SANITIZE_ADDRESS__
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming): the sanitizer asks for this
// name
extern "C" const char* __asan_default_options() {
    return "max_allocation_size_mb=256";
}
#endif

Q_DECLARE_METATYPE(FaultScript)
Q_DECLARE_METATYPE(FaultServer::Settings)
Q_DECLARE_METATYPE(Expected)

class tst_QnamTransportFaults : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void brokenAnswer_isToldAndAskedForOnce_data();
    void brokenAnswer_isToldAndAskedForOnce();
    void peerClosingBeforeItReads_isSentToOnce();
    void chunkedBodyBrokenOff_keepsWhatCame_data();
    void chunkedBodyBrokenOff_keepsWhatCame();
    void resetInsideBody_keepsWhatCame_data();
    void resetInsideBody_keepsWhatCame();
    void announcedSize_takesNoMemory_data();
    void announcedSize_takesNoMemory();
    void negativeChunkSize_endsByTheIdleLimit();
    void lostHeadersOnKeptConnection_endAtHeaderDeadline();
    void redirect_doesNotReachOtherHost();
    void repeatedHeaderFields_keepTheirOrder();
    void largeErrorAnswer_isKept_data();
    void largeErrorAnswer_isKept();
    void cookie_isNotSentToNextCall();
    void reasonWithEscape_isHandedOverAsItCame();
};

void tst_QnamTransportFaults::brokenAnswer_isToldAndAskedForOnce_data() {
    QTest::addColumn<FaultServer::Settings>("server");
    QTest::addColumn<Expected>("expected");
    using When = FaultServer::When;
    const auto row = [](const char* name, const FaultScript& script, const Expected& expected,
                        When when = When::AfterRequest) {
        QTest::newRow(name) << FaultServer::Settings{{script}, FaultServer::Tls::None, when} << expected;
    };

    // Whole answers.
    row("content-length", {say(answer("hello"))}, {EndReason::Finished, 200, "hello", {}});
    row("chunked", {say(chunkedHead + eventChunk + "0\r\n\r\n")}, {EndReason::Finished, 200, oneEvent, {}});
    row("close-delimited", {say(okHead + "\r\n" + oneEvent), fin()},
        {EndReason::Finished, 200, oneEvent, {}});
    row("reason missing", {say("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx")},
        {EndReason::Finished, 200, "x", {}});

    // Nothing, or not enough to be an answer.
    row("closes after the headers", {fin()}, {EndReason::NoAnswer, 0, {}, {}}, When::AfterHeaders);
    row("closes before status", {fin()}, {EndReason::NoAnswer, 0, {}, {}});
    row("resets before status", {reset()}, {EndReason::NoAnswer, 0, {}, {}});
    row("closes inside status", {say("HTTP/1.1 20"), fin()}, {EndReason::NoAnswer, 0, {}, {}});
    row("closes inside headers", {say(okHead), fin()}, {EndReason::NoAnswer, 0, {}, {}});
    row("resets inside headers", {say(okHead), reset()}, {EndReason::NoAnswer, 0, {}, {}});
    row("HTTP/0.9", {say("hello"), fin()}, {EndReason::NoAnswer, 0, {}, {}});
    row("ICY", {say("ICY 200 OK\r\n\r\nhello"), fin()}, {EndReason::NoAnswer, 0, {}, {}});
    row("status of ten digits", {say("HTTP/1.1 2000000000 OK\r\nContent-Length: 1\r\n\r\nx")},
        {EndReason::Finished, 2000000000, "x", QStringLiteral("outside")});

    // Breaks off inside the body.
    row("content-length, short, FIN",
        {say(okHead + "Content-Length: 1000\r\n\r\n" + QByteArray(500, 'x')), fin()},
        {EndReason::CutOff, 200, QByteArray(500, 'x'), QStringLiteral("after 500 of 1000 announced bytes")});
    row("content-length, nothing, FIN", {say(okHead + "Content-Length: 1000\r\n\r\n"), fin()},
        {EndReason::CutOff, 200, {}, QStringLiteral("after 0 of 1000")});
    row("error status, short, FIN", {say("HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nabc"), fin()},
        {EndReason::CutOff, 503, "abc", {}});
    // Qt sees no difference between these and a whole answer; the dialect's end mark has to.
    row("close-delimited, inside an event", {say(okHead + "\r\ndata: {\"n"), fin()},
        {EndReason::Finished, 200, "data: {\"n", {}});
    row("chunk size zz", {say(chunkedHead + eventChunk + "zz\r\nrest"), fin()},
        {EndReason::Finished, 200, oneEvent, {}});
    row("chunk size of 17 digits", {say(chunkedHead + eventChunk + "10000000000000000\r\nrest"), fin()},
        {EndReason::Finished, 200, oneEvent, {}});

    // Headers.
    row("103 first", {say("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + answer("late"))},
        {EndReason::MalformedAnswer, 103, {}, QStringLiteral("interim answer 103")});
    row("102 first", {say("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n" + answer("late"))},
        {EndReason::MalformedAnswer, 102, {}, QStringLiteral("interim answer 102")});
    row("100 first", {say("HTTP/1.1 100 Continue\r\n\r\n" + answer("late"))},
        {EndReason::Finished, 200, "late", {}});
    QByteArray many = okHead;
    for (int i = 0; i < 150; ++i)
        many += "X-" + QByteArray::number(i) + ": v\r\n";
    row("150 headers", {say(many + "\r\nbody"), fin()},
        {EndReason::MalformedAnswer, 200, "body", QStringLiteral("no readable header")});
    row("header of 120 kB", {say(okHead + "X-Long: " + QByteArray(120'000, 'x') + "\r\n\r\nbody"), fin()},
        {EndReason::MalformedAnswer, 200, "body", {}});
    row("bad header name", {say("HTTP/1.1 200 OK\r\nBad Header: x\r\nContent-Length: 4\r\n\r\nbody"), fin()},
        {EndReason::MalformedAnswer, 200, "body", {}});
    row("NUL in header",
        {say("HTTP/1.1 200 OK\r\nX-A: a" + QByteArray(1, '\0') + "b\r\nContent-Length: 4\r\n\r\nbody")},
        {EndReason::Finished, 200, "body", QStringLiteral("control character")});

    // Odd numbers.
    row("content-length twice", {say(okHead + "Content-Length: 5\r\nContent-Length: 2\r\n\r\nhello")},
        {EndReason::Finished, 200, "hello", QStringLiteral("more than once")});
    for (const char* length : {"abc", "-1", "5x", "100000000000000000000"})
        row(length, {say(okHead + "Content-Length: " + length + "\r\n\r\nhello"), fin()},
            {EndReason::Finished, 200, "hello", QStringLiteral("not a plain number")});
    row("content-length and chunked",
        {say(okHead + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + eventChunk + "0\r\n\r\n")},
        {EndReason::Finished, 200, oneEvent, QStringLiteral("smuggling")});
    for (int status : {99, 999, -200})
        row(QByteArray::number(status).constData(),
            {say("HTTP/1.1 " + QByteArray::number(status) + " Odd\r\nContent-Length: 1\r\n\r\nx")},
            {EndReason::Finished, status, "x", QStringLiteral("outside")});
    row("204", {say("HTTP/1.1 204 No Content\r\nX: y\r\n\r\n")}, {EndReason::Finished, 204, {}, {}});

    // Redirects are answers.
    for (int status : {301, 302, 303, 307, 308})
        for (const char* to :
             {"http://127.0.0.1:1/elsewhere", "/loop", "file:///etc/passwd", "//evil.test/", ""})
            row(QByteArray::number(status) + " to " + to,
                {say("HTTP/1.1 " + QByteArray::number(status) + " Moved\r\nLocation: " + to +
                     "\r\nContent-Length: 4\r\n\r\ngone")},
                {EndReason::Finished, status, "gone", {}});

    // Who are you?
    for (const char* scheme :
         {"NTLM", "Negotiate", "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "Bearer"})
        for (int status : {401, 407})
            row(QByteArray::number(status) + ' ' + scheme,
                {say("HTTP/1.1 " + QByteArray::number(status) + " No\r\n" +
                     (status == 401 ? "WWW" : "Proxy") + "-Authenticate: " + scheme +
                     "\r\nContent-Length: 6\r\n\r\ndenied")},
                {EndReason::Finished, status, "denied", {}});

    // Statuses that Qt calls errors.
    for (int status : {400, 402, 403, 404, 409, 413, 418, 422, 429, 499, 500, 502, 529})
        row("status " + QByteArray::number(status),
            {say("HTTP/1.1 " + QByteArray::number(status) + " No\r\nContent-Length: 4\r\n\r\n\xff<b>")},
            {EndReason::Finished, status, "\xff<b>", {}});
    for (int status : {402, 429, 529})
        row("status, no body " + QByteArray::number(status),
            {say("HTTP/1.1 " + QByteArray::number(status) + " No\r\nContent-Length: 0\r\n\r\n")},
            {EndReason::Finished, status, {}, {}});

    // Compressed in spite of `identity`.
    row("gzip", {say(answer("\x1f\x8b\x08not gzip at all", "Content-Encoding: gzip\r\n"))},
        {EndReason::Finished, 200, "\x1f\x8b\x08not gzip at all", QStringLiteral("encoded although")});
    row("gzip inside gzip", {say(answer("\x1f\x8b\x08\x1f\x8b", "Content-Encoding: gzip, gzip\r\n"))},
        {EndReason::Finished, 200, "\x1f\x8b\x08\x1f\x8b", QStringLiteral("encoded although")});
    const QByteArray bomb = gzipOfZeros();
    row("gzip that would unpack to 16 MiB", {say(answer(bomb, "Content-Encoding: gzip\r\n"))},
        {EndReason::Finished, 200, bomb, QStringLiteral("encoded although")});
    row("gzip broken off", {say(answer(bomb.first(bomb.size() / 2), "Content-Encoding: gzip\r\n"))},
        {EndReason::Finished, 200, bomb.first(bomb.size() / 2), QStringLiteral("encoded although")});
    row("unknown encoding", {say(answer("zzz", "Content-Encoding: zzz\r\n"))},
        {EndReason::Finished, 200, "zzz", QStringLiteral("encoded although")});
}

void tst_QnamTransportFaults::brokenAnswer_isToldAndAskedForOnce() {
    QFETCH(FaultServer::Settings, server);
    QFETCH(Expected, expected);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer(server);
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QVERIFY(call.waitForEnd());
        peer.settle();
        QCOMPARE(endReasonName(call.ending->reason), endReasonName(expected.reason));
        QCOMPARE(call.status, expected.status);
        QCOMPARE(call.body(), expected.body);
        QVERIFY2(call.ending->detail.contains(expected.detail), qPrintable(call.ending->detail));
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(call.ending->timesSent, 1);
        QCOMPARE(call.orderFaults, QStringList());
    }
}

void tst_QnamTransportFaults::peerClosingBeforeItReads_isSentToOnce() {
    for (const Ask ask : {Ask::Post, Ask::Get})
        for (const FaultStep& end : {fin(), reset()}) {
            FaultServer peer({{{end}}, FaultServer::Tls::None, FaultServer::When::OnConnect});
            QnamTransport transport;
            CallWatch call(transport.send(request(peer.url(), ask), patient()));
            QVERIFY(call.waitForEnd());
            peer.settle();
            // Whether the request left in time is a matter of luck; the peer closed before it could read it.
            const bool isSent = call.ending->timesSent == 1;
            QCOMPARE(endReasonName(call.ending->reason), isSent ? "no_answer" : "unreachable");
            QCOMPARE(peer.requests(), 0);
            QVERIFY(peer.everything().count("POST") + peer.everything().count("GET") <= 1);
        }
}

void tst_QnamTransportFaults::chunkedBodyBrokenOff_keepsWhatCame_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("no last chunk, FIN") << FaultScript{say(chunkedHead + eventChunk), fin()};
    QTest::newRow("no last chunk, reset") << FaultScript{say(chunkedHead + eventChunk), gate(), reset()};
    QTest::newRow("inside a chunk, FIN") << FaultScript{say(chunkedHead + "ff\r\n" + oneEvent), fin()};
    QTest::newRow("inside a chunk, reset")
        << FaultScript{say(chunkedHead + "ff\r\n" + oneEvent), gate(), reset()};
    QTest::newRow("chunk of 4 GiB") << FaultScript{say(chunkedHead + "100000000\r\n" + oneEvent), fin()};
}

void tst_QnamTransportFaults::chunkedBodyBrokenOff_keepsWhatCame() {
    QFETCH(FaultScript, script);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer(script);
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QTRY_COMPARE(call.body(), oneEvent);
        peer.openGate();
        QVERIFY(call.waitForEnd());
        peer.settle();
        // Over plain http, so on this computer, Qt now and then takes the broken framing for an end (about
        // one in thirty here), and leaves no trace by which it could be told. Over TLS it does not.
        const QByteArray reason = endReasonName(call.ending->reason);
        QVERIFY2(reason == "cut_off" || reason == "finished", reason.constData());
        QCOMPARE(call.body(), oneEvent);
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(call.ending->timesSent, 1);
    }
}

void tst_QnamTransportFaults::resetInsideBody_keepsWhatCame_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("content-length") << okHead + "Content-Length: 1000\r\n\r\n" << QByteArray("cut_off");
    // Qt takes the reset for an ordinary end here.
    QTest::newRow("close-delimited") << okHead + "\r\n" << QByteArray("finished");
}

void tst_QnamTransportFaults::resetInsideBody_keepsWhatCame() {
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, reason);
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer({say(head + oneEvent), gate(), reset()});
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QTRY_COMPARE(call.body(), oneEvent);
        peer.openGate();
        QVERIFY(call.waitForEnd());
        peer.settle();
        QCOMPARE(endReasonName(call.ending->reason), reason);
        QCOMPARE(call.body(), oneEvent);
        QCOMPARE(peer.requests(), 1);
    }
}

void tst_QnamTransportFaults::announcedSize_takesNoMemory_data() {
    QTest::addColumn<QByteArray>("announcement");
    QTest::newRow("content-length of 4 GiB") << QByteArray("Content-Length: 4294967296\r\n\r\n");
    QTest::newRow("content-length of an exbibyte")
        << QByteArray("Content-Length: 1152921504606846976\r\n\r\n");
    QTest::newRow("chunk of 4 GiB") << QByteArray("Transfer-Encoding: chunked\r\n\r\n100000000\r\n");
    QTest::newRow("chunk of an exbibyte")
        << QByteArray("Transfer-Encoding: chunked\r\n\r\n1000000000000000\r\n");
}

void tst_QnamTransportFaults::announcedSize_takesNoMemory() {
    // Under AddressSanitizer a single allocation over 256 MiB ends this program; see the options below.
    QFETCH(QByteArray, announcement);
    FaultServer peer({say(okHead + announcement + oneEvent), gate(), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QTRY_COMPARE(call.body(), oneEvent);
    peer.openGate();
    QVERIFY(call.waitForEnd());
    QCOMPARE(call.body(), oneEvent);
    if (announcement.startsWith("Content-Length"))
        QCOMPARE(endReasonName(call.ending->reason), "cut_off");
}

void tst_QnamTransportFaults::negativeChunkSize_endsByTheIdleLimit() {
    // Qt drops the rest and goes on to wait.
    FaultServer peer({say(chunkedHead + eventChunk + "-5\r\nrest"), hang()});
    QnamTransport transport;
    TimeLimits limits = patient();
    limits.idle = 150ms;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), limits));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "idle_timeout");
    QCOMPARE(call.body(), oneEvent);
}

void tst_QnamTransportFaults::lostHeadersOnKeptConnection_endAtHeaderDeadline() {
    FaultServer peer({say("HTTP/1.1 200 OK\r\nBad Header: x\r\nContent-Length: 4\r\n\r\nbody"), hang()});
    QnamTransport transport;
    TimeLimits limits = patient();
    limits.firstByte = 150ms;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), limits));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "malformed_answer");
    QCOMPARE(call.status, 200);
    QCOMPARE(call.body(), "body");
}

void tst_QnamTransportFaults::redirect_doesNotReachOtherHost() {
    for (int status : {302, 307, 308}) {
        FaultServer other({say(answer("stolen"))});
        const QByteArray location = "http://localhost:" + QByteArray::number(other.port()) + "/";
        FaultServer peer({say("HTTP/1.1 " + QByteArray::number(status) + " Moved\r\nLocation: " + location +
                              "\r\nContent-Length: 0\r\n\r\n")});
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
        peer.settle();
        other.settle();
        QCOMPARE(call.headers.value("location").value_or(QByteArray()), location);
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(other.connections(), 0);
    }
}

void tst_QnamTransportFaults::repeatedHeaderFields_keepTheirOrder() {
    FaultServer peer(
        {say(answer("x", "B: 1\r\nSet-Cookie: a=1\r\nA: 2\r\nSet-Cookie: b=2; Path=/\r\nb: 3\r\n"))});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(call.headers.values("set-cookie"), (QList<QByteArray>{"a=1", "b=2; Path=/"}));
    QCOMPARE(call.headers.value("B").value_or(QByteArray()), "1, 3");
    QCOMPARE(call.headers.value("A").value_or(QByteArray()), "2");
}

void tst_QnamTransportFaults::largeErrorAnswer_isKept_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("keptAtLeast");
    constexpr qint64 mebi = 1024 * 1024;
    QTest::newRow("500") << 500 << 10 * mebi << 10 * mebi;
    QTest::newRow("429") << 429 << 10 * mebi << 10 * mebi;
    QTest::newRow("401") << 401 << mebi / 2 << mebi / 2;
    // Qt holds this one back until its end, gives out about one read buffer of it, and forgets the rest.
    QTest::newRow("401, too large") << 401 << 3 * mebi << mebi / 2;
}

void tst_QnamTransportFaults::largeErrorAnswer_isKept() {
    QFETCH(int, status);
    QFETCH(qint64, size);
    QFETCH(qint64, keptAtLeast);
    FaultServer peer({say("HTTP/1.1 " + QByteArray::number(status) + " No\r\nContent-Length: " +
                          QByteArray::number(size) + "\r\n\r\n" + QByteArray(size, 'x'))});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    const bool isWhole = keptAtLeast == size;
    QCOMPARE(endReasonName(call.ending->reason), isWhole ? "finished" : "cut_off");
    QCOMPARE(call.status, status);
    QVERIFY2(call.body().size() >= keptAtLeast, QByteArray::number(call.body().size()).constData());
    QCOMPARE(call.body().size() == size, isWhole);
    QCOMPARE(call.ending->detail.contains(QStringLiteral("may have been longer")), !isWhole);
}

void tst_QnamTransportFaults::cookie_isNotSentToNextCall() {
    FaultServer peer({say(answer("x", "Set-Cookie: session=canary; Path=/\r\n"))});
    QnamTransport transport;
    for (int i = 0; i < 2; ++i) {
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
    }
    peer.settle();
    QCOMPARE(peer.requests(), 2);
    QVERIFY(!peer.everything().toLower().contains("cookie"));
}

void tst_QnamTransportFaults::reasonWithEscape_isHandedOverAsItCame() {
    FaultServer peer({say("HTTP/1.1 200 \x1b[31mO\xe4K\r\nContent-Length: 0\r\n\r\n")});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(call.reason, "\x1b[31mO\xe4K");
}

QTEST_GUILESS_MAIN(tst_QnamTransportFaults)
#include "tst_qnam_transport_faults.moc"
