// SPDX-License-Identifier: MIT
// Forms in which credentials really reach support: each was once read wrongly.
#include "core/token/report_parts.h"

#include <QTest>

using namespace lavascope;

namespace {

const QByteArray key = "aks_live_CANARYnotARealKey0000";
const QByteArray wrapped = [] {
    const QByteArray long64 = tokenOf(
        R"({"secret_key":"aks_live_CANARYnotARealKey0000aks","customer_id":"conn_abc123","meter_slug":"m"})");
    return long64.first(76) + "\n" + long64.sliced(76);
}();

bool hasCode(const TokenReport& report, const char* code) {
    return codesOf(report).contains(QLatin1String(code));
}

QByteArray valueToken(const QByteArray& secretKey) {
    return tokenOf("{\"secret_key\":\"" + secretKey + "\"}");
}

QByteArray customerToken(const QByteArray& customer) {
    return tokenOf("{\"secret_key\":\"" + key + "\",\"customer_id\":\"" + customer +
                   "\",\"meter_slug\":\"m\"}");
}

QByteArray utf16(const QByteArray& ascii) {
    QByteArray wide;
    for (char c : ascii) {
        wide += c;
        wide += '\0';
    }
    return wide;
}

/// Everything in a report that may be shown.
QString shownOf(const TokenReport& report) {
    QStringList shown{report.headline};
    shown += report.unknownFields;
    for (const TokenFieldReport& field : report.fields)
        shown += {field.value, field.masked};
    for (const TokenFieldReport& field : report.unknown)
        shown += {field.name, field.value, field.masked};
    for (const Finding& finding : report.findings)
        shown += {finding.message, finding.fix};
    return shown.join(QLatin1Char('\n'));
}

} // namespace

class TestPastedForms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCredentialInFrontOfOtherText_isFoundWhole_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QByteArray>("credential");
        const auto row = [](const char* name, const QByteArray& pasted, const QByteArray& credential) {
            QTest::newRow(name) << pasted << credential;
        };
        row(".env of two lines", "LAVA_SECRET_KEY=" + key + "\nPORT=8080\n", key);
        row(".env with a remark", "LAVA_SECRET_KEY=" + key + " # live", key);
        row("header and the next one", "authorization: Bearer " + key + "\naccept: */*", key);
        row("header of a token and the next one", "authorization: Bearer " + token + "\naccept: */*", token);
        row("log line", "token=" + token + " status=401", token);
        row("command behind it", "LAVA_SECRET_KEY=" + key + " node server.js", key);
        row("end of a sentence", "It is " + key + ".", key);
        row("key and full stop", key + ".", key);
        row("token, blank, words", token + " does not work any more", token);
    }
    void aCredentialInFrontOfOtherText_isFoundWhole() {
        QFETCH(QByteArray, pasted);
        QFETCH(QByteArray, credential);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(report.usable, qPrintable(report.headline));
        QCOMPARE(report.credential.reveal(), credential);
    }

    void aKeyWithABlankInIt_isStillItsFault() {
        QVERIFY(hasCode(inspectToken("aks_live_CANARY notARealKey0000"), "key_bad_character"));
    }

    void aWrappedTokenInsideAnything_isJoined_data() {
        QTest::addColumn<QByteArray>("pasted");
        const auto row = [](const char* name, const QByteArray& pasted) { QTest::newRow(name) << pasted; };
        const auto with = [](QByteArray by) { return QByteArray(wrapped).replace("\n", by); };
        row("curl", "curl https://api.lava.so/v1/forward -H 'Authorization: Bearer " + wrapped + "' -d '{}'");
        row("YAML block", "token: |\n  " + with("\n  ") + "\nother: 1\n");
        row("JSON text", "{\"headers\":{\"Authorization\":\"Bearer " + with("\\n") + "\"},\"n\":1}");
        row("quoted mail", "> my token:\n> " + with("\n> ") + "\n> please help\n");
        row("prose", "The token is\n" + wrapped + "\nand it fails.");
    }
    void aWrappedTokenInsideAnything_isJoined() {
        QFETCH(QByteArray, pasted);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(report.usable, qPrintable(report.headline));
        QCOMPARE(report.credential.reveal(), QByteArray(wrapped).replace("\n", ""));
        QVERIFY(report.layers.contains(QStringLiteral("line_wraps")));
    }

    void aSecretInAnotherField_isNeverShown_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("secret");
        const auto row = [](const char* name, const QByteArray& pasted, const char* secret) {
            QTest::newRow(name) << pasted << QString::fromLatin1(secret);
        };
        row("key after a blank", customerToken(" sk-CANARYabcdefghijklmnop"), "CANARY");
        row("key after a word", customerToken("x sk-CANARYabcdefghijklmnop"), "CANARY");
        row("Cerebras", customerToken("id csk-CANARYabcdefghijklmnop"), "CANARY");
        row("Hugging Face", customerToken("id hf_CANARYabcdefghijklmnop"), "CANARY");
        row("bearer", customerToken("Bearer CANARY0123456789abcdef"), "CANARY");
        row("user info", customerToken("https://user:CANARY@host/"), "CANARY");
        row("own key without prefix", customerToken("CANARYnotARealKey0000"), "CANARY");
        row("own key, split", customerToken("aks_live_CANARY\xE2\x80\x8BnotARealKey0000"), "notAReal");
        row("own key as base64", customerToken(key.toBase64()), "YWtzX2xpdmVfQ0FOQVJZ");
        row("key of another member of that name",
            tokenOf("{\"secret_key\":\"aks_live_FIRST0123456789\",\"customer_id\":\"FIRST0123456789\","
                    "\"meter_slug\":\"m\",\"secret_key\":\"" +
                    key + "\"}"),
            "FIRST0123");
        row("name of a field", tokenOf("{\"secret_key\":\"" + key + "\",\"x hf_CANARYabcdefghijklmnop\":1}"),
            "CANARY");
    }
    void aSecretInAnotherField_isNeverShown() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, secret);
        const QString shown = shownOf(inspectToken(pasted));
        QVERIFY2(!shown.contains(secret), qPrintable(shown));
    }

    void aKeyThatIsNotWhole_makesTheTokenUseless_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const QByteArray& secretKey, const char* code) {
            QTest::newRow(name) << valueToken(secretKey) << QString::fromLatin1(code);
        };
        row("ellipsis",
            "aks_live_\xE2\x80\xA6"
            "9f3c",
            "masked");
        row("dots", "aks_live_abc...9f3c", "masked");
        row("stars", "aks_live_****9f3c", "masked");
        row("bullets", "aks_live_\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2", "masked");
        row("prefix alone", "aks_live_", "key_is_prefix");
        row("letter that no key has",
            "aks_live_\xC3\xA9t\xC3\xA9"
            "0123456789",
            "key_bad_character");
    }
    void aKeyThatIsNotWhole_makesTheTokenUseless() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, code);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(!report.usable, qPrintable(report.headline));
        QVERIFY2(codesOf(report).contains(code), qPrintable(codesOf(report).join(QLatin1Char(' '))));
    }

    void aMaskedKey_isCalledMasked() {
        QVERIFY(hasCode(inspectToken("aks_live_abc...9f3c"), "masked"));
        QVERIFY(!hasCode(inspectToken("aks_live_abc...9f3c"), "dotted"));
    }

    void jsonThatIsNoToken_isNotCalledOne_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const QByteArray& pasted, const char* code) {
            QTest::newRow(name) << pasted << QString::fromLatin1(code);
        };
        row("Lava's error", R"({"error":{"message":"no","code":"x","status":401}})", "error_answer");
        row("an answer", R"({"id":"chatcmpl-1","choices":[]})", "json_without_token");
        row("empty", "{}", "json_without_token");
        row("a placeholder", "{{token}}", "placeholder");
    }
    void jsonThatIsNoToken_isNotCalledOne() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, code);
        const TokenReport report = inspectToken(pasted);
        QCOMPARE(report.kind, CredentialKind::Unknown);
        QVERIFY2(codesOf(report).contains(code), qPrintable(codesOf(report).join(QLatin1Char(' '))));
    }

    void aTokenInsideOtherJson_isFound_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::newRow("Postman") << "{\"type\":\"secret\",\"value\":\"" + token + "\"}";
        QTest::newRow("a log") << "{\"msg\":\"secret leaked\",\"token\":\"" + token + "\"}";
        QTest::newRow("HAR")
            << "{\"url\":\"/v1/secret_keys\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer " +
                   token + "\"}]}";
    }
    void aTokenInsideOtherJson_isFound() {
        QFETCH(QByteArray, pasted);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(report.usable, qPrintable(report.headline));
        QCOMPARE(report.credential.reveal(), token);
    }

    void whatIsEncodedAgain_isSeenThrough_data() {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const QByteArray& inside, CredentialKind kind) {
            QTest::newRow(name) << inside << int(kind);
        };
        row("spend key", "lava_sk_CANARY0123456789", CredentialKind::SpendKey);
        row("wallet key", "lava_wk_CANARY0123456789", CredentialKind::WalletKey);
        row("provider key", "sk-proj-CANARY0123456789", CredentialKind::ProviderKey);
        row("header", "Authorization: Bearer " + token, CredentialKind::ForwardToken);
        row("quoted token", "\"" + token + "\"", CredentialKind::ForwardToken);
        row("wrapped token", wrapped, CredentialKind::ForwardToken);
        row("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", CredentialKind::Jwt);
    }
    void whatIsEncodedAgain_isSeenThrough() {
        QFETCH(QByteArray, inside);
        QFETCH(int, kind);
        const TokenReport report = inspectToken(inside.toBase64());
        QCOMPARE(report.kind, CredentialKind(kind));
        QVERIFY(report.layers.contains(QStringLiteral("double_encoding")));
    }

    void aMissingBearer_isFound_atTheCredential() {
        for (const QByteArray& before :
             {QByteArray("Authorization: "), QByteArray("curl -H 'Authorization: ")}) {
            const QByteArray after = before.contains('\'') ? "'" : "";
            const TokenReport report = inspectToken(before + token + after);
            const Finding* finding = findingOf(report, QStringLiteral("bearer_missing"));
            QVERIFY(finding);
            QCOMPARE(finding->range->begin, before.size());
            QVERIFY(report.usable);
        }
        QVERIFY(!hasCode(inspectToken("x-api-key: " + token), "bearer_missing"));
        QVERIFY(!hasCode(inspectToken("Authorization: Bearer " + token), "bearer_missing"));
        QVERIFY(!hasCode(inspectToken("\"Authorization\": \"Bearer " + token + "\""), "bearer_missing"));
    }

    void aKeyBesideTheOtherModesHost_isRemarkedOn() {
        const QByteArray test = "aks_test_CANARYnotARealKey0000";
        const QByteArray live = "curl https://api.lava.so/v1/forward -H 'Authorization: Bearer ";
        const QByteArray sandbox =
            "curl https://sandbox-api.lavapayments.com/v1/forward -H 'Authorization: Bearer ";
        QVERIFY(hasCode(inspectToken(live + test + "'"), "other_modes_host"));
        QVERIFY(hasCode(inspectToken(sandbox + key + "'"), "other_modes_host"));
        QVERIFY(!hasCode(inspectToken(live + key + "'"), "other_modes_host"));
        QVERIFY(!hasCode(inspectToken(sandbox + test + "'"), "other_modes_host"));
    }

    void bearerTwice_isMarkedAtTheSecond() {
        const Finding* finding = nullptr;
        const TokenReport report = inspectToken("Bearer Bearer " + token);
        finding = findingOf(report, QStringLiteral("bearer_doubled"));
        QVERIFY(finding);
        QCOMPARE(finding->range->begin, 7);
    }

    void aProductSecretAlone_saysTheSameInBothPlaces() {
        const TokenReport report = inspectToken(
            tokenOf("{\"secret_key\":\"" + key + "\",\"product_secret\":\"ps_live_CANARY0123\"}"));
        QCOMPARE(report.payer, Payer::Unknown);
        QVERIFY2(report.headline.contains(QStringLiteral("cannot be said")), qPrintable(report.headline));
    }

    void placeholdersOfOldPages_areCalledSo_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* pasted, const char* code) {
            QTest::newRow(pasted) << QByteArray(pasted) << QString::fromLatin1(code);
        };
        row("conn_secret_abc123", "placeholder");
        row("prod_secret_abc123", "placeholder");
        row("cs_xyz789", "placeholder");
        row("prod_def456", "placeholder");
        row("ps_test_abc123def456", "retired_secret");
    }
    void placeholdersOfOldPages_areCalledSo() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, code);
        QVERIFY2(codesOf(inspectToken(pasted)).contains(code),
                 qPrintable(codesOf(inspectToken(pasted)).join(QLatin1Char(' '))));
    }

    void jwtsWithoutASignatureOrAlgorithm_areJwts() {
        QCOMPARE(inspectToken("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0").kind, CredentialKind::Jwt);
        QCOMPARE(inspectToken("eyJraWQiOiIxIn0.eyJzdWIiOiIxIn0.c2ln").kind, CredentialKind::Jwt);
    }

    void idsThatAreNoIds_areRemarkedOn() {
        for (const char* id : {"undefined", "null", "[object Object]", "YOUR_CUSTOMER_ID", "NaN"})
            QVERIFY2(hasCode(inspectToken(customerToken(id)), "placeholder_in_id"), id);
        QVERIFY(hasCode(inspectToken(customerToken("conn\xC2\xA0"
                                                   "1")),
                        "invisible_in_value"));
    }

    void utf16WithoutAMark_isRead() {
        const TokenReport report = inspectToken(utf16("Bearer " + token));
        QVERIFY2(report.usable, qPrintable(report.headline));
        QCOMPARE(report.layers.first(), QStringLiteral("utf16"));
    }

    void escapedEqualSigns_areRead() {
        QByteArray escaped = token;
        QVERIFY(escaped.endsWith("=="));
        escaped.replace("=", "\\u003d");
        QCOMPARE(inspectToken("\"" + escaped + "\"").credential.reveal(), token);
    }
};

QTEST_GUILESS_MAIN(TestPastedForms)
#include "tst_pasted_forms.moc"
