// SPDX-License-Identifier: MIT
// Asking a gateway about a credential: the real built-in one, and broken ones.
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;

namespace {

constexpr int patience = 60'000;

QByteArray answer(const QByteArray& status, const QByteArray& body, const QByteArray& fields = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + fields +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

const QByteArray noMeters = answer("200 OK", R"({"data":[],"has_more":false})");

TokenFields fieldsOf(const QByteArray& key, const QString& customer = {}, const QString& meter = {}) {
    TokenFields fields;
    fields.secretKey = Secret(key);
    if (!customer.isEmpty())
        fields.customerId = customer;
    if (!meter.isEmpty())
        fields.meterSlug = meter;
    return fields;
}

/// `what state, what state, …`
QString summaryOf(const CredentialCheck& check) {
    QStringList parts;
    for (const CheckedThing& thing : check.things())
        parts += thing.what + QLatin1Char(' ') + QLatin1String(knownName(thing.known));
    return parts.join(QStringLiteral(", "));
}

} // namespace

Q_DECLARE_METATYPE(FaultScript)

class TestGatewayCheck : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<CredentialCheck> check(const TokenFields& fields, const QByteArray& gateway) {
        auto made = m_workbench.checkCredential(fields, gateway);
        if (!made) {
            qWarning("%s", qPrintable(made.error().message));
            return nullptr;
        }
        const QSignalSpy finished(made->get(), &CredentialCheck::finished);
        (*made)->start();
        if (!QTest::qWaitFor([&] { return finished.count() > 0; }, patience))
            return nullptr;
        QCoreApplication::processEvents();
        if (finished.count() != 1)
            return nullptr;
        return *std::move(made);
    }
    Workbench m_workbench;

private Q_SLOTS:
    void sandbox_knowsItsCustomersAndMeters_data() {
        QTest::addColumn<QString>("customer");
        QTest::addColumn<QString>("meter");
        QTest::addColumn<QString>("summary");
        const auto row = [](const char* name, const char* customer, const char* meter, const char* summary) {
            QTest::newRow(name) << QString::fromLatin1(customer) << QString::fromLatin1(meter)
                                << QString::fromLatin1(summary);
        };
        row("key alone", "", "", "key known");
        row("meter", "", "demo-meter", "key known, meter known");
        row("customer and meter", "conn_demo", "demo-meter",
            "key known, meter known, customer known, subscription known");
        row("no such customer", "conn_x/../y?z", "demo-meter", "key known, meter known, customer unknown");
        row("no such meter", "conn_demo", "nope",
            "key known, meter unknown, customer known, subscription known");
    }
    void sandbox_knowsItsCustomersAndMeters() {
        QFETCH(QString, customer);
        QFETCH(QString, meter);
        QFETCH(QString, summary);
        QVERIFY(m_workbench.sandbox().start({}));
        const auto done =
            check(fieldsOf("aks_test_check_1", customer, meter), m_workbench.sandbox().origin());
        QVERIFY(done);
        QCOMPARE(summaryOf(*done), summary);
        QVERIFY(!done->diagnosis());
        QCOMPARE(done->knowsAll(), !summary.contains(QStringLiteral("unknown")));
        m_workbench.sandbox().stop();
    }

    void brokenGateway_isDiagnosed_data() {
        QTest::addColumn<FaultScript>("script");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<bool>("hasDiagnosis");
        const auto row = [](const char* name, const FaultScript& script, const char* summary,
                            bool diagnosis) {
            QTest::newRow(name) << script << QString::fromLatin1(summary) << diagnosis;
        };
        row("wrong key",
            {say(answer("401 Unauthorized", R"({"error":{"message":"no","code":"x","status":401}})")), fin()},
            "key unknown", true);
        row("too many requests", {say(answer("429 Too Many Requests", "{}", "Retry-After: 3\r\n")), fin()},
            "", true);
        row("gateway down", {say(answer("503 Service Unavailable", "down")), fin()}, "", true);
        row("connection reset", {reset()}, "", true);
        row("HTML", {say(answer("200 OK", "<html>hello</html>")), fin()}, "key untold", false);
        row("cut answer", {say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":["), fin()}, "",
            true);
        row("no such path", {say(answer("404 Not Found", "{}")), fin()}, "key untold", false);
    }
    void brokenGateway_isDiagnosed() {
        QFETCH(FaultScript, script);
        QFETCH(QString, summary);
        QFETCH(bool, hasDiagnosis);
        FaultServer peer(FaultServer::Settings{.scripts = {script}});
        const auto done = check(fieldsOf("aks_test_check_2", QStringLiteral("c"), QStringLiteral("m")),
                                "http://127.0.0.1:" + QByteArray::number(peer.port()));
        QVERIFY(done);
        QCOMPARE(summaryOf(*done), summary);
        QCOMPARE(done->diagnosis().has_value(), hasDiagnosis);
        QVERIFY(!done->knowsAll());
        QCOMPARE(peer.requests(), 1); // nothing is asked twice, and nothing after a failure
    }

    void metersAreLookedThroughPageByPage() {
        const QByteArray first =
            answer("200 OK", R"({"data":[{"meter_slug":"a"}],"has_more":true,"next_cursor":"c&1"})");
        const QByteArray second = answer("200 OK", R"({"data":[{"meter_slug":"m"}],"has_more":false})");
        FaultServer peer(FaultServer::Settings{.scripts = {{say(first), fin()}, {say(second), fin()}}});
        const auto done = check(fieldsOf("aks_test_check_3", {}, QStringLiteral("m")),
                                "http://127.0.0.1:" + QByteArray::number(peer.port()));
        QVERIFY(done);
        QCOMPARE(summaryOf(*done), QStringLiteral("key known, meter known"));
        QCOMPARE(peer.requests(), 2);
        QVERIFY2(peer.received().at(1).contains("GET /v1/meters?limit=100&cursor=c%261 "),
                 peer.received().at(1));
    }
    void endlessPages_comeToAnEnd() {
        const QByteArray page = answer("200 OK", R"({"data":[],"has_more":true,"next_cursor":"c"})");
        FaultServer peer(FaultServer::Settings{.scripts = {{say(page), fin()}}});
        const auto done = check(fieldsOf("aks_test_check_4", {}, QStringLiteral("m")),
                                "http://127.0.0.1:" + QByteArray::number(peer.port()));
        QVERIFY(done);
        QCOMPARE(summaryOf(*done), QStringLiteral("key known, meter untold"));
        QCOMPARE(peer.requests(), 20);
    }

    // The customer is known; that nobody sold a plan to it is worth saying, and no failure.
    void customerWithoutSubscription_isKnown() {
        FaultServer peer(
            FaultServer::Settings{.scripts = {{say(noMeters), fin()},
                                              {say(answer("200 OK", R"({"customer_id":"c"})")), fin()},
                                              {say(answer("200 OK", R"({"subscription":null})")), fin()}}});
        const auto done = check(fieldsOf("aks_test_check_6", QStringLiteral("c")),
                                "http://127.0.0.1:" + QByteArray::number(peer.port()));
        QVERIFY(done);
        QCOMPARE(summaryOf(*done), QStringLiteral("key known, customer known, subscription none"));
        QVERIFY(done->things().back().sentence.contains(QStringLiteral("no subscription")));
        QVERIFY(done->knowsAll());
    }

    void stoppedCheck_doesNotKnowAll() {
        FaultServer peer(FaultServer::Settings{.scripts = {{hang()}}});
        const auto made = m_workbench.checkCredential(fieldsOf("aks_test_check_5"),
                                                      "http://127.0.0.1:" + QByteArray::number(peer.port()));
        QVERIFY(made);
        QVERIFY(!(*made)->knowsAll());
        (*made)->start();
        QTRY_COMPARE_WITH_TIMEOUT(peer.requests(), 1, patience);
        QVERIFY(!(*made)->isDone());
        QVERIFY(!(*made)->knowsAll());
    }

    void wrongQuestion_sendsNothing_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("gateway");
        QTest::addColumn<QString>("code");
        QTest::newRow("no key") << QByteArray() << QByteArray() << QStringLiteral("secret_key_missing");
        QTest::newRow("live key to this computer")
            << QByteArray("aks_live_x") << QByteArray("http://127.0.0.1:1")
            << QStringLiteral("live_key_to_loopback");
        QTest::newRow("key of no mode")
            << QByteArray("abc") << QByteArray() << QStringLiteral("gateway_unknown");
        QTest::newRow("plain http elsewhere") << QByteArray("aks_test_x") << QByteArray("http://example.com")
                                              << QStringLiteral("gateway_not_https");
    }
    void wrongQuestion_sendsNothing() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, gateway);
        QFETCH(QString, code);
        const auto made = m_workbench.checkCredential(fieldsOf(key), gateway);
        QVERIFY(!made);
        QCOMPARE(made.error().code, code);
    }

    void keyDecidesWhichGatewayIsAsked() {
        QCOMPARE((*m_workbench.checkCredential(fieldsOf("aks_live_x"), {}))->gateway(),
                 QByteArray("https://api.lava.so"));
        QCOMPARE((*m_workbench.checkCredential(fieldsOf("aks_test_x"), {}))->gateway(),
                 QByteArray("https://sandbox-api.lavapayments.com"));
    }
};

QTEST_GUILESS_MAIN(TestGatewayCheck)
#include "tst_gateway_check.moc"
