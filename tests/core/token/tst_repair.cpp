// SPDX-License-Identifier: MIT
#include "core/token/repair.h"

#include <QTest>

#include <algorithm>

using namespace lavascope;

namespace {

qsizetype countOf(const TokenReport& report, const QString& code) {
    return std::count_if(report.findings.begin(), report.findings.end(),
                         [&](const Finding& finding) { return finding.code == code; });
}

} // namespace

class TestRepair : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fault_isMendedByOnePress_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QByteArray>("mended");
        const auto wrapped = [](const char* name, const char* code, const QByteArray& pasted,
                                const QByteArray& mended) {
            QTest::newRow(name) << pasted << QString::fromLatin1(code) << mended;
        };
        const auto json = [](const char* name, const char* code, const QByteArray& text,
                             const QByteArray& mended) {
            QTest::newRow(name) << text.toBase64() << QString::fromLatin1(code) << mended.toBase64();
        };
        const QByteArray plain = R"({"secret_key":"aks_test_x","meter_slug":"~~~???~~~"})";
        const QByteArray token = plain.toBase64();
        QByteArray cut = token;
        cut.insert(20, "\n");
        wrapped("blanks", "surrounding_blanks", " " + token + "\r\n", token);
        wrapped("line wrap", "line_wraps", cut, token);
        wrapped("zero-width", "invisible_characters", token.first(9) + "\xE2\x80\x8B" + token.sliced(9),
                token);
        wrapped("no padding", "missing_padding", token.chopped(token.count('=')), token);
        wrapped("URL alphabet", "base64url", QByteArray(token).replace('+', '-').replace('/', '_'), token);
        wrapped("Bearer twice", "bearer_doubled", "Bearer Bearer " + token, token);
        wrapped("encoded twice", "double_encoding", token.toBase64(), token);
        wrapped("in a sentence", "surrounding_text", "my token is " + token + ", thanks", token);
        wrapped("Cyrillic letter in a key", "lookalike_characters",
                "aks_test_\xD0\xB0"
                "bcdefghij",
                "aks_test_abcdefghij");
        wrapped("not encoded", "not_encoded", R"({ "secret_key" : "aks_test_x" })",
                QByteArray(R"({"secret_key":"aks_test_x"})").toBase64());
        json("mark inside", "encoded_byte_order_mark", "\xEF\xBB\xBF" + plain, plain);
        json("line end inside", "encoded_newline", plain + "\n", plain);
        json("blank in front of the key", "blanks_around_value", R"({"secret_key":" aks_test_x\n"})",
             R"({"secret_key":"aks_test_x"})");
        json("blank behind the slug", "blanks_around_value",
             R"({"secret_key":"aks_test_x","meter_slug":"m "})",
             R"({"secret_key":"aks_test_x","meter_slug":"m"})");
        json("zero-width in the key", "invisible_in_value", "{\"secret_key\":\"aks_test_\xE2\x80\x8Bx\"}",
             R"({"secret_key":"aks_test_x"})");
        json("Cyrillic letter in the slug", "lookalike_in_value",
             "{\"secret_key\":\"aks_test_x\",\"meter_slug\":\"m\xD0\xB0-1\"}",
             R"({"secret_key":"aks_test_x","meter_slug":"ma-1"})");
        json("empty fields", "empty_value",
             R"({"secret_key":"aks_test_x","customer_id":"","provider_key":"","meter_slug":"m"})",
             R"({"secret_key":"aks_test_x","meter_slug":"m"})");
        json("flag in quotes", "wrong_type",
             R"({"secret_key":"aks_test_x","customer_id":7,"meter_slug":"m","disable_billing":"true"})",
             R"({"secret_key":"aks_test_x","customer_id":"7","meter_slug":"m","disable_billing":true})");
        json("duplicates", "duplicate_field",
             R"({"secret_key":"aks_test_a","meter_slug":"m","secret_key":"aks_test_b","meter_slug":"n"})",
             R"({"secret_key":"aks_test_b","meter_slug":"n"})");
        json("other spelling of a name", "unknown_field", R"({"secretKey":"aks_test_x","meter-slug":"m"})",
             R"({"secret_key":"aks_test_x","meter_slug":"m"})");
        json("flag is null", "flag_is_null", R"({"secret_key":"aks_test_x","disable_billing":null})",
             R"({"secret_key":"aks_test_x"})");
        json("flag without effect", "disable_billing_meaningless",
             R"({"secret_key":"aks_test_x","disable_billing":true})", R"({"secret_key":"aks_test_x"})");
        QTest::newRow("UTF-16") << QByteArray("{\0\"\0a\0\"\0:\0"
                                              "1\0}\0",
                                              14)
                                       .toBase64()
                                << QStringLiteral("encoded_utf16") << QByteArray(R"({"a":1})").toBase64();
    }
    void fault_isMendedByOnePress() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, code);
        QFETCH(QByteArray, mended);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(countOf(report, code) > 0, qPrintable(report.headline));
        const std::optional<Repair> repair = repairFor(report, code);
        QVERIFY(repair.has_value());
        QVERIFY(!repair->label.isEmpty());
        QCOMPARE(repair->text.reveal(), mended);
        QCOMPARE(countOf(inspectToken(repair->text.reveal()), code), qsizetype(0));
    }

    void whatAPersonMustDecide_isNotMended_data() {
        QTest::addColumn<QByteArray>("pasted");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const QByteArray& pasted, const char* code) {
            QTest::newRow(name) << pasted << QString::fromLatin1(code);
        };
        row("cut token", QByteArray("{\"secret_key\":\"aks_te").toBase64(), "json_invalid");
        row("masked key",
            "aks_live_\xE2\x80\xA6"
            "9f3c",
            "masked");
        row("empty key", QByteArray(R"({"secret_key":""})").toBase64(), "empty_value");
        row("key is a number", QByteArray(R"({"secret_key":5})").toBase64(), "wrong_type");
        row("both names", QByteArray(R"({"secret_key":"aks_test_x","secretKey":"aks_test_y"})").toBase64(),
            "unknown_field");
        row("customer alone", QByteArray(R"({"secret_key":"aks_test_x","customer_id":"c"})").toBase64(),
            "customer_without_meter");
        row("provider's key", "sk-ant-abcdefghijkl", "provider_key");
    }
    void whatAPersonMustDecide_isNotMended() {
        QFETCH(QByteArray, pasted);
        QFETCH(QString, code);
        const TokenReport report = inspectToken(pasted);
        QVERIFY2(countOf(report, code) > 0, qPrintable(report.headline));
        QVERIFY(!repairFor(report, code).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
