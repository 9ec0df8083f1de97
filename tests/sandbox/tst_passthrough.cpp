// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "sandbox/raw_client.h"
#include "sandbox/sandbox_server.h"
#include "sandbox/scripted_upstream.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;

namespace {

using Call = ScriptedUpstream::Call;

// An address instead of a name: no test may depend on a name server.
const QByteArray publicUrl = "https://1.1.1.1/v1/chat/completions";

struct Running {
    explicit Running(const QStringList& allowed = {})
        : server(configWith(allowed), &upstream)
        , spy(&server, &SandboxServer::served) {
        const auto listening = server.listen();
        Q_ASSERT(listening);
        port = *listening;
    }
    static SandboxConfig configWith(const QStringList& allowed) {
        SandboxConfig config = SandboxConfig::standard();
        config.passthrough = true;
        config.allowedTargets = allowed;
        return config;
    }
    [[nodiscard]] Ask ask(const QByteArray& url = publicUrl) const {
        return Ask(port).to(url).key(testKey).body(chatBody(false));
    }
    [[nodiscard]] RawAnswer answer(const Ask& ask) const { return RawClient(port).ask(ask.bytes()); }

    ScriptedUpstream upstream; // outlives the server
    SandboxServer server;
    QSignalSpy spy;
    quint16 port = 0;
};

void answerWith(Call& call, int status, const Headers& headers, const QList<QByteArray>& pieces,
                bool whole = true) {
    Q_EMIT call.answered(status, headers);
    for (const QByteArray& piece : pieces)
        Q_EMIT call.bytes(piece);
    Q_EMIT call.finished(whole, {});
}

QString codeIn(const RawAnswer& answer) {
    json::Document document;
    return document.scan(answer.body) ? QString() : document.root()["error"]["code"].toString();
}

} // namespace

class TestPassthrough : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request_arrivesUnchanged();
    void answer_arrivesUnchanged();
    void answerWithoutLength_comesInChunks();
    void providersRefusal_isPassedOnAndCostsNothing();
    void reportedUsage_isCharged();
    void brokenAnswer_isBrokenForTheClientToo_data();
    void brokenAnswer_isBrokenForTheClientToo();
    void failedCall_isA502();
    void missingWayOut_isA502();
    void specialAddress_isNeverCalled_data();
    void specialAddress_isNeverCalled();
    void allowedTarget_isCalled();
    void localModel_isCalled();
    void refusedRequest_isNeverForwarded();
    void clientThatLeaves_endsTheCall();
    void closedServer_endsTheCalls();
    void answerWithoutBody_leavesTheConnectionUsable();
};

void TestPassthrough::request_arrivesUnchanged() {
    Running running;
    running.upstream.onStart = [](Call& call) { answerWith(call, 200, {}, {}); };
    const QByteArray body = "{\"odd\" : 1.0,\n \"odd\":\"\\u00e9\xff\"}";
    const QByteArray url = "https://1.1.1.1/v1/x%2Fy?q=a%20b&r=c";
    QCOMPARE(running.answer(running.ask(url).method("PATCH").body(body).field("X-Case", "KePt")).status, 200);
    QCOMPARE(running.upstream.requests.size(), 1);
    const HttpRequest& request = running.upstream.requests.first();
    QCOMPARE(request.method, QByteArray("PATCH"));
    QCOMPARE(request.url, url);
    QCOMPARE(request.body, body);
    QVERIFY(request.headers.fields().contains(Headers::Field{"X-Case", "KePt"}));
    QVERIFY(!request.headers.contains("authorization"));
}

void TestPassthrough::answer_arrivesUnchanged() {
    Running running;
    const QByteArray body("a\0\r\nb", 5);
    running.upstream.onStart = [&](Call& call) {
        answerWith(call, 418, {{"Content-Length", "5"}, {"X-Provider", "yes"}, {"x-request-id", "p1"}},
                   {body.left(2), body.mid(2)});
    };
    const RawAnswer answer = running.answer(running.ask());
    QCOMPARE(answer.status, 418);
    QVERIFY(answer.complete);
    QVERIFY(!answer.chunked);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.header("x-provider"), QByteArray("yes"));
    QCOMPARE(answer.header("x-request-id"), QByteArray("p1"));
    QVERIFY(answer.header("x-lava-request-id").startsWith("req_test_"));
}

void TestPassthrough::answerWithoutLength_comesInChunks() {
    Running running;
    running.upstream.onStart = [](Call& call) {
        Q_EMIT call.answered(200, {{"Content-Type", "text/event-stream"}});
        Q_EMIT call.bytes("data: 1\n\n");
    };
    RawClient client(running.port);
    client.send(running.ask().bytes());
    // Each piece goes out by itself, long before the end.
    QTRY_VERIFY(client.received().endsWith("9\r\ndata: 1\n\n\r\n"));
    Call& call = *running.upstream.calls.first();
    Q_EMIT call.bytes("data: 2\n\n");
    QTRY_VERIFY(client.received().endsWith("9\r\ndata: 2\n\n\r\n"));
    Q_EMIT call.finished(true, {});
    const RawAnswer answer = client.answer();
    QVERIFY(answer.chunked);
    QVERIFY(answer.complete);
    QCOMPARE(answer.body, QByteArray("data: 1\n\ndata: 2\n\n"));
    QTRY_VERIFY(running.upstream.calls.isEmpty());
    QVERIFY(client.isOpen());
}

void TestPassthrough::providersRefusal_isPassedOnAndCostsNothing() {
    Running running;
    const QByteArray body =
        "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}";
    running.upstream.onStart = [&](Call& call) {
        answerWith(call, 401, {{"Content-Type", "application/json"}, {"Retry-After", "7"}}, {body});
    };
    const RawAnswer answer = running.answer(running.ask());
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.header("retry-after"), QByteArray("7"));
    QTRY_COMPARE(running.spy.size(), 1);
    QCOMPARE(running.spy.first().at(0).value<ServedRequest>().costMicros, 0);
}

void TestPassthrough::reportedUsage_isCharged() {
    Running running;
    running.upstream.onStart = [](Call& call) {
        answerWith(call, 200, {{"Content-Type", "application/json"}},
                   {"{\"id\":\"c1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\",\"choices\":[],",
                    "\"usage\":{\"prompt_tokens\":1000000,\"completion_tokens\":1000000,\"total_tokens\":"
                    "2000000}}"});
    };
    QVERIFY(running.answer(running.ask()).complete);
    QTRY_COMPARE(running.spy.size(), 1);
    const auto served = running.spy.first().at(0).value<ServedRequest>();
    QCOMPARE(served.costMicros, 750000);
    QVERIFY2(served.note.isEmpty(), qPrintable(served.note));
}

void TestPassthrough::brokenAnswer_isBrokenForTheClientToo_data() {
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<bool>("whole");
    QTest::newRow("in chunks") << QByteArray() << false;
    QTest::newRow("of known length") << QByteArray("100") << false;
    QTest::newRow("shorter than it said") << QByteArray("100") << true;
}

void TestPassthrough::brokenAnswer_isBrokenForTheClientToo() {
    QFETCH(QByteArray, length);
    QFETCH(bool, whole);
    Running running;
    running.upstream.onStart = [&](Call& call) {
        Headers headers;
        if (!length.isNull())
            headers.append("Content-Length", length);
        answerWith(call, 200, headers, {"half"}, whole);
    };
    RawClient client(running.port);
    client.send(running.ask().bytes());
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.complete);
    QCOMPARE(answer.body, QByteArray("half"));
}

void TestPassthrough::failedCall_isA502() {
    Running running;
    running.upstream.onStart = [](Call& call) {
        Q_EMIT call.finished(false, QStringLiteral("The connection was refused."));
    };
    const RawAnswer answer = running.answer(running.ask());
    QCOMPARE(answer.status, 502);
    QCOMPARE(codeIn(answer), QStringLiteral("upstream_failed"));
    QVERIFY(answer.body.contains("The connection was refused."));
    QCOMPARE(running.spy.first().at(0).value<ServedRequest>().costMicros, 0);
}

void TestPassthrough::missingWayOut_isA502() {
    SandboxServer server(Running::configWith({}));
    const auto port = server.listen();
    QVERIFY(port);
    const RawAnswer answer = RawClient(*port).ask(Ask(*port).to(publicUrl).key(testKey).body("{}").bytes());
    QCOMPARE(answer.status, 502);
    QCOMPARE(codeIn(answer), QStringLiteral("no_way_out"));
}

void TestPassthrough::specialAddress_isNeverCalled_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("status");
    const auto row = [](const char* url, int status) { QTest::newRow(url) << QByteArray(url) << status; };
    row("https://169.254.169.254/latest/meta-data/", 403);
    row("https://10.0.0.1/", 403);
    row("https://192.168.1.1/", 403);
    row("https://0.0.0.0/", 403);
    row("https://[::]/", 403);
    row("https://[fd00:ec2::254]/", 403);
    row("https://[::ffff:127.0.0.1]/", 403);
    row("https://[::ffff:169.254.169.254]/", 403);
    row("https://224.0.0.1/", 403);
    row("https://100.64.0.1/", 403);
    row("https://0xA9FEA9FE/", 400);
    row("https://2852039166/", 400);
    row("http://169.254.169.254/latest/meta-data/", 400);
    row("file:///etc/passwd", 400);
    row("https://127.0.0.1:PORT/v1/models", 403);
    row("http://localhost:PORT/v1/models", 403);
    row("http://[::1]:PORT/v1/models", 403);
    row("http://127.0.0.2:PORT/v1/models", 403);
    row("http://2130706433:PORT/v1/models", 400);
}

void TestPassthrough::specialAddress_isNeverCalled() {
    QFETCH(QByteArray, url);
    QFETCH(int, status);
    const Running running;
    url.replace("PORT", QByteArray::number(running.port));
    const RawAnswer answer = running.answer(running.ask(url));
    QCOMPARE(answer.status, status);
    QVERIFY(running.upstream.requests.isEmpty());
}

void TestPassthrough::allowedTarget_isCalled() {
    Running running({QStringLiteral("192.168.1.20")});
    running.upstream.onStart = [](Call& call) { answerWith(call, 200, {}, {"ok"}); };
    QCOMPARE(running.answer(running.ask("http://192.168.1.20:11434/v1/chat/completions")).body,
             QByteArray("ok"));
    QCOMPARE(running.answer(running.ask("http://192.168.1.21:11434/v1/chat/completions")).status, 400);
    QCOMPARE(running.answer(running.ask("https://192.168.1.21:11434/v1/chat/completions")).status, 403);
    QCOMPARE(running.upstream.requests.size(), 1);
}

void TestPassthrough::localModel_isCalled() {
    Running running;
    running.upstream.onStart = [](Call& call) { answerWith(call, 200, {}, {"ok"}); };
    QCOMPARE(running.answer(running.ask("http://127.0.0.1:11434/api/chat")).body, QByteArray("ok"));
    QCOMPARE(running.answer(running.ask("http://localhost:11434/api/chat")).body, QByteArray("ok"));
    QCOMPARE(running.upstream.requests.size(), 2);
}

void TestPassthrough::refusedRequest_isNeverForwarded() {
    Running running;
    QCOMPARE(running.answer(Ask(running.port).to(publicUrl).body("{}")).status, 401);
    running.server.setMerchantBalance(0);
    QCOMPARE(running.answer(running.ask()).status, 402);
    running.server.setFaults({*parseFault(QStringLiteral("503:times=1"))});
    QCOMPARE(running.answer(running.ask()).status, 503);
    QVERIFY(running.upstream.requests.isEmpty());
}

void TestPassthrough::clientThatLeaves_endsTheCall() {
    Running running;
    running.upstream.onStart = [](Call& call) {
        Q_EMIT call.answered(200, {{"Content-Type", "text/event-stream"}});
        Q_EMIT call.bytes("data: 1\n\n");
    };
    RawClient client(running.port);
    client.send(running.ask().bytes());
    QTRY_VERIFY(client.received().contains("data: 1"));
    QCOMPARE(running.upstream.calls.size(), 1);
    client.socket().abort();
    QTRY_VERIFY(running.upstream.calls.isEmpty());
    QTRY_COMPARE(running.spy.size(), 1);
    QVERIFY(running.spy.first().at(0).value<ServedRequest>().note.contains(QLatin1String("client left")));
}

void TestPassthrough::closedServer_endsTheCalls() {
    Running running;
    running.upstream.onStart = [](Call& call) { Q_EMIT call.answered(200, {}); };
    RawClient streaming(running.port);
    streaming.send(running.ask().bytes());
    QTRY_VERIFY(streaming.received().contains("200 OK"));
    RawClient waiting(running.port);
    waiting.send("POST /v1/forward HTTP/1.1\r\n");
    RawClient idle(running.port);
    QCOMPARE(idle.ask(Ask(running.port).target("/x").bytes()).status, 404);
    running.server.close();
    QVERIFY(streaming.waitForClose());
    QVERIFY(waiting.waitForClose());
    QVERIFY(idle.waitForClose());
    QTRY_VERIFY(running.upstream.calls.isEmpty());
    QTcpSocket late;
    late.connectToHost(QStringLiteral("127.0.0.1"), running.port);
    QVERIFY(!late.waitForConnected());
    const auto again = running.server.listen();
    QVERIFY(again);
    QCOMPARE(RawClient(*again).ask(Ask(*again).target("/x").bytes()).status, 404);
}

void TestPassthrough::answerWithoutBody_leavesTheConnectionUsable() {
    Running running;
    running.upstream.onStart = [](Call& call) { answerWith(call, 204, {}, {"must not go out"}); };
    RawClient client(running.port);
    client.send(running.ask().bytes());
    QTRY_VERIFY(client.received().endsWith("\r\n\r\n"));
    QVERIFY(client.received().startsWith("HTTP/1.1 204 No Content"));
    QVERIFY(!client.received().toLower().contains("transfer-encoding"));
    QTRY_COMPARE(running.spy.size(), 1);
    QVERIFY(!client.received().contains("must not"));
    QVERIFY(client.isOpen());
}

QTEST_GUILESS_MAIN(TestPassthrough)
#include "tst_passthrough.moc"
