// SPDX-License-Identifier: MIT
#include "core/base/visible_text.h"

#include <QTest>

using namespace lavascope;

class TestVisibleText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deceptiveCharacters_becomeChips_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QStringLiteral("a\tb\n\u00e9 \U0001F600")
                               << QStringLiteral("a\tb\n\u00e9 \U0001F600");
        QTest::newRow("bidi override") << QStringLiteral("a\u202eb") << QStringLiteral("a<U+202E>b");
        QTest::newRow("zero width") << QStringLiteral("a\u200b") << QStringLiteral("a<U+200B>");
        QTest::newRow("escape") << QStringLiteral("\u001b[31m") << QStringLiteral("<U+001B>[31m");
        QTest::newRow("tag characters") << QStringLiteral("\U000E0041") << QStringLiteral("<U+E0041>");
        QTest::newRow("lone surrogate") << QString(QChar(0xD800)) << QStringLiteral("<U+D800>");
        QTest::newRow("c1") << QStringLiteral("\u009b") << QStringLiteral("<U+009B>");
        QTest::newRow("carriage return") << QStringLiteral("a\rb") << QStringLiteral("a<U+000D>b");
        QTest::newRow("no-break space is seen") << QStringLiteral("\u00a0") << QStringLiteral("\u00a0");
    }
    void deceptiveCharacters_becomeChips() {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(withVisibleChips(text), shown);
    }

    void terminalText_obeysNothing() {
        QCOMPARE(forTerminal(QStringLiteral("ok\n\ttab")), QStringLiteral("ok\n\ttab"));
        QCOMPARE(forTerminal(QStringLiteral("\u001b]52;c;AAAA\u0007")),
                 QStringLiteral("\\x1b]52;c;AAAA\\x07"));
        QCOMPARE(forTerminal(QStringLiteral("\u009b31m")), QStringLiteral("\\x9b31m"));
        QCOMPARE(forTerminal(QStringLiteral("a\u202eb")), QStringLiteral("a\\u{202e}b"));
    }
};

QTEST_GUILESS_MAIN(TestVisibleText)
#include "tst_visible_text.moc"
