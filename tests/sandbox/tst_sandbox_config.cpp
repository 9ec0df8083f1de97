// SPDX-License-Identifier: MIT
#include "sandbox/fault_queue.h"
#include "sandbox/sandbox_config.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestSandboxConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standard_letsCustomerBillingBeTriedAtOnce() {
        const SandboxConfig config = SandboxConfig::standard();
        QVERIFY(!config.customers.isEmpty());
        QVERIFY(!config.meters.isEmpty());
        QVERIFY(config.merchantBalanceMicros > 0);
        QVERIFY(!config.passthrough);
    }

    void emptyObject_isTheStandard() {
        const auto config = parseSandboxConfig("{}");
        QVERIFY(config);
        QCOMPARE(config->customers.size(), SandboxConfig::standard().customers.size());
        QCOMPARE(config->meters.size(), SandboxConfig::standard().meters.size());
    }

    void everyMember_isRead() {
        const auto config = parseSandboxConfig(R"({
            "port": 8181, "upstream": "passthrough", "pace": 0.5, "merchant_balance_usd": 12.345678,
            "requests_per_minute": 60,
            "meters": [{"slug": "m", "usd_per_request": 0.001, "usd_per_million_tokens": 2}],
            "customers": [{"id": "conn_a", "balance_usd": 5, "meters": ["m"]}, {"id": "conn_b"}],
            "faults": ["429:times=2,retry_after=3", "hang"], "coach": ["503", "drop:times=1"],
            "provider_keys": {"api.openai.com": "sk-EXAMPLE"},
            "allowed_targets": ["192.168.1.20"]})");
        QVERIFY2(config, config ? "" : qPrintable(config.error().message));
        QCOMPARE(config->port, quint16(8181));
        QVERIFY(config->passthrough);
        QCOMPARE(config->pace, 0.5);
        QCOMPARE(config->merchantBalanceMicros, 12345678);
        QCOMPARE(config->requestsPerMinute, 60);
        QCOMPARE(config->meters.size(), 1);
        QCOMPARE(config->meters[0].microsPerRequest, 1000);
        QCOMPARE(config->meters[0].microsPerMillionTokens, 2000000);
        QCOMPARE(config->customers.size(), 2);
        QCOMPARE(config->customers[0].balanceMicros, 5000000);
        QCOMPARE(config->customers[0].meters, QStringList{QStringLiteral("m")});
        QCOMPARE(config->customers[1].balanceMicros, 0);
        QCOMPARE(config->faults.size(), 2);
        QCOMPARE(config->faults[0].retryAfter, std::optional(3000ms));
        QCOMPARE(config->coach.size(), 2);
        QCOMPARE(config->coach[0].times, 3);
        QCOMPARE(config->coach[1].times, 1);
        QCOMPARE(config->providerKeys.value(QStringLiteral("api.openai.com")).reveal(),
                 QByteArray("sk-EXAMPLE"));
        QCOMPARE(config->allowedTargets, QStringList{QStringLiteral("192.168.1.20")});
    }

    void ownMeters_removeExampleCustomersThatDoNotFit() {
        const auto config = parseSandboxConfig(R"({"meters": [{"slug": "mine"}]})");
        QVERIFY(config);
        QVERIFY(!config->customers.isEmpty());
        for (const SandboxCustomer& customer : config->customers)
            QVERIFY(customer.meters.isEmpty());
    }

    void badFile_isRefusedWithPlaceAndPath_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const char* json, const char* part) {
            QTest::newRow(name) << QByteArray(json) << QString::fromLatin1(part);
        };
        row("not JSON", "{\n \"port\": 1,\n}", "line 3, column 1");
        row("empty", "", "line 1, column 1");
        row("a list", "[]", "must be an object");
        row("unknown member", "{\n  \"prot\": 1}",
            "`prot` is no member that is known here (line 2, column 3)");
        row("unknown nested member", R"({"customers":[{"id":"a","balance":1}]})", "`customers[0].balance`");
        row("member twice", R"({"port":1,"port":2})", "`port` stands twice");
        row("port too high", R"({"port":65536})", "`port` must be a whole number from 0 to 65535");
        row("port as text", R"({"port":"1"})", "`port` must be a whole number");
        row("port with fraction", R"({"port":1.5})", "`port` must be a whole number");
        row("negative balance", R"({"merchant_balance_usd":-1})", "`merchant_balance_usd`");
        row("balance as text", R"({"merchant_balance_usd":"10"})", "`merchant_balance_usd`");
        row("too much money", R"({"merchant_balance_usd":1e30})", "`merchant_balance_usd`");
        row("pace", R"({"pace":-0.5})", "`pace` must be a number from 0 to 100");
        row("upstream", R"({"upstream":"openai"})", "\"builtin\" or \"passthrough\"");
        row("customer without id", R"({"customers":[{"balance_usd":1}]})",
            "`customers[0]` must be an object with an `id`");
        row("customer twice", R"({"customers":[{"id":"a"},{"id":"a"}]})", "`customers[1].id`");
        row("customers no list", R"({"customers":{}})", "`customers` must be a list");
        row("meter without slug", R"({"meters":[{}]})", "`meters[0]`");
        row("meter twice", R"({"meters":[{"slug":"a"},{"slug":"a"}]})", "`meters[1].slug`");
        row("plan without meter", R"({"customers":[{"id":"a","meters":["nope"]}]})", "`a` has `nope`");
        row("bad fault", R"({"faults":["999"]})", "`faults[0]` must be a fault");
        row("coach without an end", R"({"coach":["503:times=101"]})", "`coach[0]` must be a fault");
        row("key source", R"({"provider_keys":{"api.openai.com":"env:KEY"}})",
            "`provider_keys.api.openai.com`");
        row("key with line end", R"({"provider_keys":{"api.openai.com":"a\r\nb"}})", "printable");
        row("key for URL", "{\"provider_keys\":{\"https://api.openai.com\":\"sk\"}}", "named by a host");
        row("empty target", R"({"allowed_targets":[""]})", "`allowed_targets[0]`");
    }
    void badFile_isRefusedWithPlaceAndPath() {
        QFETCH(QByteArray, json);
        QFETCH(QString, part);
        const auto config = parseSandboxConfig(json);
        QVERIFY(!config);
        QCOMPARE(config.error().code, QStringLiteral("config_invalid"));
        QVERIFY2(config.error().message.contains(part), qPrintable(config.error().message));
    }

    void badKey_isNotRepeatedInTheError() {
        const auto config =
            parseSandboxConfig(R"({"provider_keys":{"api.openai.com":"sk-CANARY with blank"}})");
        QVERIFY(!config);
        QVERIFY(!config.error().message.contains(QLatin1String("CANARY")));
    }

    void fault_isReadAndWritten_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const auto row = [](const char* text, const char* written) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written);
        };
        row("503", "503");
        row(" 429:times=2,retry_after=3 ", "429:times=2,retry_after=3");
        row("429: retry_after=0.25", "429:retry_after=0.25");
        row("cut", "cut:after=3");
        row("CUT:after=0,times=1", "cut:after=0,times=1");
        row("hang:times=1", "hang:times=1");
        row("drop", "drop");
    }
    void fault_isReadAndWritten() {
        QFETCH(QString, text);
        QFETCH(QString, written);
        const auto fault = parseFault(text);
        QVERIFY2(fault, fault ? "" : qPrintable(fault.error().message));
        QCOMPARE(faultText(*fault), written);
        const auto again = parseFault(faultText(*fault));
        QVERIFY(again);
        QVERIFY(*again == *fault);
    }

    void badFault_isRefusedWithHelp_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "200",
                                 "399",
                                 "600",
                                 "-503",
                                 "5o3",
                                 "cut:after=-1",
                                 "cut:after=x",
                                 "hang:after=1",
                                 "drop:after=1",
                                 "503:after=1",
                                 "503:times=0",
                                 "503:times=-1",
                                 "503:times=",
                                 "cut:retry_after=1",
                                 "429:retry_after=inf",
                                 "429:retry_after=1e9",
                                 "429:retry_after=-1",
                                 "503:",
                                 "503:x",
                                 "503:times=99999999999",
                                 "sleep",
                                 "\xd9\xa5\xd9\xa0\xd9\xa3"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void badFault_isRefusedWithHelp() {
        QFETCH(QString, text);
        const auto fault = parseFault(text);
        QVERIFY(!fault);
        QCOMPARE(fault.error().code, QStringLiteral("fault_invalid"));
        QCOMPARE(fault.error().fix, faultHelp());
    }

    void stepOfTheCoach_alwaysEnds() {
        QCOMPARE(faultText(*parseCoachStep(QStringLiteral("429:retry_after=1"))),
                 QStringLiteral("429:times=3,retry_after=1"));
        QCOMPARE(faultText(*parseCoachStep(QStringLiteral("drop:times=100"))),
                 QStringLiteral("drop:times=100"));
        const auto endless = parseCoachStep(QStringLiteral("503:times=101"));
        QVERIFY(!endless);
        QCOMPARE(endless.error().code, QStringLiteral("coach_invalid"));
        QCOMPARE(endless.error().fix, coachHelp());
        QCOMPARE(parseCoachStep(QStringLiteral("200")).error().code, QStringLiteral("fault_invalid"));
    }

    void faults_areUsedUpInOrder() {
        FaultQueue queue;
        queue.set({*parseFault(QStringLiteral("503:times=2")), *parseFault(QStringLiteral("hang:times=1")),
                   *parseFault(QStringLiteral("500"))});
        QStringList hits;
        for (int request = 0; request < 5; ++request)
            hits << faultText(*queue.take()).section(QLatin1Char(':'), 0, 0);
        QCOMPARE(hits.join(QLatin1Char(' ')), QStringLiteral("503 503 hang 500 500"));
        QCOMPARE(queue.remaining().size(), 1);
        queue.set({});
        QVERIFY(!queue.take());
    }
};

QTEST_GUILESS_MAIN(TestSandboxConfig)
#include "tst_sandbox_config.moc"
