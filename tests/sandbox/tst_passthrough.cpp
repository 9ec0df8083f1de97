// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/token/token_fields.h"
#include "sandbox/provider_request.h"
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

HttpRequest requestTo(const QByteArray& url, const Headers& headers, const TokenFields& fields = {},
                      const QMap<QString, Secret>& keys = {}, const QByteArray& place = "authorization") {
    ReceivedRequest received;
    received.method = "POST";
    received.headers = headers;
    received.body = "{}";
    const auto target = forwardTargetOf(Query::ofTarget("/v1/forward?u=" + url.toPercentEncoding()), {});
    Q_ASSERT(target);
    SandboxConfig config;
    config.providerKeys = keys;
    return providerRequest(received, *target, Caller{fields, place}, config);
}

} // namespace

class TestPassthrough : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gatewayCredentials_neverReachTheProvider();
    void providerKey_goesWhereTheProviderWantsIt_data();
    void providerKey_goesWhereTheProviderWantsIt();
    void tokensKey_beatsTheConfiguredOne();
    void keyParameter_isTakenOut_data();
    void keyParameter_isTakenOut();
    void connectionFields_stayOnTheirSide();
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

void TestPassthrough::gatewayCredentials_neverReachTheProvider() {
    const QByteArray canary = testKey;
    const HttpRequest out = requestTo("https://api.example.com/v1/chat/completions?a=b&key=" + canary,
                                      {{"Host", "127.0.0.1:1"},
                                       {"Authorization", "Bearer " + canary},
                                       {"x-api-key", canary},
                                       {"X-Goog-Api-Key", canary},
                                       {"xi-api-key", canary},
                                       {"Proxy-Authorization", "Basic " + canary},
                                       {"Cookie", "session=" + canary},
                                       {"x-lava-metadata", "{}"},
                                       {"X-Custom", "kept"}});
    QByteArray all = out.url;
    for (const Headers::Field& field : out.headers)
        all += field.name + field.value;
    QVERIFY2(!all.contains(canary), all.constData());
    QCOMPARE(out.headers, (Headers{{"X-Custom", "kept"}, {"Accept-Encoding", "identity"}}));
    QCOMPARE(out.url, QByteArray("https://api.example.com/v1/chat/completions?a=b"));
}

void TestPassthrough::providerKey_goesWhereTheProviderWantsIt_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* url, const char* place, const char* header,
                        const char* value) {
        QTest::newRow(name) << QByteArray(url) << QByteArray(place) << QByteArray(header)
                            << QByteArray(value);
    };
    const char* bearer = "Bearer sk-EXAMPLE";
    row("openai", "https://api.openai.com/v1/responses", "x-api-key", "authorization", bearer);
    row("anthropic", "https://api.anthropic.com/v1/messages", "authorization", "x-api-key", "sk-EXAMPLE");
    row("google", "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
        "authorization", "x-goog-api-key", "sk-EXAMPLE");
    row("google speaking openai", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
        "authorization", "authorization", bearer);
    row("elevenlabs", "https://api.elevenlabs.io/v1/text-to-speech/v", "authorization", "xi-api-key",
        "sk-EXAMPLE");
    row("serper", "https://google.serper.dev/search", "authorization", "x-api-key", "sk-EXAMPLE");
    row("unknown host", "https://models.example.com/v1/messages", "x-api-key", "x-api-key", "sk-EXAMPLE");
    row("unknown host by parameter", "https://models.example.com/v1/messages", "key", "authorization",
        bearer);
    row("no look-alike", "https://anthropic.com.evil.example/v1/messages", "authorization", "authorization",
        bearer);
}

void TestPassthrough::providerKey_goesWhereTheProviderWantsIt() {
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    TokenFields fields;
    fields.providerKey = Secret("sk-EXAMPLE");
    const HttpRequest out = requestTo(url, {{"Authorization", "Bearer x"}}, fields, {}, place);
    QCOMPARE(out.headers.value(name), value);
    QCOMPARE(out.headers.size(), 2); // and Accept-Encoding
}

void TestPassthrough::tokensKey_beatsTheConfiguredOne() {
    const QMap<QString, Secret> keys{{QStringLiteral("api.openai.com"), Secret("sk-CONFIGURED")}};
    const QByteArray url = "https://api.openai.com/v1/models";
    QCOMPARE(requestTo(url, {}, {}, keys).headers.value("authorization"), QByteArray("Bearer sk-CONFIGURED"));
    QVERIFY(!requestTo("https://api.example.com/v1/models", {}, {}, keys).headers.contains("authorization"));
    TokenFields fields;
    fields.providerKey = Secret("sk-OWN");
    QCOMPARE(requestTo(url, {}, fields, keys).headers.value("authorization"), QByteArray("Bearer sk-OWN"));
}

void TestPassthrough::keyParameter_isTakenOut_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("replaced");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray google =
        "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent";
    QTest::newRow("ours alone") << google + "?key=aks_test_a" << false << google;
    QTest::newRow("ours between") << google + "?a=1&key=aks_test_a&alt=sse" << false
                                  << google + "?a=1&alt=sse";
    QTest::newRow("our token") << google + "?key=eyJhIjoxfQ==" << false << google;
    QTest::newRow("escaped") << google + "?k%65y=aks_test_a" << false << google;
    QTest::newRow("the provider's, replaced")
        << google + "?key=AIzaEXAMPLE&alt=sse" << true << google + "?alt=sse";
    QTest::newRow("the provider's, kept")
        << google + "?key=AIzaEXAMPLE" << false << google + "?key=AIzaEXAMPLE";
    QTest::newRow("another's parameter") << QByteArray("https://api.example.com/x?key=color") << true
                                         << QByteArray("https://api.example.com/x?key=color");
}

void TestPassthrough::keyParameter_isTakenOut() {
    QFETCH(QByteArray, url);
    QFETCH(bool, replaced);
    QFETCH(QByteArray, expected);
    TokenFields fields;
    if (replaced)
        fields.providerKey = Secret("sk-EXAMPLE");
    QCOMPARE(requestTo(url, {}, fields).url, expected);
}

void TestPassthrough::connectionFields_stayOnTheirSide() {
    const HttpRequest out = requestTo("https://api.example.com/", {{"Connection", "keep-alive, X-Hop"},
                                                                   {"Keep-Alive", "timeout=5"},
                                                                   {"X-Hop", "1"},
                                                                   {"TE", "trailers"},
                                                                   {"Transfer-Encoding", "chunked"},
                                                                   {"Upgrade", "h2c"},
                                                                   {"Expect", "100-continue"},
                                                                   {"Content-Length", "2"},
                                                                   {"Accept-Encoding", "gzip"},
                                                                   {"anthropic-version", "2023-06-01"}});
    QCOMPARE(out.headers, (Headers{{"anthropic-version", "2023-06-01"}, {"Accept-Encoding", "identity"}}));
    const Headers back = relayedHeaders({{"Content-Type", "text/plain"},
                                         {"Connection", "close, X-Hop"},
                                         {"X-Hop", "1"},
                                         {"Transfer-Encoding", "chunked"},
                                         {"Access-Control-Allow-Origin", "*"},
                                         {"X-Lava-Request-Id", "req_foreign"},
                                         {"Set-Cookie", "a=1"},
                                         {"Set-Cookie", "b=2"}});
    QCOMPARE(back, (Headers{{"Content-Type", "text/plain"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}));
}

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
