// SPDX-License-Identifier: MIT
#include "core/token/gateway_facts.h"

#include <QTest>

using namespace lavascope;

class TestGatewayFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meter_isFoundAndSaid_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("readable");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("next");
        const auto row = [](const char* name, const char* body, bool readable, const char* sentence,
                            const char* next = "") {
            QTest::newRow(name) << QByteArray(body) << readable << QString::fromLatin1(sentence)
                                << QString::fromLatin1(next);
        };
        row("as documented",
            R"({"data":[{"meter_slug":"n"},{"meter_id":"prd_1","meter_slug":"m","name":"M","rate_type":"fixed","tiers":[{"start":0,"rate":"4.0000000000","type":"tokens_1m"},{"start":5,"rate":"3","type":"tokens_1m"},{"start":9,"rate":"2","type":"tokens_1m"}]}],"has_more":false})",
            true, "Meter m: 3 tiers, fixed, 4.00 per 1M tokens.");
        row("one tier by minutes",
            R"({"data":[{"meter_slug":"m","rate_type":"percentage","tiers":[{"rate":"12.5","type":"minutes"}]}]})",
            true, "Meter m: 1 tier, percentage, 12.5 per minute.");
        row("bare list", R"([{"meter_slug":"m"}])", true, "Meter m: 0 tiers.");
        row("a number as the rate", R"({"data":[{"meter_slug":"m","tiers":[{"rate":3,"type":"requests"}]}]})",
            true, "Meter m: 1 tier, 3 per request.");
        row("not there", R"({"data":[{"meter_slug":"M"}],"has_more":true,"next_cursor":"c"})", true, "", "c");
        row("slug is no text", R"({"data":[{"meter_slug":5}]})", true, "");
        row("next page without more", R"({"data":[],"has_more":false,"next_cursor":"c"})", true, "");
        row("no list", R"({"error":"x"})", false, "");
        row("HTML", "<html>", false, "");
        row("nothing", "", false, "");
    }
    void meter_isFoundAndSaid() {
        QFETCH(QByteArray, body);
        QFETCH(bool, readable);
        QFETCH(QString, sentence);
        QFETCH(QString, next);
        const MeterPage page = readMeterPage(body, QStringLiteral("m"));
        QCOMPARE(page.readable, readable);
        QCOMPARE(page.meter ? meterSentence(QStringLiteral("m"), *page.meter) : QString(), sentence);
        QCOMPARE(page.nextCursor, next);
    }

    void subscription_isSaid_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const char* body, const char* sentence) {
            QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(sentence);
        };
        row("as documented",
            R"({"subscription":{"status":"active","cycle_end_at":"2026-12-01T00:00:00.000Z","plan":{"name":"Pro","included_credit":"10.0000000000"},"credits":{"total_remaining":"4.2000000000"}}})",
            "Subscription to Pro: active, credit left 4.20 of 10.00, cycle ends 2026-12-01.");
        row("wrapped", R"({"data":{"subscription":{"status":"cancelled"}}})", "Subscription: cancelled.");
        row("none", R"({"subscription":null})",
            "The customer has no subscription, so there is no credit on a plan.");
        row("hostile texts", R"({"subscription":{"status":"a\u202eb","plan":{"name":"<b>x</b>\n\u001b"}}})",
            "Subscription to <b>x</b><U+000A><U+001B>: a<U+202E>b.");
        row("unreadable", R"({"subscription":"x"})", "");
        row("another object", R"({"a":1})", "");
    }
    void subscription_isSaid() {
        QFETCH(QByteArray, body);
        QFETCH(QString, sentence);
        const std::optional<SubscriptionFacts> facts = readSubscription(body);
        QCOMPARE(facts ? subscriptionSentence(*facts) : QString(), sentence);
    }

    void customer_isRead() {
        QCOMPARE(readCustomer(R"({"customer_id":"c","subscription":{}})")->hasSubscription, true);
        QCOMPARE(readCustomer(R"({"data":{"customer_id":"c"}})")->customerId, QStringLiteral("c"));
        QVERIFY(!readCustomer(R"({"customer_id":5})"));
        QVERIFY(!readCustomer("[]"));
    }

    void hugeAnswer_isNotRead() {
        const QByteArray body = "{\"data\":[" + QByteArray(5 * 1024 * 1024, ' ') + "]}";
        QVERIFY(!readMeterPage(body, QStringLiteral("m")).readable);
    }
};

QTEST_GUILESS_MAIN(TestGatewayFacts)
#include "tst_gateway_facts.moc"
