// SPDX-License-Identifier: MIT
#include "core/markdown/link_address.h"

#include <QTest>

using namespace lavascope::markdown;

class TestLinkAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void webAddress_canBeOpenedAtItsRealHost_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("disguised");
        QTest::newRow("https") << QStringLiteral("https://x.example/a?b#c") << QStringLiteral("x.example")
                               << false;
        QTest::newRow("http") << QStringLiteral("http://127.0.0.1:9/") << QStringLiteral("127.0.0.1")
                              << false;
        QTest::newRow("scheme in capitals")
            << QStringLiteral("HTTPS://X.example") << QStringLiteral("x.example") << false;
        QTest::newRow("Cyrillic") << QStringLiteral("https://ex\u0430mple.com")
                                  << QStringLiteral("xn--exmple-4nf.com") << true;
        QTest::newRow("name before the host")
            << QStringLiteral("https://good.com@evil.example/") << QStringLiteral("evil.example") << true;
        QTest::newRow("number") << QStringLiteral("https://2130706433/") << QStringLiteral("127.0.0.1")
                                << false;
    }
    void webAddress_canBeOpenedAtItsRealHost() {
        QFETCH(QString, address);
        QFETCH(QString, host);
        QFETCH(bool, disguised);
        const LinkAddress link = inspectLink(address);
        QVERIFY(link.canBeOpened());
        QCOMPARE(link.host, host);
        QCOMPARE(link.isDisguised, disguised);
        QCOMPARE(link.shown, address);
    }

    void anythingElse_cannotBeOpened_data() {
        QTest::addColumn<QString>("address");
        for (const char* address : {"",
                                    "#part",
                                    "/path",
                                    "page.html",
                                    "//evil.example",
                                    "file:///etc/passwd",
                                    "file://host/share",
                                    "javascript:alert(1)",
                                    "JavaScript:alert(1)",
                                    "data:text/html,x",
                                    "mailto:a@b.example",
                                    "qrc:/icons/check.png",
                                    "ftp://x.example",
                                    "ssh://x.example",
                                    "https:",
                                    "https://",
                                    "https:///path",
                                    "https://h\\@evil.example/",
                                    "https://a b.example",
                                    "https://x.example/\xE2\x80\xAE"
                                    "fdp.exe",
                                    "https://x\xE2\x80\x8B.example",
                                    "\tjavascript:x",
                                    "https://x.example\nHost: evil",
                                    "vscode://x",
                                    "ms-settings:x"})
            QTest::newRow(address) << QString::fromUtf8(address);
    }
    void anythingElse_cannotBeOpened() {
        QFETCH(QString, address);
        const LinkAddress link = inspectLink(address);
        QVERIFY2(!link.canBeOpened(), qPrintable(link.url));
        QCOMPARE(link.host, QString());
    }

    void whatDeceives_isAChip() {
        QCOMPARE(inspectLink(QStringLiteral("https://x.example/\u202Efdp.exe")).shown,
                 QStringLiteral("https://x.example/<U+202E>fdp.exe"));
    }
};

QTEST_APPLESS_MAIN(TestLinkAddress)
#include "tst_link_address.moc"
