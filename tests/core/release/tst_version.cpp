// SPDX-License-Identifier: MIT
#include "core/release/version.h"

#include <QTest>

using namespace lavascope;

class TestVersion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void versions_areOrderedAsTheStandardOrdersThem() {
        // The example of section 11.4, with the traps of comparing as text around it.
        const QList<const char*> rising{"0.0.1",
                                        "0.9.9",
                                        "0.10.0",
                                        "1.0.0-1",
                                        "1.0.0-2",
                                        "1.0.0-10",
                                        "1.0.0-alpha",
                                        "1.0.0-alpha.1",
                                        "1.0.0-alpha.beta",
                                        "1.0.0-beta",
                                        "1.0.0-beta.2",
                                        "1.0.0-beta.11",
                                        "1.0.0-rc.1",
                                        "1.0.0-rc.99999999999999999999999",
                                        "1.0.0",
                                        "1.0.1",
                                        "10.0.0"};
        for (qsizetype left = 0; left < rising.size(); ++left)
            for (qsizetype right = 0; right < rising.size(); ++right) {
                const auto order = *Version::fromText(QLatin1String(rising[left]).toString()) <=>
                                   *Version::fromText(QLatin1String(rising[right]).toString());
                QVERIFY2(order == (left <=> right), rising[left]);
            }
    }

    void buildAndLeadingV_sayNothingAboutTheOrder() {
        QVERIFY(Version::fromText(u"v1.2.3+linux.5") == Version::fromText(u"1.2.3"));
        QCOMPARE(Version::fromText(u"v1.2.3-rc.1+linux")->text(), QStringLiteral("1.2.3-rc.1"));
        QVERIFY(Version::fromText(u"1.2.3-rc.1")->isPreRelease());
        QVERIFY(!Version::fromText(u"1.2.3+rc.1")->isPreRelease());
    }

    void anythingElse_isNoVersion_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "v", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b",
                                 "1.2.3+", " 1.2.3", "1.2.3 ", "1.2.3\n", "-1.2.3", "1.2.x", "vv1.2.3",
                                 "latest", "1.2.99999999999999999999999"})
            QTest::newRow(text) << QLatin1String(text).toString();
        QTest::newRow("other digits") << QStringLiteral("\u0661.2.3");
        QTest::newRow("endless") << QStringLiteral("1.2.3-") + QString(100'000, u'a');
    }
    void anythingElse_isNoVersion() {
        QFETCH(QString, text);
        QVERIFY(!Version::fromText(text));
    }
};

QTEST_APPLESS_MAIN(TestVersion)
#include "tst_version.moc"
