// SPDX-License-Identifier: MIT
// What goes out: byte for byte what is said, once, or not at all.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/safe_profile.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QLocale>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;

namespace {

QByteArray asText(const HttpRequest& request, const QByteArray& target) {
    QByteArray text = request.method + ' ' + target + " HTTP/1.1\r\n";
    for (const Headers::Field& field : fieldsOnTheWire(request))
        text += field.name + ": " + field.value + "\r\n";
    return text + "\r\n" + request.body;
}

} // namespace

Q_DECLARE_METATYPE(Headers)

class tst_QnamTransportRequest : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void request_arrivesByteForByte_data();
    void request_arrivesByteForByte();
    void answerToHead_endsAtItsHeaders();
    void answerBeforeTheWholeUpload_isRead();
    void manyCallsOneAfterAnother_areSentOnceEach();
    void peerThatKeepsTheConnection_isNotReused();
    void badRequest_isRefusedOutsideOfSend();
    void badRequest_reachesNobody_data();
    void badRequest_reachesNobody();
    void refusal_canBeDropped();
    void portNobodyListensOn_isRefusedConnection();
    void unknownHost_isNamed();
};

void tst_QnamTransportRequest::request_arrivesByteForByte_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    const Headers usual{{"Authorization", "Bearer x"}, {"content-TYPE", "application/json"}, {"X-Empty", ""}};
    const QByteArray binary = QByteArray::fromHex("00ff0d0a1a") + QByteArray(100'000, '\0');
    const auto row = [](const char* name, const QByteArray& method, const QByteArray& target,
                        const Headers& headers, const QByteArray& body) {
        QTest::newRow(name) << method << target << headers << body;
    };
    row("POST", "POST", "/v1/forward?u=https%3A%2F%2Fx.test%2F", usual, R"({"a":1})");
    row("POST, query and no body", "POST", "/v1/forward?u=https%3A%2F%2Fx.test%2F", usual, "");
    row("POST, no content type", "POST", "/", {}, "x");
    row("POST, binary", "POST", "/", usual, binary);
    for (const char* method : {"GET", "DELETE", "OPTIONS", "PATCH", "PUT", "QUERY", "TRACE"}) {
        row(QByteArray(method) + ", no body", method, "/models?x=%20+%2B", usual, "");
        row(QByteArray(method) + ", body", method, "/models", usual, "body");
    }
    row("fields that Qt knows", "POST", "/",
        {{"Cookie", "b=2; a=\"1\";c"},
         {"Range", "bytes=0-1"},
         {"If-Modified-Since", "whenever"},
         {"If-None-Match", "W/x"},
         {"Set-Cookie", "x=y"},
         {"Content-Type", "no type"},
         {"Content-Disposition", "x"},
         {"Location", "//x"},
         {"Server", "s"},
         {"Last-Modified", "never"}},
        "x");
    row("own words", "POST", "/",
        {{"user-agent", "mine"}, {"ACCEPT-ENCODING", "gzip"}, {"host", "other.test"}}, "x");
    row("bytes beyond ASCII", "POST", "/", {{"X-Text", "caf\xc3\xa9 \t tab"}}, "x");
}

void tst_QnamTransportRequest::request_arrivesByteForByte() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    QLocale::setDefault(QLocale(QLocale::German)); // must not show in Accept-Language
    FaultServer peer({say(answer("ok"))});
    const HttpRequest sent{method, peer.url(target), headers, body};
    QnamTransport transport;
    CallWatch call(transport.send(sent, patient()));
    QVERIFY(call.waitForEnd());
    peer.settle();
    QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
    QCOMPARE(peer.everything(), asText(sent, target));
    QCOMPARE(call.ending->timesSent, 1);
    QCOMPARE(peer.requests(), 1);
}

void tst_QnamTransportRequest::answerToHead_endsAtItsHeaders() {
    FaultServer peer({say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), hang()});
    HttpRequest head = request(peer.url(), Ask::Get);
    head.method = "HEAD";
    QnamTransport transport;
    CallWatch call(transport.send(head, patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.status, 200);
    QCOMPARE(call.body(), "");
    QCOMPARE(peer.requests(), 1);
}

void tst_QnamTransportRequest::answerBeforeTheWholeUpload_isRead() {
    // A server that refuses by the headers alone and does not wait for 16 MiB. It goes on to read, else the
    // operating system would throw its answer away.
    FaultServer peer({{{say("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")}},
                      FaultServer::Tls::None,
                      FaultServer::When::AfterHeaders});
    HttpRequest large = request(peer.url(), Ask::Post);
    large.body = QByteArray(16 * 1024 * 1024, 'x');
    QnamTransport transport;
    CallWatch call(transport.send(large, patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.status, 413);
    QCOMPARE(call.body(), "big");
    QCOMPARE(peer.requests(), 1);
}

void tst_QnamTransportRequest::manyCallsOneAfterAnother_areSentOnceEach() {
    FaultServer peer({say(answer("ok"))});
    QnamTransport transport;
    constexpr int calls = 100;
    for (int i = 0; i < calls; ++i) {
        CallWatch call(transport.send(request(peer.url(), i % 2 ? Ask::Post : Ask::Get), patient()));
        QVERIFY(call.waitForEnd());
        QVERIFY2(call.ending->reason == EndReason::Finished, qPrintable(call.ending->detail));
    }
    peer.settle();
    QCOMPARE(peer.requests(), calls);
    QCOMPARE(peer.connections(), calls);
}

void tst_QnamTransportRequest::peerThatKeepsTheConnection_isNotReused() {
    // It says keep-alive and does not close: still the second call must not meet a connection that may be
    // dying.
    FaultServer peer({say(answer("ok", "Connection: keep-alive\r\n"))});
    QnamTransport transport;
    for (int i = 0; i < 2; ++i) {
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "finished");
    }
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.connections(), 2);
}

void tst_QnamTransportRequest::badRequest_isRefusedOutsideOfSend() {
    QnamTransport transport;
    HttpRequest bad = request("http://gateway.test/", Ask::Post);
    CallWatch call(transport.send(bad, patient()));
    QVERIFY(!call.ending);
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "refused");
    QCOMPARE(call.ending->timesSent, 0);
    QVERIFY(!call.ending->detail.isEmpty());
    QCOMPARE(call.headersCame, 0);
    call.exchange().abort(); // harmless
    call.exchange().setHeld(true);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportRequest::badRequest_reachesNobody_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("before"); // of the host in the URL
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<Headers>("headers");
    const auto header = [](const char* name, const Headers& headers) {
        QTest::newRow(name) << QByteArray("POST") << QByteArray() << QByteArray("/") << headers;
    };
    header("CR", {{"X", "a\rb"}});
    header("LF", {{"X", "a\nInjected: b"}});
    header("NUL", {{"X", QByteArray("a\0b", 3)}});
    header("line separator", {{"X", "a\xe2\x80\xa8"
                                    "b"}});
    header("zero-width", {{"Authorization", "Bearer \xe2\x80\x8b"
                                            "aks"}});
    header("not UTF-8", {{"X", "\xff"}});
    header("space in a name", {{"X Y", "a"}});
    header("colon in a name", {{"X:Y", "a"}});
    header("content-length", {{"Content-Length", "3"}});
    header("transfer-encoding", {{"Transfer-Encoding", "chunked"}});
    header("twice", {{"X", "1"}, {"x", "2"}});
    QTest::newRow("method") << QByteArray("GE T") << QByteArray() << QByteArray("/") << Headers();
    QTest::newRow("user") << QByteArray("POST") << QByteArray("user:pw@") << QByteArray("/") << Headers();
    QTest::newRow("backslash") << QByteArray("POST") << QByteArray("h\\@") << QByteArray("/") << Headers();
    QTest::newRow("space in the path")
        << QByteArray("POST") << QByteArray() << QByteArray("/a b") << Headers();
    QTest::newRow("line end in the path")
        << QByteArray("POST") << QByteArray() << QByteArray("/ HTTP/1.1\r\nX: y") << Headers();
    QTest::newRow("dots") << QByteArray("POST") << QByteArray() << QByteArray("/a/../b") << Headers();
}

void tst_QnamTransportRequest::badRequest_reachesNobody() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, target);
    QFETCH(Headers, headers);
    FaultServer peer({say(answer("ok"))});
    const QByteArray url = "http://" + before + "127.0.0.1:" + QByteArray::number(peer.port()) + target;
    QnamTransport transport;
    CallWatch call(transport.send({method, url, headers, "body"}, patient()));
    QVERIFY(call.waitForEnd());
    peer.settle();
    QCOMPARE(endReasonName(call.ending->reason), "refused");
    QVERIFY(call.ending->detail.endsWith(QLatin1Char('.')));
    QCOMPARE(call.ending->timesSent, 0);
    QCOMPARE(peer.connections(), 0);
}

void tst_QnamTransportRequest::refusal_canBeDropped() {
    QnamTransport transport;
    auto exchange = transport.send(request("http://gateway.test/", Ask::Post), patient());
    exchange.reset();
    CallWatch next(transport.send(request("http://gateway.test/", Ask::Post), patient()));
    QVERIFY(next.waitForEnd());
}

void tst_QnamTransportRequest::portNobodyListensOn_isRefusedConnection() {
    const quint16 port = FaultServer(FaultScript{}).port(); // free again now
    QnamTransport transport;
    for (const Ask ask : {Ask::Post, Ask::Get})
        for (const QByteArray scheme : {"http", "https"}) {
            const QByteArray url = scheme + "://127.0.0.1:" + QByteArray::number(port) + "/?key=canary";
            CallWatch call(transport.send(request(url, ask), patient()));
            QVERIFY(call.waitForEnd());
            QCOMPARE(endReasonName(call.ending->reason), "connection_refused");
            QCOMPARE(call.ending->timesSent, 0);
            QVERIFY(!call.ending->detail.contains(QStringLiteral("canary")));
        }
}

void tst_QnamTransportRequest::unknownHost_isNamed() {
    QnamTransport transport(QnamTransport::Settings{{}, false});
    CallWatch call(transport.send(request("https://host.invalid/?key=canary", Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "host_not_found");
    QVERIFY(call.ending->detail.contains(QStringLiteral("host.invalid")));
    QVERIFY(!call.ending->detail.contains(QStringLiteral("canary")));
    QCOMPARE(call.ending->timesSent, 0);
}

QTEST_GUILESS_MAIN(tst_QnamTransportRequest)
#include "tst_qnam_transport_request.moc"
