// SPDX-License-Identifier: MIT
#include "sandbox/running_sandbox.h"

#include <QTcpServer>
#include <QTest>

using namespace lavascope;

class TestSandboxHttp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void brokenHttp_isAnsweredAndClosed_data();
    void brokenHttp_isAnsweredAndClosed();
    void browser_isRefusedWithoutCorsHeaders_data();
    void browser_isRefusedWithoutCorsHeaders();
    void requestInPieces_isAnsweredTheSame();
    void connection_isKeptForTheNextRequest();
    void pipelinedRequest_isNeverParsed();
    void close_isHonoured();
    void continue_isSaidBeforeTheBody();
    void head_isAnsweredWithoutBody();
    void takenPort_isSaid();
    void onlyLoopback_isListenedOn();
};

void TestSandboxHttp::brokenHttp_isAnsweredAndClosed_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    const QByteArray next = "GET /v1/models HTTP/1.1\r\nHost: HOST\r\n\r\n";
    row("two hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n" + next, 400);
    row("no host", "GET / HTTP/1.1\r\n\r\n" + next, 400);
    row("empty host", "GET /v1/models HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 421);
    row("foreign host", "GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421);
    row("all addresses", "GET /v1/models HTTP/1.1\r\nHost: 0.0.0.0:PORT\r\nConnection: close\r\n\r\n", 421);
    row("length and chunks",
        "POST /v1/forward HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n" +
            next,
        400);
    row("two lengths",
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n" + next, 400);
    row("xchunked", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: xchunked\r\n\r\n" + next, 400);
    row("folded", "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n" + next, 400);
    row("bare LF", "GET / HTTP/1.1\nHost: HOST\n\n" + next, 400);
    row("NUL", QByteArray("GET / HTTP/1.1\r\nHost: HOST\r\nX: ") + QByteArray(1, 0) + "\r\n\r\n" + next, 400);
    row("absolute form", "GET http://HOST/v1/models HTTP/1.1\r\nHost: HOST\r\n\r\n" + next, 400);
    row("body of 1 GB", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1073741824\r\n\r\nxxxx", 413);
    row("endless header", "GET / HTTP/1.1\r\nHost: HOST\r\nX: " + QByteArray(40000, 'x'), 431);
    row("endless line", "GET /" + QByteArray(10000, 'x'), 414);
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n", 12), 400);
}

void TestSandboxHttp::brokenHttp_isAnsweredAndClosed() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const Running running;
    bytes.replace("HOST", "127.0.0.1:" + QByteArray::number(running.port));
    bytes.replace("PORT", QByteArray::number(running.port));
    RawClient client(running.port);
    client.send(bytes);
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, status);
    QVERIFY(answer.complete);
    QCOMPARE(answer.header("connection"), QByteArray("close"));
    QCOMPARE(errorIn(answer).status, status);
    QVERIFY(client.received().isEmpty());
    QCOMPARE(running.spy.size(), 1);
}

void TestSandboxHttp::browser_isRefusedWithoutCorsHeaders_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("origin");
    QTest::newRow("page") << QByteArray("POST") << QByteArray("http://evil.example");
    QTest::newRow("null") << QByteArray("POST") << QByteArray("null");
    QTest::newRow("preflight") << QByteArray("OPTIONS") << QByteArray("http://localhost:3000");
    QTest::newRow("preflight without origin") << QByteArray("OPTIONS") << QByteArray();
}

void TestSandboxHttp::browser_isRefusedWithoutCorsHeaders() {
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, origin);
    const Running running;
    Ask ask = running.chat().method(method).field("Access-Control-Request-Method", "POST");
    if (!origin.isNull())
        ask.field("Origin", origin);
    const RawAnswer answer = running.answer(ask);
    QCOMPARE(answer.status, 403);
    QVERIFY(errorIn(answer).message.contains(QLatin1String("backend")));
    QVERIFY(!answer.head.toLower().contains("access-control"));
}

void TestSandboxHttp::requestInPieces_isAnsweredTheSame() {
    const Running running;
    const QByteArray bytes =
        running.ask().to("https://api.openai.com/v1/models").method("GET").key(testKey).bytes();
    RawClient client(running.port);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        client.send(bytes.left(cut));
        // The first part must have arrived alone, or the cut would not be one.
        QTRY_COMPARE(client.socket().bytesToWrite(), 0);
        QCoreApplication::processEvents();
        const RawAnswer answer = client.ask(bytes.mid(cut));
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.complete);
        QVERIFY(client.received().isEmpty());
    }
    QCOMPARE(running.spy.size(), bytes.size() - 1);
}

void TestSandboxHttp::connection_isKeptForTheNextRequest() {
    const Running running;
    RawClient client(running.port);
    for (const bool stream : {false, true, false}) {
        const RawAnswer answer = client.ask(running.chat(stream).bytes());
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.complete);
        QCOMPARE(answer.chunked, stream);
        QVERIFY(!answer.hasHeader("connection"));
    }
    QVERIFY(client.isOpen());
    QCOMPARE(client.ask(Ask(running.port).target("/nothing").bytes()).status, 404);
    QVERIFY(client.isOpen());
}

void TestSandboxHttp::pipelinedRequest_isNeverParsed() {
    const Running running;
    RawClient client(running.port);
    client.send(running.chat().bytes() + running.chat().bytes());
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.complete);
    QVERIFY(client.received().isEmpty());
    QCOMPARE(running.spy.size(), 1);
}

void TestSandboxHttp::close_isHonoured() {
    const Running running;
    RawClient client(running.port);
    const RawAnswer answer = client.ask(running.chat().field("Connection", "close").bytes());
    QCOMPARE(answer.header("connection"), QByteArray("close"));
    QVERIFY(answer.complete);
    QVERIFY(client.waitForClose());
}

void TestSandboxHttp::continue_isSaidBeforeTheBody() {
    const Running running;
    RawClient client(running.port);
    const QByteArray bytes = running.chat().field("Expect", "100-continue").bytes();
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n") + 4;
    client.send(bytes.left(headEnd));
    QTRY_COMPARE(client.received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send(bytes.mid(headEnd));
    QCOMPARE(client.answer().status, 200);
}

void TestSandboxHttp::head_isAnsweredWithoutBody() {
    const Running running;
    for (Ask ask : {running.ask().to("https://api.openai.com/v1/models"), running.ask().target("/v1/models"),
                    running.ask().target("/nothing")}) {
        RawClient client(running.port);
        client.send(ask.method("HEAD").key(testKey).field("Connection", "close").bytes());
        QVERIFY(client.waitForClose());
        QVERIFY(client.received().startsWith("HTTP/1.1 "));
        QVERIFY(parseAnswer(client.received())->header("content-length").toInt() > 0);
        QVERIFY(client.received().endsWith("\r\n\r\n"));
        QCOMPARE(client.received().count("\r\n\r\n"), 1);
    }
}

void TestSandboxHttp::takenPort_isSaid() {
    const Running running;
    SandboxConfig config = atOnce();
    config.port = running.port;
    SandboxServer second(config);
    const auto listening = second.listen();
    QVERIFY(!listening);
    QCOMPARE(listening.error().code, QStringLiteral("port_in_use"));
    QVERIFY(listening.error().message.contains(QString::number(running.port)));
    QVERIFY(second.origin().isEmpty());
}

void TestSandboxHttp::onlyLoopback_isListenedOn() {
    const Running running;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), running.port);
    QVERIFY(!socket.waitForConnected());
    QTcpServer sameEverywhereElse;
    QVERIFY(sameEverywhereElse.listen(QHostAddress::LocalHostIPv6, running.port));
}

QTEST_GUILESS_MAIN(TestSandboxHttp)
#include "tst_sandbox_http.moc"
