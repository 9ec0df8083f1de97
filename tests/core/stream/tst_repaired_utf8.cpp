// SPDX-License-Identifier: MIT
#include "core/stream/repaired_utf8.h"

#include <QTest>

using namespace lavascope;

class TestRepairedUtf8 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytes_becomeWhatABrowserShows_data();
    void bytes_becomeWhatABrowserShows();
    void validText_staysAsItIs();
};

// Expected by the WHATWG decoder, as TextDecoder in Node.js has it; R stands for U+FFFD.
void TestRepairedUtf8::bytes_becomeWhatABrowserShows_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("lone continuation") << QByteArray("a\x80z") << QStringLiteral("aRz");
    QTest::newRow("two continuations") << QByteArray("\x80\xBF") << QStringLiteral("RR");
    QTest::newRow("half of three bytes") << QByteArray("a\xE4\xB8z") << QStringLiteral("aRz");
    QTest::newRow("three of four bytes") << QByteArray("\xF0\x9F\x98z") << QStringLiteral("Rz");
    QTest::newRow("half at the end") << QByteArray("a\xE4\xB8") << QStringLiteral("aR");
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << QStringLiteral("RR");
    QTest::newRow("overlong of three") << QByteArray("\xE0\x80\x80") << QStringLiteral("RRR");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QStringLiteral("RRR");
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << QStringLiteral("RRRR");
    QTest::newRow("never a byte") << QByteArray("\xFF\xFEz") << QStringLiteral("RRz");
    QTest::newRow("lead before a lead") << QByteArray("\xE4\xC3\xA9") << QStringLiteral("R\u00E9");
}

void TestRepairedUtf8::bytes_becomeWhatABrowserShows() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromUtf8(repairedUtf8(bytes)), expected.replace(QLatin1Char('R'), QChar(0xFFFD)));
}

void TestRepairedUtf8::validText_staysAsItIs() {
    const QByteArray text = QStringLiteral("a \u00E9 \u65E5 \U0001F600 \uFFFD \U0010FFFF").toUtf8();
    QCOMPARE(repairedUtf8(text), text);
}

QTEST_GUILESS_MAIN(TestRepairedUtf8)
#include "tst_repaired_utf8.moc"
