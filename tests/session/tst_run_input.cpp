// SPDX-License-Identifier: MIT
// What a user hands in, however odd: it arrives as it is, or nothing is sent and a sentence says why.
#include "session/run_peer.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(Headers)

class TestRunInput : public QObject {
    Q_OBJECT

private:
    Workbench m_workbench;

private Q_SLOTS:
    void credential_isLookedAtAsItWasSent_data();
    void credential_isLookedAtAsItWasSent();
    void requestBody_arrivesByteForByteAndIsKept_data();
    void requestBody_arrivesByteForByteAndIsKept();
    void everyTry_sendsTheSameBytes();
    void unusableDraft_reachesNobody_data();
    void unusableDraft_reachesNobody();
    void requestThatTheTransportRefuses_endsWithItsSentence();
    void sandboxOnATakenPort_namesThePort();
};

void TestRunInput::credential_isLookedAtAsItWasSent_data() {
    QTest::addColumn<Headers>("fields");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* name, const Headers& fields, const char* rule) {
        QTest::newRow(name) << fields << QString::fromLatin1(rule);
    };
    row("token", {}, "live-key-at-sandbox");
    row("nothing behind Bearer", {{"Authorization", "Bearer"}}, "no-credential");
    row("empty header", {{"Authorization", ""}}, "no-credential");
    row("no Bearer", {{"Authorization", "aks_live_run_0000_CANARY"}}, "bearer-missing");
    row("Bearer in small letters", {{"Authorization", "bearer aks_live_run_0000_CANARY"}},
        "live-key-at-sandbox");
    row("Bearer twice", {{"Authorization", "Bearer Bearer aks_live_run_0000_CANARY"}},
        "credential-in-wrapping");
    row("key of a provider", {{"Authorization", "Bearer sk-proj-EXAMPLEnotARealKey0000"}},
        "provider-key-instead-of-token");
    row("key of a provider in its own header", {{"x-api-key", "sk-ant-EXAMPLEnotARealKey0000"}},
        "provider-key-instead-of-token");
    row("token in another header", {{"x-api-key", "aks_live_run_0000_CANARY"}}, "live-key-at-sandbox");
}

void TestRunInput::credential_isLookedAtAsItWasSent() {
    QFETCH(Headers, fields);
    QFETCH(QString, rule);
    FaultServer peer({say(counted("401 Unauthorized", {}, "{}"))});
    RequestDraft draft = draftTo(peer);
    draft.token.secretKey = Secret("aks_live_run_0000_CANARY");
    draft.headers = fields;
    const auto run = startRun(m_workbench, draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    QCOMPARE(run->diagnosis()->rule, rule);
}

void TestRunInput::requestBody_arrivesByteForByteAndIsKept_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"model\": ");
    QTest::newRow("no UTF-8") << QByteArray("{\"model\":\"\xff\xfe\"}\0\x80", 16);
    QTest::newRow("50 MB") << "{\"stream\":true,\"x\":\"" + QByteArray(50'000'000 - 22, 'x') + "\"}";
}

void TestRunInput::requestBody_arrivesByteForByteAndIsKept() {
    QFETCH(QByteArray, body);
    FaultServer peer({say(openHead + "\r\n" + word + stop + done), fin()});
    RequestDraft draft = draftTo(peer);
    draft.body = body;
    const auto run = startRun(m_workbench, draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QVERIFY(run->succeeded());
    QCOMPARE(peer.requests(), 1);
    const QByteArray arrived = peer.received().value(0);
    QVERIFY(arrived.startsWith("POST /v1/forward?u=https%3A%2F%2Fapi.openai.com%2F"));
    QVERIFY(arrived.sliced(arrived.indexOf("\r\n\r\n") + 4) == body);
    QVERIFY(run->recording().request.body == body);
}

void TestRunInput::everyTry_sendsTheSameBytes() {
    FaultServer::Settings settings;
    settings.scripts = {{say(counted("503 Service Unavailable", {}, "{}"))},
                        {say(openHead + "\r\n" + word + stop + done), fin()}};
    FaultServer peer(settings);
    RequestDraft draft = draftTo(peer);
    draft.headers = {{"Idempotency-Key", "order-7"}};
    SendOptions options;
    options.retry.maxRetries = 1;
    options.retry.base = 1ms;
    const auto run = startRun(m_workbench, draft, options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QVERIFY(run->succeeded());
    const QList<QByteArray> arrived = peer.received();
    QCOMPARE(arrived.size(), 2);
    QVERIFY(arrived[0].contains("\r\nIdempotency-Key: order-7\r\n"));
    QCOMPARE(arrived[1], arrived[0]);
}

void TestRunInput::unusableDraft_reachesNobody_data() {
    QTest::addColumn<QByteArray>("gateway"); // empty: the server that counts
    QTest::addColumn<QByteArray>("providerUrl");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    const QByteArray good = "https://api.openai.com/v1/chat/completions";
    const auto to = [&](const char* name, const QByteArray& gateway, const QByteArray& providerUrl) {
        QTest::newRow(name) << gateway << providerUrl << Headers() << QByteArray("{}");
    };
    to("provider: none", {}, {});
    to("provider: no host", {}, "https:///v1");
    to("provider: no scheme", {}, "api.openai.com/v1");
    to("provider: file", {}, "file:///etc/passwd");
    to("gateway: none", "/", good);
    to("gateway: no host", "https://", good);
    to("gateway: plain http elsewhere", "http://gateway.test", good);
    to("gateway: javascript", "javascript:alert(1)", good);
    to("gateway: user", "https://user:pw@127.0.0.1", good);
    to("gateway: backslash", "https://h\\@127.0.0.1", good);
    to("gateway: port", "https://127.0.0.1:99999", good);
    QTest::newRow("line end in a header")
        << QByteArray() << good << Headers{{"X", "a\r\nY: b"}} << QByteArray("{}");
    QTest::newRow("own length") << QByteArray() << good << Headers{{"Content-Length", "1"}}
                                << QByteArray("{}");
    QTest::newRow("body too large") << QByteArray() << good << Headers() << QByteArray(50'000'001, 'x');
}

void TestRunInput::unusableDraft_reachesNobody() {
    QFETCH(QByteArray, gateway);
    QFETCH(QByteArray, providerUrl);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    FaultServer peer({say(counted("200 OK", {}, "x"))});
    RequestDraft draft = draftTo(peer);
    if (!gateway.isEmpty())
        draft.gateway = gateway;
    draft.providerUrl = providerUrl;
    draft.headers = headers;
    draft.body = body;
    const auto run = m_workbench.send(draft);
    peer.settle();
    QVERIFY(!run);
    QVERIFY(!run.error().code.isEmpty());
    QVERIFY2(run.error().message.endsWith(QLatin1Char('.')), qPrintable(run.error().message));
    QCOMPARE(peer.connections(), 0);
}

void TestRunInput::requestThatTheTransportRefuses_endsWithItsSentence() {
    FaultServer peer({say(counted("200 OK", {}, "x"))});
    RequestDraft draft = draftTo(peer);
    draft.headers = {{"X-Twice", "1"}, {"x-twice", "2"}};
    const auto run = startRun(m_workbench, draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::Refused);
    QCOMPARE(run->recording().attempts[0].ending->timesSent, 0);
    QCOMPARE(run->diagnosis()->kind, QStringLiteral("not_sent"));
    QVERIFY(run->diagnosis()->cause.contains(QStringLiteral("x-twice")));
    QCOMPARE(run->recording().request.body, draft.body);
    QCOMPARE(peer.connections(), 0);
}

void TestRunInput::sandboxOnATakenPort_namesThePort() {
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    SandboxWish wish;
    wish.port = other.serverPort();
    const Result<quint16> started = m_workbench.sandbox().start(wish);
    QVERIFY(!started);
    QCOMPARE(started.error().code, QStringLiteral("port_in_use"));
    QVERIFY2(started.error().message.contains(QString::number(wish.port)),
             qPrintable(started.error().message));
    QVERIFY(!m_workbench.sandbox().isRunning());
}

QTEST_GUILESS_MAIN(TestRunInput)
#include "tst_run_input.moc"
