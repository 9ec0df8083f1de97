// SPDX-License-Identifier: MIT
// What the JSON inside a token says: shape, fields, generations, and the sentence about it.
#include "core/token/inspect_token.h"
#include "report_parts.h"

#include <QTest>

#include <algorithm>

using namespace lavascope;

class TestTokenJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenJson_isJudged_data();
    void tokenJson_isJudged();
    void oldGeneration_isNamedAndReadable_data();
    void oldGeneration_isNamedAndReadable();
    void fields_areAlwaysTheFiveInOrder();
    void absentNullAndValue_areThreeThings();
    void headline_isATrueSentence_data();
    void headline_isATrueSentence();
    void secrets_areNeverShown_data();
    void secrets_areNeverShown();
    void manyFaults_areListedUpToAHundred();
};

void TestTokenJson::tokenJson_isJudged_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("usable");
    QTest::addColumn<QString>("codes");
    const auto row = [](const char* name, const QByteArray& json, bool usable, const char* codes) {
        QTest::newRow(name) << json << usable << QString::fromLatin1(codes);
    };
    row("good", R"({"secret_key":"aks_live_x"})", true, "");
    row("blanks between", R"({ "secret_key" : "aks_live_x" , "meter_slug" : null })", true, "");
    row("duplicate key", R"({"secret_key":"aks_live_a","secret_key":"aks_live_b"})", false,
        "duplicate_field");
    row("duplicate by escapes", R"({"secret_key":"aks_live_a","secret\u005fkey":"aks_live_b"})", false,
        "duplicate_field");
    row("unknown field", R"({"secret_key":"aks_live_x","model":"gpt"})", true, "unknown_field");
    row("camel case", R"({"secretKey":"aks_live_x"})", false, "unknown_field secret_key_missing");
    row("null key", R"({"secret_key":null})", false, "secret_key_missing");
    row("key is a number", R"({"secret_key":5})", false, "wrong_type");
    row("key is an object", R"({"secret_key":{"a":1}})", false, "wrong_type");
    row("flag is a text", R"({"secret_key":"aks_live_x","disable_billing":"true"})", false, "wrong_type");
    row("flag is null", R"({"secret_key":"aks_live_x","disable_billing":null})", true, "flag_is_null");
    row("flag alone", R"({"secret_key":"aks_live_x","disable_billing":true})", true,
        "disable_billing_meaningless");
    row("flag false alone", R"({"secret_key":"aks_live_x","disable_billing":false})", true, "");
    row("customer alone", R"({"secret_key":"aks_live_x","customer_id":"con_a"})", false,
        "customer_without_meter");
    row("customer with null meter", R"({"secret_key":"aks_live_x","customer_id":"con_a","meter_slug":null})",
        false, "customer_without_meter");
    row("empty customer", R"({"secret_key":"aks_live_x","customer_id":"","meter_slug":"m"})", false,
        "empty_value");
    row("empty provider key", R"({"secret_key":"aks_live_x","provider_key":""})", false, "empty_value");
    row("blank in front of key", R"({"secret_key":" aks_live_x"})", false, "blanks_around_value");
    row("line feed after key", R"({"secret_key":"aks_live_x\n"})", false, "blanks_around_value");
    row("blank in key", R"({"secret_key":"aks_live_x y"})", false, "blank_in_key");
    row("NUL in key", R"({"secret_key":"aks_live_x\u0000"})", false, "invisible_in_value");
    row("zero-width in key", "{\"secret_key\":\"aks_live_\xE2\x80\x8Bx\"}", false, "invisible_in_value");
    row("half a character in key", R"({"secret_key":"aks_live_\ud83d"})", false, "secret_not_utf8");
    row("bidi in slug",
        "{\"secret_key\":\"aks_live_x\",\"meter_slug\":\"a\xE2\x80\xAE"
        "b\"}",
        true, "invisible_in_value");
    row("blank after slug", R"({"secret_key":"aks_live_x","meter_slug":"m "})", true, "blanks_around_value");
    row("key of other kind", R"({"secret_key":"foo"})", false, "secret_key_wrong_kind");
    row("placeholder", R"({"secret_key":"YOUR_SECRET_KEY"})", false, "secret_key_wrong_kind");
    row("spend key inside", R"({"secret_key":"lava_sk_x"})", false, "secret_key_wrong_kind");
    row("provider key as secret key", R"({"secret_key":"sk-ant-x"})", false, "secret_key_wrong_kind");
    row("Stripe's key inside", R"({"secret_key":"sk_live_x"})", false, "secret_key_wrong_kind");
    row("secret key as provider key", R"({"secret_key":"aks_live_x","provider_key":"aks_live_x"})", false,
        "provider_key_wrong_kind");
    row("provider key of unknown shape", R"({"secret_key":"aks_live_x","provider_key":"0123abcd"})", true,
        "");
    row("key as customer", R"({"secret_key":"aks_live_x","customer_id":"aks_live_y","meter_slug":"m"})", true,
        "credential_in_id");
    row("request as customer", R"({"secret_key":"aks_live_x","customer_id":"req_1","meter_slug":"m"})", true,
        "customer_id_wrong_kind");
    row("meter's id as slug", R"({"secret_key":"aks_live_x","meter_slug":"prd_1"})", true,
        "meter_id_for_slug");
    row("list", "[\"aks_live_x\"]", false, "unknown_credential");
    row("deep nesting",
        "{\"secret_key\":\"aks_live_x\",\"a\":" + QByteArray(200'000, '[') + QByteArray(200'000, ']') + "}",
        true, "unknown_field longer_than_a_header");
}

void TestTokenJson::tokenJson_isJudged() {
    QFETCH(QByteArray, json);
    QFETCH(bool, usable);
    QFETCH(QString, codes);
    const TokenReport report = inspectToken(tokenOf(json));
    QCOMPARE(codesOf(report).join(QLatin1Char(' ')), codes);
    QCOMPARE(report.usable, usable);
}

void TestTokenJson::oldGeneration_isNamedAndReadable_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("generation");
    QTest::addColumn<QByteArray>("payer");
    QTest::addColumn<QString>("fields");
    const auto row = [](const char* name, const char* json, const char* generation, const char* payer,
                        const char* more) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(generation) << QByteArray(payer)
                            << QStringLiteral(
                                   "secret_key customer_id meter_slug provider_key disable_billing") +
                                   QString::fromLatin1(more);
    };
    row("G0", R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a","product_secret":"ps_live_b"})",
        "connection_product", "customer", " connection_secret product_secret");
    row("G0 unmanaged",
        R"({"secret_key":"aks_live_x","connection_secret":null,"product_secret":null,"provider_key":"sk-x"})",
        "connection_product", "provider_account", " connection_secret product_secret");
    row("G0 without product", R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a"})",
        "connection_product", "customer", " connection_secret");
    row("G0 without connection", R"({"secret_key":"aks_live_x","product_secret":"ps_live_b"})",
        "connection_product", "unknown", " product_secret");
    row("G1", R"({"secret_key":"aks_live_x","connection_id":"con_a","meter_slug":"m"})", "connection_meter",
        "customer", " connection_id");
    row("G1 unmanaged",
        R"({"secret_key":"aks_live_x","connection_id":null,"meter_slug":null,"provider_key":"sk-x"})",
        "connection_meter", "provider_account", " connection_id");
    row("G2", R"({"secret_key":"aks_live_x","customer_id":"con_a","meter_slug":"m"})", "customer_meter",
        "customer", "");
    row("G4 key only", R"({"secret_key":"aks_live_x"})", "minimal", "merchant", "");
    row("G4 key and provider key", R"({"secret_key":"aks_live_x","provider_key":"sk-x"})", "minimal",
        "provider_account", "");
}

void TestTokenJson::oldGeneration_isNamedAndReadable() {
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, generation);
    QFETCH(QByteArray, payer);
    QFETCH(QString, fields);
    const TokenReport report = inspectToken(tokenOf(json));
    QCOMPARE(QByteArray(generationName(report.generation)), generation);
    QCOMPARE(QByteArray(payerName(report.payer)), payer);
    QStringList names;
    for (const TokenFieldReport& field : report.fields)
        names.append(field.name);
    QCOMPARE(names.join(QLatin1Char(' ')), fields);
    // What nobody documents any more may still work; it is a warning, not a verdict.
    QVERIFY(report.usable);
    QCOMPARE(codesOf(report).contains(QStringLiteral("old_generation")), generation.startsWith("connection"));
}

void TestTokenJson::fields_areAlwaysTheFiveInOrder() {
    const TokenReport report = inspectToken(tokenOf(R"({"disable_billing":true,"secret_key":"aks_test_x"})"));
    QStringList states;
    for (const TokenFieldReport& field : report.fields)
        states.append(field.name + QLatin1Char('=') + QString::number(int(field.state)));
    QCOMPARE(states, (QStringList{QStringLiteral("secret_key=0"), QStringLiteral("customer_id=2"),
                                  QStringLiteral("meter_slug=2"), QStringLiteral("provider_key=2"),
                                  QStringLiteral("disable_billing=0")}));
    QCOMPARE(fieldOf(report, "disable_billing")->value, QStringLiteral("true"));
}

void TestTokenJson::absentNullAndValue_areThreeThings() {
    const TokenReport report =
        inspectToken(tokenOf(R"({"secret_key":"aks_test_x","customer_id":null,"meter_slug":"m"})"));
    QCOMPARE(fieldOf(report, "customer_id")->state, FieldState::Null);
    QCOMPARE(fieldOf(report, "meter_slug")->state, FieldState::Value);
    QCOMPARE(fieldOf(report, "meter_slug")->value, QStringLiteral("m"));
    QCOMPARE(fieldOf(report, "provider_key")->state, FieldState::Absent);
    QVERIFY(report.parsed->customerId.isNull());
    QVERIFY(report.parsed->providerKey.isAbsent());
}

void TestTokenJson::headline_isATrueSentence_data() {
    QTest::addColumn<QByteArray>("pasted");
    QTest::addColumn<QString>("headline");
    const auto row = [](const QByteArray& pasted, const char* headline) {
        QTest::newRow(headline) << pasted << QString::fromUtf8(headline);
    };
    row(token, "Live forward token: customer conn_abc123 pays, priced by meter my-meter.");
    row(tokenOf(R"({"secret_key":"aks_test_x"})"), "Test forward token: the merchant's wallet pays.");
    row(tokenOf(R"({"secret_key":"aks_test_x","meter_slug":"m"})"),
        "Test forward token: the merchant's wallet pays, attributed to meter m.");
    row(tokenOf(R"({"secret_key":"aks_test_x","customer_id":"con_a"})"),
        "Test forward token that cannot be used: a customer is named without a meter, so the call has no "
        "price; the "
        "SDK refuses it.");
    row(tokenOf(R"({"secret_key":"aks_test_x","customer_id":5})"),
        "Test forward token that cannot be used: customer_id is a number, but must be a text or null.");
    row(tokenOf(R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a","product_secret":"ps_b"})"),
        "Live forward token: the customer of the connection secret pays, priced by the product.");
    row(tokenOf(R"({"secret_key":"aks_live_x","connection_secret":"cons_live_a"})"),
        "Live forward token: the customer of the connection secret pays at default prices, as no product is "
        "named.");
    row("aks_live_abcdefghijkl", "Live secret key: the merchant's wallet pays.");
    row("lava_sk_abcdefghijkl",
        "This is a spend key, which an AI tool takes as its API key and the forward proxy does not.");
    row("hello!", "This is no credential that is known here. It breaks off at the character '!', which is "
                  "not in the alphabet of base64.");
}

void TestTokenJson::headline_isATrueSentence() {
    QFETCH(QByteArray, pasted);
    QFETCH(QString, headline);
    QCOMPARE(inspectToken(pasted).headline, headline);
}

void TestTokenJson::secrets_areNeverShown_data() {
    QTest::addColumn<QByteArray>("pasted");
    const QByteArray canary = "CANARYcanary0123456789";
    const auto row = [](const char* name, const QByteArray& pasted) { QTest::newRow(name) << pasted; };
    row("key", "aks_live_" + canary);
    row("key with a bad character", "aks_live_" + canary + "\xE2\x80\x8B!");
    row("provider key", "sk-ant-" + canary);
    row("spend key", "lava_sk_" + canary);
    row("unknown text", canary + "!" + canary);
    row("assignment", canary + "=aks_live_" + canary);
    row("token",
        tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","provider_key":"sk-)" + canary + "\"}"));
    row("key in the wrong fields",
        tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","customer_id":"aks_live_)" + canary +
                R"(","meter_slug":"x sk-ant-)" + canary + "\"}"));
    row("provider key in the ids",
        tokenOf(R"({"secret_key":"aks_live_x","customer_id":"x)" + canary + R"(","meter_slug":")" + canary +
                R"(","provider_key":")" + canary + "\"}"));
    row("nameless key as a name",
        tokenOf(R"({"secret_key":")" + canary + R"(",")" + canary + R"(":1,")" + canary + "\":2}"));
    row("key as a name", tokenOf(R"({"aks_live_)" + canary + R"(":1,"aks_live_)" + canary + "\":2}"));
    row("key in a list", tokenOf(R"({"secret_key":["aks_live_)" + canary +
                                 R"("],"customer_id":{"a":"aks_live_)" + canary + "\"}}"));
    row("key that is a number", tokenOf(R"({"secret_key":)" + QByteArray("98765432109876543210") + "}"));
    row("cut token", tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","customer_id":"a)").chopped(4));
    row("JSON not encoded", R"({"secret_key":"aks_live_)" + canary + "\"}");
    row("dotted", "aks_live_" + canary + ".cons_live_" + canary + ".ps_live_" + canary);
    row("JWT", "eyJhbGciOiJIUzI1NiJ9." + canary + "." + canary);
    row("old secrets", tokenOf(R"({"secret_key":"aks_live_)" + canary + R"(","connection_secret":")" +
                               canary + R"(","product_secret":")" + canary + "\"}"));
}

void TestTokenJson::secrets_areNeverShown() {
    QFETCH(QByteArray, pasted);
    const TokenReport report = inspectToken(pasted);
    QString shown =
        report.headline + report.unknownFields.join(QLatin1Char(' ')) + report.layers.join(QLatin1Char(' '));
    for (const TokenFieldReport& field : report.fields)
        shown += field.name + field.value + field.masked + field.fingerprint;
    for (const Finding& finding : report.findings)
        shown += finding.code + finding.message + finding.fix;
    QVERIFY2(!shown.contains(QStringLiteral("CANARY")) && !shown.contains(QStringLiteral("canary0123")),
             qPrintable(shown));
    QVERIFY2(!shown.contains(QStringLiteral("9876543210")), qPrintable(shown));
}

void TestTokenJson::manyFaults_areListedUpToAHundred() {
    QByteArray json = "{\"secret_key\":\"aks_live_x\"";
    for (int i = 0; i < 50'000; ++i)
        json += ",\"unknown" + QByteArray::number(i) + "\":1";
    const TokenReport report = inspectToken(tokenOf(json + "}"));
    QCOMPARE(report.findings.size(), size_t(101));
    QCOMPARE(report.unknownFields.size(), 100);
    QVERIFY(report.usable);
}

QTEST_GUILESS_MAIN(TestTokenJson)
#include "tst_token_json.moc"
