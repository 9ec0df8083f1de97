// SPDX-License-Identifier: MIT
#include "cli/typed_text.h"

#include <QTest>

using namespace lavascope;

class TestTypedText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyCut_givesTheSameBytes() {
        const QString typed = QStringLiteral("k\u00e4se \U0001F30B\U0001F30B\r\n\r\na\rb\r\n");
        const QByteArray expected = "k\xC3\xA4se \xF0\x9F\x8C\x8B\xF0\x9F\x8C\x8B\n\na\rb\n";
        for (qsizetype first = 0; first <= typed.size(); ++first) {
            for (qsizetype second = first; second <= typed.size(); ++second) {
                TypedText text;
                QByteArray bytes = text.take(QStringView(typed).first(first));
                bytes += text.take(QStringView(typed).sliced(first, second - first));
                bytes += text.take(QStringView(typed).sliced(second));
                QCOMPARE(bytes, expected);
                QCOMPARE(text.takeRest(), QByteArray());
            }
        }
    }

    void restAtTheEnd_isNotLost() {
        TypedText text;
        QCOMPARE(text.take(u"a\r"), QByteArray("a"));
        QCOMPARE(text.takeRest(), QByteArray("\r"));
        QCOMPARE(text.takeRest(), QByteArray());
    }

    void halfACharacterAtTheEnd_isAQuestionMark() {
        TypedText text;
        const QChar half(0xd83c);
        QCOMPARE(text.take(QStringView(&half, 1)), QByteArray());
        QCOMPARE(text.takeRest(), QByteArray("?"));
    }
};

QTEST_APPLESS_MAIN(TestTypedText)
#include "tst_typed_text.moc"
