// SPDX-License-Identifier: MIT
#include "core/token/token_fields.h"
#include "sandbox/credential_check.h"

#include <QTest>

using namespace lavascope;

namespace {

ReceivedRequest requestWith(const Headers& headers) {
    ReceivedRequest request;
    request.headers = headers;
    return request;
}

Judged<Caller> callerWith(const QByteArray& name, const QByteArray& value) {
    return callerOf(requestWith({{name, value}}), {});
}

QByteArray tokenOf(const QByteArray& json) {
    return json.toBase64();
}

const QByteArray key = "aks_test_EXAMPLEnotARealKey0000";

} // namespace

class TestCredentialCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bareTestKey_isTakenInEveryPlace_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("bearer") << QByteArray("Authorization") << "Bearer " + key
                                << QByteArray("authorization");
        QTest::newRow("bearer, any case")
            << QByteArray("AUTHORIZATION") << "bEARER   " + key << QByteArray("authorization");
        QTest::newRow("anthropic") << QByteArray("X-Api-Key") << key << QByteArray("x-api-key");
        QTest::newRow("google") << QByteArray("x-goog-api-key") << key << QByteArray("x-goog-api-key");
        QTest::newRow("elevenlabs") << QByteArray("xi-api-key") << key << QByteArray("xi-api-key");
    }
    void bareTestKey_isTakenInEveryPlace() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, place);
        const auto caller = callerWith(name, value);
        QVERIFY(caller);
        QCOMPARE(caller->fields.secretKey.reveal(), key);
        QCOMPARE(caller->place, place);
        QVERIFY(caller->fields.customerId.isAbsent());
    }

    void keyParameter_isTakenLast() {
        const Query query = Query::ofTarget("/v1/forward?u=x&key=" + key);
        const auto caller = callerOf(requestWith({}), query);
        QVERIFY(caller);
        QCOMPARE(caller->place, QByteArray("key"));
        const auto other = callerOf(requestWith({{"x-api-key", "aks_test_other"}}), query);
        QVERIFY(other);
        QCOMPARE(other->fields.secretKey.reveal(), QByteArray("aks_test_other"));
    }

    void sdkToken_isReadWithItsThreeStates() {
        TokenFields fields;
        fields.secretKey = Secret(key);
        fields.customerId = Field<QString>::null();
        fields.meterSlug = QStringLiteral("my-meter");
        fields.providerKey = Secret("sk-EXAMPLE");
        const auto token = buildToken(fields);
        QVERIFY(token);
        const auto caller = callerWith("Authorization", "Bearer " + *token);
        QVERIFY2(caller, caller ? "" : qPrintable(caller.error().message));
        QVERIFY(caller->fields == fields);
    }

    void tokenWithBlanksInside_isTaken() {
        const auto caller = callerWith(
            "Authorization", "Bearer " + tokenOf(R"({"secret_key": ")" + key + R"(", "meter_slug": "m"})"));
        QVERIFY(caller);
        QCOMPARE(caller->fields.meterSlug.value(), QStringLiteral("m"));
    }

    void wrongCredential_isRefusedWithItsReason_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* what, const QByteArray& value, const char* code,
                            const QByteArray& name = "Authorization") {
            QTest::newRow(what) << name << value << QString::fromLatin1(code);
        };
        const auto bearer = [](const QByteArray& json) { return "Bearer " + tokenOf(json); };
        row("nothing", "", "missing_credential", "X-Other");
        row("empty Authorization", "", "missing_bearer");
        row("no Bearer", key, "missing_bearer");
        row("Basic", "Basic " + key, "missing_bearer");
        row("Bearer alone", "Bearer", "missing_credential");
        row("Bearer and blanks", "Bearer   ", "missing_credential");
        row("Bearer twice", "Bearer Bearer " + key, "doubled_bearer");
        row("no base64", "Bearer !!!!", "token_not_base64");
        row("URL-safe alphabet", "Bearer eyJ-_w==", "token_not_base64");
        row("padding missing", "Bearer " + tokenOf(R"({"secret_key":"aks_test_a"})").chopped(1),
            "token_not_base64");
        row("blank inside", "Bearer eyJzZWNy ZXRfa2V5IjoiYSJ9", "token_not_base64");
        row("quotes", "Bearer \"" + key + "\"", "token_not_base64");
        row("loose bits", "Bearer e31=", "token_not_base64");
        row("base64 of text", "Bearer " + tokenOf("hello world"), "token_not_json");
        row("cut JSON", bearer(R"({"secret_key":"aks_test_a")"), "token_not_json");
        row("line feed only", bearer("\n"), "token_not_json");
        row("a list", bearer("[]"), "token_not_object");
        row("no secret key", bearer(R"({"meter_slug":"m"})"), "token_without_secret_key");
        row("secret key is a number", bearer(R"({"secret_key":5})"), "token_without_secret_key");
        row("secret key is empty", bearer(R"({"secret_key":""})"), "token_without_secret_key");
        row("id is a number", bearer(R"({"secret_key":"aks_test_a","customer_id":5,"meter_slug":"m"})"),
            "token_field_invalid");
        row("flag is a text", bearer(R"({"secret_key":"aks_test_a","disable_billing":"yes"})"),
            "token_field_invalid");
        row("empty provider key", bearer(R"({"secret_key":"aks_test_a","provider_key":""})"),
            "token_field_invalid");
        row("field twice", bearer(R"({"secret_key":"aks_test_a","secret_key":"aks_test_b"})"),
            "token_field_invalid");
        row("provider key for secret key", bearer(R"({"secret_key":"sk-proj-EXAMPLE"})"),
            "secret_key_unknown");
        row("old connection", bearer(R"({"secret_key":"aks_test_a","connection_id":"c","meter_slug":"m"})"),
            "token_generation_old");
        row("older connection",
            bearer(R"({"secret_key":"aks_test_a","connection_secret":"c","product_secret":"p"})"),
            "token_generation_old");
        row("dotted", "Bearer " + tokenOf("aks_test_a.cons_live_b.ps_live_c"), "token_not_json");
        row("JWT", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "jwt");
        row("provider key", "Bearer sk-proj-EXAMPLE", "provider_key");
        row("provider key of Anthropic", "sk-ant-EXAMPLE", "provider_key", "x-api-key");
        row("spend key", "Bearer lava_sk_EXAMPLE", "spend_key");
        row("wallet key", "Bearer lava_wk_EXAMPLE", "spend_key");
        row("live key", "Bearer aks_live_EXAMPLE", "live_key_refused");
        row("live key in x-api-key", "aks_live_EXAMPLE", "live_key_refused", "x-api-key");
        row("live key in token", bearer(R"({"secret_key":"aks_live_EXAMPLE"})"), "live_key_refused");
        row("other key in token", bearer(R"({"secret_key":"foo"})"), "secret_key_unknown");
    }
    void wrongCredential_isRefusedWithItsReason() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, code);
        const auto caller = callerWith(name, value);
        QVERIFY(!caller);
        QCOMPARE(caller.error().code, code);
        QCOMPARE(caller.error().status, 401);
        QVERIFY(!caller.error().message.isEmpty());
        QVERIFY(!caller.error().message.contains(QLatin1String("EXAMPLE")));
    }

    void twoAuthorizationFields_areRefused() {
        const auto caller = callerOf(
            requestWith({{"Authorization", "Bearer " + key}, {"authorization", "Bearer aks_test_b"}}), {});
        QVERIFY(!caller);
        QCOMPARE(caller.error().code, QStringLiteral("credential_twice"));
    }
};

QTEST_GUILESS_MAIN(TestCredentialCheck)
#include "tst_credential_check.moc"
