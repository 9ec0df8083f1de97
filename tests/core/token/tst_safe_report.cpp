// SPDX-License-Identifier: MIT
#include "core/token/credential_finder.h"
#include "core/token/safe_report.h"

#include <QTest>

using namespace lavascope;

class TestSafeReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void report_saysWhatATicketNeeds() {
        const QByteArray json =
            R"({"secret_key":"aks_live_CANARYcanary0001","customer_id":"conn_a","meter_slug":"m","odd":1})";
        const Result<QString> text = safeReport(inspectToken("Bearer " + json.toBase64()));
        QVERIFY(text.has_value());
        for (const char* part : {"**Live forward token: customer conn\\_a pays, priced by meter m.**",
                                 "`secret_key`", "fingerprint `", "conn_a", "- Peeled off: bearer", "`odd`",
                                 "- Gateway that fits: `https://api.lava.so`", "warning: Shape:"})
            QVERIFY2(text->contains(QString::fromLatin1(part)), qPrintable(*text));
        QVERIFY(!text->contains(QStringLiteral("CANARY")));
    }

    void markupInAValue_staysText() {
        const QByteArray json =
            R"({"secret_key":"aks_live_x","customer_id":"`<img src=x>`\n# a","meter_slug":"**m**"})";
        const Result<QString> text = safeReport(inspectToken(json.toBase64()));
        QVERIFY(text.has_value());
        QVERIFY(!text->contains(QStringLiteral("\n# a")));
        QVERIFY(text->contains(QStringLiteral("`` `<img src=x>`")));
    }

    // Masking is done field by field; what slips through must be caught at the door.
    void secretThatSlippedThrough_isCaught() {
        TokenReport report = inspectToken("aks_live_abcdefghijklmnop");
        QVERIFY(safeReport(report).has_value());
        report.headline += QStringLiteral(" abcdefghijklmnop");
        report.fields.front().masked = QString::fromUtf8(report.fields.front().secret.reveal());
        const Result<QString> refused = safeReport(report);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, QStringLiteral("secret_in_report"));

        TokenReport encoded = inspectToken("aks_live_abcdefghijklmnop");
        encoded.headline = QString::fromLatin1(QByteArray("x aks_live_abcdefghijklmnop").toBase64());
        QVERIFY(!safeReport(encoded).has_value());
    }

    void plainWord_isReported() {
        for (const char* pasted : {"placeholder", "hello!", "", "$LAVA_TOKEN", "<your token>", "conn_abc123"})
            QVERIFY2(safeReport(inspectToken(pasted)).has_value(), pasted);
    }
};

QTEST_GUILESS_MAIN(TestSafeReport)
#include "tst_safe_report.moc"
