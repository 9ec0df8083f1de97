// SPDX-License-Identifier: MIT
#include "core/base/secret.h"

#include <QTest>

using namespace lavascope;

class TestSecret : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mask_showsKindAndEndOnly_data() {
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QString>("masked");
        QTest::newRow("test key") << QByteArray("aks_test_0123456789ab9f3c")
                                  << QStringLiteral("aks_test_…9f3c");
        QTest::newRow("live key") << QByteArray("aks_live_0123456789ab9f3c")
                                  << QStringLiteral("aks_live_…9f3c");
        QTest::newRow("spend key") << QByteArray("lava_sk_0123456789ab") << QStringLiteral("lava_sk_…89ab");
        QTest::newRow("Anthropic") << QByteArray("sk-ant-0123456789ab") << QStringLiteral("sk-ant-…89ab");
        QTest::newRow("OpenAI project")
            << QByteArray("sk-proj-0123456789ab") << QStringLiteral("sk-proj-…89ab");
        QTest::newRow("OpenAI") << QByteArray("sk-0123456789abcdef") << QStringLiteral("sk-…cdef");
        QTest::newRow("token") << QByteArray("eyJzZWNyZXRfa2V5Ijoi") << QStringLiteral("eyJ…Ijoi");
        QTest::newRow("no known prefix") << QByteArray("0123456789abcdef") << QStringLiteral("…cdef");
        QTest::newRow("short with prefix") << QByteArray("aks_test_abc") << QStringLiteral("aks_test_…");
        QTest::newRow("short") << QByteArray("hunter2") << QStringLiteral("…");
        QTest::newRow("prefix alone") << QByteArray("sk-") << QStringLiteral("sk-…");
        QTest::newRow("end is no plain text")
            << QByteArray("aks_test_0123456789a\xe2\x80\xae\n") << QStringLiteral("aks_test_…");
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("mask") << QByteArray("aks_test_\xe2\x80\xa6"
                                            "9f3c")
                              << QStringLiteral("aks_test_…9f3c");
        QTest::newRow("mask without an end") << QByteArray("\xe2\x80\xa6") << QStringLiteral("…");
        QTest::newRow("no mask, though it looks like one") << QByteArray("aks_test_\xe2\x80\xa6"
                                                                         "0123456789ab9f3c")
                                                           << QStringLiteral("aks_test_…9f3c");
    }
    void mask_showsKindAndEndOnly() {
        QFETCH(QByteArray, plain);
        QFETCH(QString, masked);
        const Secret secret(plain);
        QCOMPARE(secret.masked(), masked);
        QCOMPARE(secret.reveal(), plain);
    }

    void fingerprint_tellsSecretsApart() {
        const Secret a("aks_test_one");
        QCOMPARE(a.fingerprint().size(), 12);
        QCOMPARE(a.fingerprint(), Secret("aks_test_one").fingerprint());
        QVERIFY(a.fingerprint() != Secret("aks_test_two").fingerprint());
        // `printf hello | sha256sum` begins with these digits.
        QCOMPARE(Secret("hello").fingerprint(), QStringLiteral("2cf24dba5fb0"));
        QCOMPARE(Secret().fingerprint(), QString());
    }

    void copies_areEqualAndOutliveEachOther() {
        Secret copy;
        {
            const Secret first("aks_test_copy");
            copy = first;
            QVERIFY(copy == first);
        }
        QCOMPARE(copy.reveal(), QByteArray("aks_test_copy"));
        QVERIFY(!(copy == Secret("aks_test_other")));
        QVERIFY(Secret() == Secret(""));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
