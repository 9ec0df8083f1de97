// SPDX-License-Identifier: MIT
#include "sandbox/gateway_rules.h"
#include "sandbox/prices.h"

#include <QTest>

#include <limits>

using namespace lavascope;

namespace {

const Secret key("aks_test_EXAMPLEnotARealKey0000");

ReceivedRequest requestFor(const QByteArray& host, const Headers& more = {},
                           const QByteArray& method = "POST") {
    ReceivedRequest request;
    request.method = method;
    request.headers = Headers{{"Host", host}};
    for (const Headers::Field& field : more)
        request.headers.append(field.name, field.value);
    return request;
}

SandboxConfig houseConfig() {
    SandboxConfig config;
    config.merchantBalanceMicros = 1000;
    config.meters = {{QStringLiteral("tokens"), 0, 2000000},
                     {QStringLiteral("calls"), 500, 0},
                     {QStringLiteral("pass"), 0, 0}};
    config.customers = {{QStringLiteral("rich"), 1000, {}},
                        {QStringLiteral("poor"), 0, {}},
                        {QStringLiteral("planned"), 1000, {QStringLiteral("calls")}}};
    return config;
}

struct Token {
    const char* customer = nullptr;
    const char* meter = nullptr;
    const char* provider = nullptr;
    bool billingOff = false;

    [[nodiscard]] TokenFields fields() const {
        TokenFields out;
        out.secretKey = key;
        if (customer)
            out.customerId = QString::fromLatin1(customer);
        if (meter)
            out.meterSlug = QString::fromLatin1(meter);
        if (provider)
            out.providerKey = Secret(provider);
        if (billingOff)
            out.disableBilling = true;
        return out;
    }
};

CallRecord usedRecord() {
    CallRecord record;
    record.inputTokens = 10;
    record.outputTokens = 15;
    record.inputCostMicros = 40;
    record.outputCostMicros = 60;
    return record;
}

} // namespace

Q_DECLARE_METATYPE(Token)

class TestGatewayRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void door_opensToThisComputersNamesOnly_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<int>("status");
        const auto row = [](const char* host, int port, int status) {
            QTest::addRow("%s at %d", host, port) << QByteArray(host) << port << status;
        };
        row("127.0.0.1:8181", 8181, 0);
        row("localhost:8181", 8181, 0);
        row("LOCALHOST:8181", 8181, 0);
        row("[::1]:8181", 8181, 0);
        row("localhost", 80, 0);
        row("localhost", 8181, 421);
        row("127.0.0.1:80", 8181, 421);
        row("", 8181, 421);
        row("evil.example", 8181, 421);
        row("evil.example:8181", 8181, 421);
        row("0.0.0.0:8181", 8181, 421);
        row("127.0.0.2:8181", 8181, 421);
        row("localhost.:8181", 8181, 421);
        row("localhost.evil.example:8181", 8181, 421);
        row("127.0.0.1:8181@evil.example", 8181, 421);
        row("127.0.0.1:8181, evil.example", 8181, 421);
        row("127.0.0.1:08181", 8181, 421);
        row("[::ffff:127.0.0.1]:8181", 8181, 421);
    }
    void door_opensToThisComputersNamesOnly() {
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        QFETCH(int, status);
        const auto door = checkDoor(requestFor(host), static_cast<quint16>(port));
        QCOMPARE(door ? 0 : door.error().status, status);
    }

    void door_staysShutForBrowsers_data() {
        QTest::addColumn<QByteArray>("origin");
        QTest::newRow("page") << QByteArray("http://evil.example");
        QTest::newRow("sandboxed page") << QByteArray("null");
        QTest::newRow("page of this computer") << QByteArray("http://127.0.0.1:8181");
        QTest::newRow("empty") << QByteArray("");
    }
    void door_staysShutForBrowsers() {
        QFETCH(QByteArray, origin);
        const auto door = checkDoor(requestFor("localhost:8181", {{"Origin", origin}}), 8181);
        QVERIFY(!door);
        QCOMPARE(door.error().status, 403);
    }
    void preflight_isRefused() {
        const auto door = checkDoor(requestFor("localhost:8181", {}, "OPTIONS"), 8181);
        QVERIFY(!door);
        QCOMPARE(door.error().status, 403);
    }
    void nodesFetchMark_isNoBrowser() {
        QVERIFY(checkDoor(requestFor("localhost:8181", {{"sec-fetch-mode", "cors"}}), 8181));
    }

    void fields_decideWhoPays_data() {
        QTest::addColumn<Token>("token");
        QTest::addColumn<QString>("payer");
        QTest::addColumn<int>("merchantPays");
        QTest::addColumn<int>("customerPays");
        const auto row = [](const char* name, const Token& token, const char* payer, int merchant,
                            int customer) {
            QTest::newRow(name) << token << QString::fromLatin1(payer) << merchant << customer;
        };
        row("bare key", {}, "merchant", 100, 0);
        row("meter only", {nullptr, "tokens"}, "merchant", 100, 0);
        row("customer by tokens", {"rich", "tokens"}, "customer rich", 0, 50);
        row("customer by calls", {"rich", "calls"}, "customer rich", 0, 500);
        row("customer at cost", {"rich", "pass"}, "customer rich", 0, 100);
        row("billing disabled", {"rich", "tokens", nullptr, true}, "merchant", 100, 0);
        row("own key", {nullptr, nullptr, "sk-EXAMPLE"}, "provider account", 0, 0);
        row("own key and meter", {nullptr, "tokens", "sk-EXAMPLE"}, "merchant", 0, 0);
        row("own key and customer", {"rich", "tokens", "sk-EXAMPLE"}, "customer rich", 0, 50);
        row("own key, billing disabled", {"rich", "tokens", "sk-EXAMPLE", true}, "merchant", 0, 0);
    }
    void fields_decideWhoPays() {
        QFETCH(Token, token);
        QFETCH(QString, payer);
        QFETCH(int, merchantPays);
        QFETCH(int, customerPays);
        const SandboxConfig config = houseConfig();
        Ledger ledger(config);
        const TokenFields fields = token.fields();
        const auto billing = billingOf(fields, config);
        QVERIFY(billing);
        QCOMPARE(payerText(fields), payer);
        QVERIFY(checkFunds(fields, *billing, ledger));
        CallRecord record = usedRecord();
        QCOMPARE(settle(fields, *billing, ledger, record), merchantPays + customerPays);
        QCOMPARE(ledger.merchantBalance(key), 1000 - merchantPays);
        QCOMPARE(ledger.customerBalance(key, QStringLiteral("rich")),
                 std::optional<qint64>(1000 - customerPays));
        QCOMPARE(record.chargeMicros, customerPays);
    }

    void impossibleFields_areRefused_data() {
        QTest::addColumn<Token>("token");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const Token& token, int status, const char* code) {
            QTest::newRow(name) << token << status << QString::fromLatin1(code);
        };
        row("customer without meter", {"rich"}, 400, "meter_slug_missing");
        row("unknown customer", {"nobody", "tokens"}, 404, "customer_not_found");
        row("empty customer", {"", "tokens"}, 404, "customer_not_found");
        row("unknown meter", {"rich", "nothing"}, 404, "meter_not_found");
        row("unknown meter alone", {nullptr, "nothing"}, 404, "meter_not_found");
        row("meter not on plan", {"planned", "tokens"}, 403, "meter_not_on_plan");
        row("meter not on plan, billing disabled", {"planned", "tokens", nullptr, true}, 403,
            "meter_not_on_plan");
    }
    void impossibleFields_areRefused() {
        QFETCH(Token, token);
        QFETCH(int, status);
        QFETCH(QString, code);
        const auto billing = billingOf(token.fields(), houseConfig());
        QVERIFY(!billing);
        QCOMPARE(billing.error().code, code);
        QCOMPARE(billing.error().status, status);
    }

    void emptyWallet_stopsItsPayerOnly_data() {
        QTest::addColumn<Token>("token");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const Token& token, const char* code) {
            QTest::newRow(name) << token << QString::fromLatin1(code);
        };
        row("bare key", {}, "wallet_empty");
        row("meter only", {nullptr, "tokens"}, "wallet_empty");
        row("billing disabled", {"poor", "tokens", nullptr, true}, "wallet_empty");
        row("rich customer", {"rich", "tokens"}, "");
        row("poor customer", {"poor", "tokens"}, "customer_out_of_funds");
        row("poor customer with own key", {"poor", "tokens", "sk-EXAMPLE"}, "customer_out_of_funds");
        row("own key", {nullptr, nullptr, "sk-EXAMPLE"}, "");
        row("own key and meter", {nullptr, "tokens", "sk-EXAMPLE"}, "");
    }
    void emptyWallet_stopsItsPayerOnly() {
        QFETCH(Token, token);
        QFETCH(QString, code);
        SandboxConfig config = houseConfig();
        config.merchantBalanceMicros = 0;
        const Ledger ledger(config);
        const auto billing = billingOf(token.fields(), config);
        QVERIFY(billing);
        const auto funds = checkFunds(token.fields(), *billing, ledger);
        QCOMPARE(funds ? QString() : funds.error().code, code);
        if (!funds) {
            QCOMPARE(funds.error().status, 402);
            QVERIFY(!funds.error().message.contains(QLatin1String("EXAMPLE")));
        }
    }

    void everyKey_isItsOwnMerchant() {
        Ledger ledger(houseConfig());
        const Secret other("aks_test_another");
        ledger.chargeMerchant(key, 300);
        ledger.chargeCustomer(other, QStringLiteral("rich"), 1);
        QCOMPARE(ledger.merchantBalance(key), 700);
        QCOMPARE(ledger.merchantBalance(other), 1000);
        QCOMPARE(ledger.customerBalance(key, QStringLiteral("rich")), std::optional<qint64>(1000));
        ledger.setMerchantBalance(5);
        QCOMPARE(ledger.merchantBalance(key), 5);
        QCOMPARE(ledger.merchantBalance(Secret("aks_test_third")), 5);
        const QList<WalletState> wallets = ledger.wallets();
        QCOMPARE(wallets.size(), 8);
        for (const WalletState& wallet : wallets)
            QVERIFY(!wallet.owner.contains(QString::fromLatin1(key.reveal())));
    }

    void limit_countsByKeyAndMinute() {
        SandboxConfig config = houseConfig();
        config.requestsPerMinute = 2;
        Ledger ledger(config);
        QCOMPARE(ledger.countRequest(key, 1000).remaining, 1);
        QVERIFY(ledger.countRequest(key, 30000).allowed);
        const RateState refused = ledger.countRequest(key, 60000);
        QVERIFY(!refused.allowed);
        QCOMPARE(refused.resetAtMs, 61000);
        QVERIFY(ledger.countRequest(Secret("aks_test_another"), 60000).allowed);
        QVERIFY(ledger.countRequest(key, 61000).allowed);
        const Refusal refusal = rateRefusal(refused, 60000);
        QCOMPARE(refusal.status, 429);
        QCOMPARE(refusal.headers.value("retry-after"), QByteArray("1"));
        QCOMPARE(rateHeaders(refused).value("x-ratelimit-reset"), QByteArray("61"));
        QCOMPARE(rateHeaders(refused).value("x-ratelimit-limit"), QByteArray("2"));
        QCOMPARE(rateHeaders(refused).value("x-ratelimit-remaining"), QByteArray("0"));
    }

    void clockThatJumpsBack_startsANewMinute() {
        SandboxConfig config = houseConfig();
        config.requestsPerMinute = 1;
        Ledger ledger(config);
        QVERIFY(ledger.countRequest(key, 100000).allowed);
        QVERIFY(ledger.countRequest(key, 50000).allowed);
    }

    void noLimit_sendsNoHeaders() {
        Ledger ledger(houseConfig());
        QVERIFY(rateHeaders(ledger.countRequest(key, 1)).isEmpty());
    }

    void records_endAtAThousand() {
        Ledger ledger(houseConfig());
        for (int number = 0; number < 1005; ++number) {
            CallRecord record;
            record.requestId = QString::number(number);
            ledger.add(key, record);
        }
        QCOMPARE(ledger.records(key).size(), 1000);
        QCOMPARE(ledger.records(key).last().requestId, QStringLiteral("1004"));
        QVERIFY(ledger.records(Secret("aks_test_another")).isEmpty());
    }

    void tokenCost_isRoundedUpAndNeverOverflows() {
        QCOMPARE(tokenCost(0, 1000000), 0);
        QCOMPARE(tokenCost(1, 150000), 1);
        QCOMPARE(tokenCost(1000000, 150000), 150000);
        QCOMPARE(tokenCost(-5, 1000000), 0);
        QCOMPARE(tokenCost(5, -1), 0);
        QVERIFY(tokenCost(std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max()) > 0);
    }

    void longerPrefix_hasItsOwnPrice() {
        QVERIFY(priceOf(QStringLiteral("gpt-4o-mini-2024")).inputMicros <
                priceOf(QStringLiteral("gpt-4o")).inputMicros);
        QVERIFY(priceOf(QStringLiteral("something new")).inputMicros > 0);
    }

    void metadata_isCheckedAsDocumented_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("pairs");
        QTest::newRow("pairs") << QByteArray(R"({"feature":"chat","User_1":"a b"})") << 2;
        QTest::newRow("empty object") << QByteArray("{}") << 0;
        QTest::newRow("no JSON") << QByteArray("feature=chat") << -1;
        QTest::newRow("list") << QByteArray(R"(["a"])") << -1;
        QTest::newRow("number") << QByteArray(R"({"a":1})") << -1;
        QTest::newRow("empty value") << QByteArray(R"({"a":""})") << -1;
        QTest::newRow("empty name") << QByteArray(R"({"":"a"})") << -1;
        QTest::newRow("dash in name") << QByteArray(R"({"a-b":"c"})") << -1;
        QTest::newRow("long value") << QByteArray(R"({"a":")" + QByteArray(256, 'x') + R"("})") << -1;
        QByteArray many = "{";
        for (int number = 0; number < 101; ++number)
            many += (number ? ",\"k" : "\"k") + QByteArray::number(number) + "\":\"v\"";
        QTest::newRow("101 pairs") << many + '}' << -1;
    }
    void metadata_isCheckedAsDocumented() {
        QFETCH(QByteArray, text);
        QFETCH(int, pairs);
        const auto fromHeader = metadataOf(requestFor("a", {{"X-Lava-Metadata", text}}), {});
        const auto fromQuery =
            metadataOf(requestFor("a"), Query::ofTarget("/?metadata=" + text.toPercentEncoding()));
        QCOMPARE(fromHeader ? static_cast<int>(fromHeader->size()) : -1, pairs);
        QCOMPARE(fromQuery ? static_cast<int>(fromQuery->size()) : -1, pairs);
    }
};

QTEST_GUILESS_MAIN(TestGatewayRules)
#include "tst_gateway_rules.moc"
