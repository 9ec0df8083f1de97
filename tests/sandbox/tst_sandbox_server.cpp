// SPDX-License-Identifier: MIT
#include "core/token/token_fields.h"
#include "sandbox/running_sandbox.h"

#include <QTest>

using namespace lavascope;

namespace {

QByteArray tokenFor(const char* customer, const char* meter, bool billingOff = false) {
    TokenFields fields;
    fields.secretKey = Secret(testKey);
    if (customer)
        fields.customerId = QString::fromLatin1(customer);
    if (meter)
        fields.meterSlug = QString::fromLatin1(meter);
    if (billingOff)
        fields.disableBilling = true;
    return *buildToken(fields);
}

qint64 balanceOf(const SandboxServer& server, const QString& owner) {
    const QList<WalletState> wallets = server.wallets();
    for (const WalletState& wallet : wallets)
        if (wallet.owner == owner)
            return wallet.balanceMicros;
    return -1;
}

} // namespace

class TestSandboxServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answer_carriesWhatTheGatewayPromises();
    void errors_haveLavasShape_data();
    void errors_haveLavasShape();
    void catalogueThatIsMissing_isSaid_data();
    void catalogueThatIsMissing_isSaid();
    void cost_isTakenFromThePayer_data();
    void cost_isTakenFromThePayer();
    void emptyWallet_isToldBeforeForwarding();
    void limit_isToldWithRetryAfter();
    void requests_areFoundInTheLedger();
    void fault_answersAsTold_data();
    void fault_answersAsTold();
    void cutStream_stopsAfterItsEvents();
    void cutBody_stopsInTheMiddle();
    void hangingRequest_isNeverAnswered();
    void fault_hitsOnlyAuthenticatedRequests();
    void listeningAgain_startsWithFullWallets();
};

void TestSandboxServer::answer_carriesWhatTheGatewayPromises() {
    const Running running;
    const RawAnswer answer = running.answer(running.chat());
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.complete);
    QCOMPARE(answer.header("content-type"), QByteArray("application/json"));
    const QByteArray id = answer.header("x-lava-request-id");
    QVERIFY2(id.startsWith("req_test_") && id.size() == 9 + 26, id.constData());
    json::Document document;
    QVERIFY(!document.scan(answer.body));
    QVERIFY(document.root()["choices"].at(0)["message"]["content"].toString().contains(
        QLatin1String("How deep is the harbour?")));
    QTRY_COMPARE(running.spy.size(), 1);
    const ServedRequest served = running.lastServed();
    QCOMPARE(served.requestId.toLatin1(), id);
    QCOMPARE(served.status, 200);
    QCOMPARE(served.method, QByteArray("POST"));
    QCOMPARE(served.target, QString::fromLatin1(chatUrl));
    QCOMPARE(served.payer, QStringLiteral("merchant"));
    QVERIFY(served.costMicros > 0);
    QVERIFY(served.atMs > 0);
}

void TestSandboxServer::errors_haveLavasShape_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("credential");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const QByteArray forward = "/v1/forward?u=" + QByteArray(chatUrl).toPercentEncoding();
    const QByteArray chat = chatBody(false);
    const auto row = [](const char* name, const QByteArray& target, const QByteArray& credential,
                        const QByteArray& body, int status, const char* code) {
        QTest::newRow(name) << target << credential << body << status << QString::fromLatin1(code);
    };
    row("no credential", forward, "", chat, 401, "missing_credential");
    row("live key", forward, "aks_live_EXAMPLE", chat, 401, "live_key_refused");
    row("no u", "/v1/forward", testKey, chat, 400, "forward_url_missing");
    row("file", "/v1/forward?u=file:///etc/passwd", testKey, chat, 400, "forward_url_invalid");
    row("metadata service", "/v1/forward?u=http://169.254.169.254/", testKey, chat, 400,
        "forward_url_invalid");
    row("ssh port", "/v1/forward?u=http://localhost:22", testKey, chat, 400,
        "forward_endpoint_not_supported");
    row("unknown endpoint", "/v1/forward?u=https://api.openai.com/v1/audio/speech", testKey, chat, 400,
        "forward_endpoint_not_supported");
    row("no model", forward, testKey, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}", 400,
        "forward_model_invalid");
    row("customer without meter", forward, tokenFor("conn_demo", nullptr), chat, 400, "meter_slug_missing");
    row("unknown customer", forward, tokenFor("conn_nobody", "demo-meter"), chat, 404, "customer_not_found");
    row("meter not on plan", forward, tokenFor("conn_one_meter", "pass-on"), chat, 403, "meter_not_on_plan");
    row("poor customer", forward, tokenFor("conn_empty", "demo-meter"), chat, 402, "customer_out_of_funds");
    row("unknown path", "/v2/forward", testKey, chat, 404, "not_found");
    row("path below forward", "/v1/forward/openai", testKey, chat, 404, "not_found");
    row("rewrite", "/v1/rewrite/openai/api.anthropic.com/v1/messages", testKey, chat, 404, "not_in_sandbox");
    row("write to customers", "/v1/customers", testKey, chat, 405, "method_not_allowed");
    row("models without key", "/v1/models", "", QByteArray(), 401, "missing_credential");
    row("write to requests", "/v1/requests", testKey, chat, 405, "method_not_allowed");
}

void TestSandboxServer::catalogueThatIsMissing_isSaid_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* target, int status, const char* code) {
        QTest::newRow(target) << QByteArray(target) << status << QString::fromLatin1(code);
    };
    row("/v1/customers/conn_nobody", 404, "customer_not_found");
    row("/v1/customers/conn_nobody/subscription", 404, "customer_not_found");
    row("/v1/customers/conn_demo/x", 404, "not_found");
    row("/v1/meters/nope", 404, "meter_not_found");
    row("/v1/meters?limit=0", 400, "limit_invalid");
    row("/v1/meters?cursor=nope", 400, "cursor_invalid");
    row("/v1/plans", 404, "not_in_sandbox");
    row("/v1/customersx", 404, "not_in_sandbox");
}

void TestSandboxServer::catalogueThatIsMissing_isSaid() {
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QString, code);
    const Running running;
    const RawAnswer answer = running.answer(running.ask().method("GET").target(target).key(testKey));
    QCOMPARE(answer.status, status);
    QCOMPARE(errorIn(answer).code, code);
}

void TestSandboxServer::errors_haveLavasShape() {
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, credential);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, code);
    const Running running;
    Ask ask = running.ask().target(target).body(body);
    if (!credential.isEmpty())
        ask.key(credential);
    const RawAnswer answer = running.answer(ask);
    QCOMPARE(answer.status, status);
    const LavaError error = errorIn(answer);
    QCOMPARE(error.code, code);
    QCOMPARE(error.status, status);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(answer.header("x-lava-request-id").startsWith("req_test_"));
    QVERIFY(!answer.body.contains("EXAMPLE"));
    QTRY_COMPARE(running.spy.size(), 1);
    QCOMPARE(running.lastServed().status, status);
    QCOMPARE(running.lastServed().note, error.message);
    QCOMPARE(running.lastServed().costMicros, 0);
}

void TestSandboxServer::cost_isTakenFromThePayer_data() {
    QTest::addColumn<QByteArray>("credential");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("owner");
    const QString merchant = Secret(testKey).masked();
    QTest::newRow("bare key") << QByteArray(testKey) << false << merchant;
    QTest::newRow("bare key, stream") << QByteArray(testKey) << true << merchant;
    QTest::newRow("customer") << tokenFor("conn_demo", "demo-meter") << false << QStringLiteral("conn_demo");
    QTest::newRow("customer, stream")
        << tokenFor("conn_demo", "demo-meter") << true << QStringLiteral("conn_demo");
    QTest::newRow("billing disabled") << tokenFor("conn_demo", "demo-meter", true) << true << merchant;
    QTest::newRow("meter only") << tokenFor(nullptr, "demo-meter") << false << merchant;
}

void TestSandboxServer::cost_isTakenFromThePayer() {
    QFETCH(QByteArray, credential);
    QFETCH(bool, stream);
    QFETCH(QString, owner);
    const Running running;
    const RawAnswer answer = running.answer(running.ask().to(chatUrl).key(credential).body(chatBody(stream)));
    QVERIFY(answer.complete);
    QTRY_COMPARE(running.spy.size(), 1);
    const qint64 cost = running.lastServed().costMicros;
    QVERIFY(cost > 0);
    const SandboxConfig standard = SandboxConfig::standard();
    const QList<WalletState> wallets = running.server.wallets();
    QCOMPARE(wallets.size(), 1 + standard.customers.size());
    for (const WalletState& wallet : wallets) {
        qint64 before = standard.merchantBalanceMicros;
        for (const SandboxCustomer& customer : standard.customers)
            before = customer.id == wallet.owner ? customer.balanceMicros : before;
        QCOMPARE(wallet.balanceMicros, wallet.owner == owner ? before - cost : before);
    }
}

void TestSandboxServer::emptyWallet_isToldBeforeForwarding() {
    Running running;
    running.server.setMerchantBalance(0);
    const RawAnswer answer = running.answer(running.chat(true));
    QCOMPARE(answer.status, 402);
    QCOMPARE(errorIn(answer).code, QStringLiteral("wallet_empty"));
    running.server.setMerchantBalance(1);
    QCOMPARE(running.answer(running.chat()).status, 200);
    QVERIFY(balanceOf(running.server, Secret(testKey).masked()) <= 0);
    QCOMPARE(running.answer(running.chat()).status, 402);
}

void TestSandboxServer::limit_isToldWithRetryAfter() {
    Running running;
    running.server.setRequestsPerMinute(1);
    const RawAnswer first = running.answer(running.chat());
    QCOMPARE(first.status, 200);
    QCOMPARE(first.header("x-ratelimit-limit"), QByteArray("1"));
    QCOMPARE(first.header("x-ratelimit-remaining"), QByteArray("0"));
    const RawAnswer second = running.answer(running.chat());
    QCOMPARE(second.status, 429);
    const int wait = second.header("retry-after").toInt();
    QVERIFY(wait >= 1 && wait <= 60);
    QVERIFY(second.header("x-ratelimit-reset").toLongLong() > 0);
    QCOMPARE(running.answer(running.ask().to(chatUrl).key("aks_test_another").body(chatBody(false))).status,
             200);
}

void TestSandboxServer::requests_areFoundInTheLedger() {
    const Running running;
    RawClient client(running.port);
    const auto get = [&](const QByteArray& target) {
        return client.ask(running.ask().method("GET").target(target).key(testKey).bytes());
    };
    const RawAnswer answer = client.ask(running.ask()
                                            .to(chatUrl)
                                            .key(tokenFor("conn_demo", "demo-meter"))
                                            .field("x-lava-metadata", "{\"feature\":\"chat\"}")
                                            .body(chatBody(true))
                                            .bytes());
    QVERIFY(answer.complete);
    QVERIFY(client.ask(running.chat().bytes()).complete);
    const QByteArray id = answer.header("x-lava-request-id");
    const RawAnswer one = get("/v1/requests/" + id);
    QCOMPARE(one.status, 200);
    json::Document document;
    QVERIFY(!document.scan(one.body));
    const json::View record = document.root();
    QCOMPARE(record["request_id"].toString().toLatin1(), id);
    QCOMPARE(record["status"].toString(), QStringLiteral("completed"));
    QCOMPARE(record["customer_id"].toString(), QStringLiteral("conn_demo"));
    QCOMPARE(record["meter_id"].toString(), QStringLiteral("demo-meter"));
    QCOMPARE(record["provider"].toString(), QStringLiteral("openai"));
    QCOMPARE(record["provider_key_type"].toString(), QStringLiteral("managed"));
    QCOMPARE(record["model"].toString(), QStringLiteral("gpt-4o-mini"));
    QCOMPARE(record["endpoint"].toString(), QStringLiteral("POST ") + QString::fromLatin1(chatUrl));
    QCOMPARE(record["metadata"]["feature"].toString(), QStringLiteral("chat"));
    QVERIFY(record["response_id"].toString().startsWith(QLatin1String("chatcmpl-")));
    QVERIFY(record["model_usage"]["output_tokens"].toInteger().value_or(0) > 0);
    QVERIFY(record["cost"].toString().size() == 12);
    QVERIFY(record["charge"]["amount"].toString() != QLatin1String("0.0000000000"));

    json::Document list;
    const RawAnswer page = get("/v1/requests?limit=1");
    QVERIFY(!list.scan(page.body));
    QCOMPARE(list.root()["data"].size(), 1);
    QCOMPARE(list.root()["has_more"].toBool(), std::optional(true));
    const RawAnswer rest = get("/v1/requests?cursor=" + list.root()["next_cursor"].toString().toLatin1());
    QVERIFY(!list.scan(rest.body));
    QCOMPARE(list.root()["data"].at(0)["request_id"].toString().toLatin1(), id);
    QCOMPARE(list.root()["has_more"].toBool(), std::optional(false));
    const RawAnswer filtered = get("/v1/requests?metadata_filters=%5B%5B%22feature%22%2C%22chat%22%5D%5D");
    QVERIFY(!list.scan(filtered.body));
    QCOMPARE(list.root()["data"].size(), 1);

    const RawAnswer usage = get("/v1/usage?start=2020-01-01T00:00:00Z");
    QVERIFY(!list.scan(usage.body));
    QCOMPARE(list.root()["totals"]["total_requests"].toInteger(), std::optional<qint64>(2));
    QCOMPARE(list.root()["items"].size(), 1);
    QCOMPARE(get("/v1/usage").status, 400);
    QCOMPARE(get("/v1/requests?limit=0").status, 400);
    QCOMPARE(get("/v1/requests/req_test_nothing").status, 404);
    const RawAnswer foreign =
        client.ask(running.ask().method("GET").target("/v1/requests/" + id).key("aks_test_another").bytes());
    QCOMPARE(foreign.status, 404);
}

void TestSandboxServer::fault_answersAsTold_data() {
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("503") << QStringLiteral("503") << 503 << QByteArray();
    QTest::newRow("429") << QStringLiteral("429:retry_after=3") << 429 << QByteArray("3");
    QTest::newRow("fraction") << QStringLiteral("429:retry_after=0.25") << 429 << QByteArray("0.25");
    QTest::newRow("529") << QStringLiteral("529") << 529 << QByteArray();
    QTest::newRow("402") << QStringLiteral("402") << 402 << QByteArray();
}

void TestSandboxServer::fault_answersAsTold() {
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    Running running;
    running.server.setFaults(
        {*parseFault(fault + (fault.contains(QLatin1Char(':')) ? QStringLiteral(",times=2")
                                                               : QStringLiteral(":times=2")))});
    for (int request = 0; request < 2; ++request) {
        const RawAnswer answer = running.answer(running.chat(true));
        QCOMPARE(answer.status, status);
        QCOMPARE(errorIn(answer).status, status);
        QCOMPARE(answer.header("retry-after"), retryAfter);
        QVERIFY(running.lastServed().note.startsWith(QLatin1String("fault ") + fault.left(3)));
    }
    QVERIFY(running.server.faults().isEmpty());
    QCOMPARE(running.answer(running.chat(true)).status, 200);
    QCOMPARE(running.server.wallets().size(), 1 + SandboxConfig::standard().customers.size());
}

void TestSandboxServer::cutStream_stopsAfterItsEvents() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("cut:after=2,times=1"))});
    RawClient client(running.port);
    client.send(running.chat(true).bytes());
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.complete);
    QCOMPARE(answer.body.count("\n\n"), 2);
    QVERIFY(answer.body.endsWith("\n\n"));
    QCOMPARE(running.spy.size(), 1);
    QVERIFY(running.answer(running.chat(true)).body.endsWith("data: [DONE]\n\n"));
}

void TestSandboxServer::cutBody_stopsInTheMiddle() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("cut"))});
    RawClient client(running.port);
    client.send(running.chat(false).bytes());
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QVERIFY(!answer.complete);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(answer.body.size() < answer.header("content-length").toInt());
}

void TestSandboxServer::hangingRequest_isNeverAnswered() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("hang:times=1"))});
    RawClient hanging(running.port);
    hanging.send(running.chat().bytes());
    QTRY_VERIFY(running.server.faults().isEmpty());
    QCOMPARE(running.answer(running.chat()).status, 200);
    QVERIFY(hanging.received().isEmpty());
    QVERIFY(hanging.isOpen());
    hanging.socket().abort();
    QTRY_COMPARE(running.spy.size(), 2);
    QCOMPARE(running.lastServed().status, 0);
    QVERIFY(running.lastServed().note.contains(QLatin1String("hang")));
}

void TestSandboxServer::fault_hitsOnlyAuthenticatedRequests() {
    Running running;
    running.server.setFaults({*parseFault(QStringLiteral("503:times=1"))});
    QCOMPARE(running.answer(running.ask().to(chatUrl).body(chatBody(false))).status, 401);
    QCOMPARE(running.server.faults().size(), 1);
    QCOMPARE(running.answer(running.chat()).status, 503);
}

void TestSandboxServer::listeningAgain_startsWithFullWallets() {
    Running running;
    QCOMPARE(running.answer(running.chat()).status, 200);
    QVERIFY(!running.server.wallets().isEmpty());
    running.server.close();
    QCOMPARE(running.server.port(), quint16(0));
    QVERIFY(!running.server.wallets().isEmpty());
    QVERIFY(running.server.listen());
    QVERIFY(running.server.wallets().isEmpty());
}

QTEST_GUILESS_MAIN(TestSandboxServer)
#include "tst_sandbox_server.moc"
