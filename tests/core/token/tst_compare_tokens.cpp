// SPDX-License-Identifier: MIT
#include "core/token/compare_tokens.h"

#include <QTest>

using namespace lavascope;

namespace {

TokenReport reportOf(QByteArrayView text) {
    return inspectToken(text);
}

QString differing(const TokenComparison& comparison) {
    QStringList names;
    for (const ComparedField& field : comparison.fields)
        if (!field.same)
            names.append(field.name);
    return names.join(QLatin1Char(' '));
}

} // namespace

class TestCompareTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoCredentials_differFieldByField_data() {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("headline");
        const auto row = [](const char* name, const QByteArray& left, const QByteArray& right,
                            const char* fields, const char* headline) {
            QTest::newRow(name) << left << right << QString::fromLatin1(fields)
                                << QString::fromLatin1(headline);
        };
        const QByteArray full = R"({"secret_key":"aks_test_CANARYone","customer_id":"c","meter_slug":"m"})";
        const QByteArray token = full.toBase64();
        row("one and the same", token, token, "", "They are the same, byte for byte.");
        row("wrapped", token, "Authorization: Bearer " + token, "", "They are the same, byte for byte.");
        row("written differently", token,
            QByteArray("{ \"meter_slug\":\"m\", \"customer_id\":\"c\",\"secret_key\":\"aks_test_CANARYone\"}")
                .toBase64(),
            "", "They say the same, but are written differently.");
        row("another key", token,
            QByteArray(R"({"secret_key":"aks_test_CANARYtwo","customer_id":"c","meter_slug":"m"})")
                .toBase64(),
            "secret_key", "They differ in secret_key.");
        row("null is not absent", QByteArray(R"({"secret_key":"aks_test_x"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","customer_id":null})").toBase64(), "customer_id",
            "They differ in customer_id.");
        row("empty is not absent", QByteArray(R"({"secret_key":"aks_test_x"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","meter_slug":""})").toBase64(), "meter_slug",
            "They differ in meter_slug.");
        row("three fields", token,
            QByteArray(
                R"({"secret_key":"aks_live_x","customer_id":"d","meter_slug":"m","disable_billing":true})")
                .toBase64(),
            "secret_key customer_id disable_billing",
            "They differ in secret_key, customer_id and disable_billing.");
        row("unknown field alike", QByteArray(R"({"secret_key":"aks_test_x","team":"blue"})").toBase64(),
            QByteArray(R"({"team":"blue","secret_key":"aks_test_x"})").toBase64(), "",
            "They say the same, but are written differently.");
        row("unknown field differs", QByteArray(R"({"secret_key":"aks_test_x","team":"blue"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","team":"red"})").toBase64(), "team",
            "They differ in team.");
        row("unknown field on one side", QByteArray(R"({"secret_key":"aks_test_x"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","team":"red"})").toBase64(), "team",
            "They differ in team.");
        row("text is not a number",
            QByteArray(R"({"secret_key":"aks_test_x","customer_id":"5","meter_slug":"m"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","customer_id":5,"meter_slug":"m"})").toBase64(),
            "customer_id", "They differ in customer_id.");
        const auto unknown = [](const char* value) {
            return (QByteArray(R"({"secret_key":"aks_test_x","team":)") + value + '}').toBase64();
        };
        const char* writtenDifferently = "They say the same, but are written differently.";
        row("blanks in an unknown object", unknown(R"({"a":1})"), unknown(R"({"a": 1})"), "",
            writtenDifferently);
        row("escapes in an unknown object", unknown(R"([{"a":"b/"}])"),
            unknown(R"([ {"\u0061":"\u0062\/"} ])"), "", writtenDifferently);
        row("members of an unknown object", unknown(R"({"a":1})"), unknown(R"({"b":1})"), "team",
            "They differ in team.");
        row("longer unknown list", unknown("[1]"), unknown("[1,1]"), "team", "They differ in team.");
        row("deeper unknown list", unknown("[[1],2]"), unknown("[[1,2]]"), "team", "They differ in team.");
        row("number written differently", unknown("1"), unknown("1.0"), "team", "They differ in team.");
        row("unknown text and number", unknown("\"1\""), unknown("1"), "team", "They differ in team.");
        row("blanks in a list for a text",
            QByteArray(R"({"secret_key":"aks_test_x","customer_id":[1,2],"meter_slug":"m"})").toBase64(),
            QByteArray(R"({"secret_key":"aks_test_x","customer_id":[1, 2],"meter_slug":"m"})").toBase64(), "",
            writtenDifferently);
        const QByteArray once = QByteArray(R"({"secret_key":"aks_test_B"})").toBase64();
        const QByteArray twice =
            QByteArray(R"({"secret_key":"aks_test_A","secret_key":"aks_test_B"})").toBase64();
        row("a field stands twice in one", twice, once, "",
            "They are not the same: in the first a field stands twice, and which one counts is not defined.");
        row("a field stands twice in both", twice,
            QByteArray(R"({"secret_key":"aks_test_C","secret_key":"aks_test_B"})").toBase64(), "",
            "They are not the same: in each of them a field stands twice, and which one counts is not "
            "defined.");
        row("a field stands twice, the same bytes", twice, twice, "", "They are the same, byte for byte.");
        row("cut in its last character", QByteArray(R"({"secret_key":"aks_test_B")").toBase64(), once, "",
            "They cannot be called the same: the first is damaged, and was read in part only.");
        row("key and token", "aks_test_CANARYone", token,
            "customer_id meter_slug provider_key disable_billing",
            "They differ in kind: the first is a secret key, the second a forward token.");
        row("nothing on the left", "", token, "secret_key customer_id meter_slug",
            "They cannot be compared: the first is no credential that can be read.");
        row("a word on the right", token, "hello", "secret_key customer_id meter_slug",
            "They cannot be compared: the second is no credential that can be read.");
    }
    void twoCredentials_differFieldByField() {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QString, fields);
        QFETCH(QString, headline);
        const TokenComparison comparison = compareTokens(reportOf(left), reportOf(right));
        QCOMPARE(comparison.headline, headline);
        if (!headline.startsWith(QStringLiteral("They differ in kind")))
            QCOMPARE(differing(comparison), fields);
        QCOMPARE(comparison.same, headline.startsWith(QStringLiteral("They are the same")) ||
                                      headline.startsWith(QStringLiteral("They say the same")));
        QCOMPARE(compareTokens(reportOf(right), reportOf(left)).same, comparison.same);
    }

    void deepUnknownValue_isComparedToItsEnd() {
        const auto token = [](const char* end) {
            const QByteArray deep =
                QByteArray("[").repeated(100'000) + end + QByteArray("]").repeated(100'000);
            return (R"({"secret_key":"aks_test_x","team":)" + deep + '}').toBase64();
        };
        QVERIFY(compareTokens(reportOf(token("1")), reportOf(token(" 1"))).same);
        QVERIFY(!compareTokens(reportOf(token("1")), reportOf(token("2"))).same);
    }

    void comparison_showsNoSecret() {
        const QByteArray left = R"({"secret_key":"aks_test_CANARYcanaryA","api":"CANARYcanaryB"})";
        const QByteArray right = R"({"secret_key":"aks_test_CANARYcanaryC","api":"CANARYcanaryD"})";
        const TokenComparison comparison =
            compareTokens(reportOf(left.toBase64()), reportOf(right.toBase64()));
        QString shown = comparison.headline;
        for (const ComparedField& field : comparison.fields)
            for (const TokenFieldReport& side : {field.left, field.right})
                shown += field.name + side.name + side.value + side.masked + side.fingerprint;
        QVERIFY2(!shown.contains(QStringLiteral("CANARY")), qPrintable(shown));
        QVERIFY(comparison.fields.front().left.fingerprint != comparison.fields.front().right.fingerprint);
    }
};

QTEST_GUILESS_MAIN(TestCompareTokens)
#include "tst_compare_tokens.moc"
