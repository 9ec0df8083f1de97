// SPDX-License-Identifier: MIT
#include "gui/widgets/log_text.h"

#include <QClipboard>
#include <QDeadlineTimer>
#include <QGuiApplication>
#include <QTest>
#include <QTextBlock>

using namespace lavascope;

class TestLogText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endlessLine_isBrokenForTheEyeAndWholeInTheCopy() {
        LogText view;
        QString line;
        for (int i = 0; i < 50; ++i) {
            const QString piece = QString(997, QLatin1Char(char('a' + i % 26)));
            view.appendLog(piece);
            line += piece;
        }
        view.appendLog(QStringLiteral("\nnext"));
        for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() <= 2001);
        view.selectAll();
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), line + QStringLiteral("\nnext"));
    }

    void markup_isShownAsItIs() {
        LogText view;
        const QString hostile = QStringLiteral("<img src=\"file:///etc/passwd\"><b>bold</b>");
        view.appendLog(hostile);
        QCOMPARE(view.toPlainText(), hostile);
    }

    void deceptiveCharacters_areChips() {
        LogText view;
        view.appendLog(QStringLiteral("a\u202eb"));
        QCOMPARE(view.toPlainText(), QStringLiteral("a<U+202E>b"));
    }

    void copyOfAChip_isTheCharacterItself() {
        LogText view;
        const QString original =
            QStringLiteral("a\u202e\u202eb\u200bc\r\nd\x1b[31m \u00a0 \ufdd0\ufffc\U000E0041 z");
        view.appendLog(original);
        QVERIFY(view.toPlainText().contains(QStringLiteral("<U+202E><U+202E>b<U+200B>c<U+000D>\nd<U+001B>")));
        view.selectAll();
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), original);
    }

    void partOfAChip_isCopiedAsTheWholeCharacter() {
        LogText view;
        view.appendLog(QStringLiteral("a\u202eb"));
        QTextCursor cursor(view.document());
        cursor.setPosition(3);
        cursor.setPosition(5, QTextCursor::KeepAnchor);
        view.setTextCursor(cursor);
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("\u202e"));
    }

    void lineOfChipsAlone_isBrokenToo() {
        LogText view;
        const QString original(5000, QChar(0x202e));
        view.appendLog(original);
        for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.length() <= 2001);
        view.selectAll();
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), original);
    }

    void pieces_areTakenUntilTheDeadlineAndAtLeastOne() {
        LogText view;
        const QString text = QString(100'000, QLatin1Char('x'));
        const qsizetype first = view.appendSome(text, QDeadlineTimer(0));
        QVERIFY(first > 0);
        QVERIFY(first < text.size());
        QCOMPARE(view.appendSome(QStringView(text).sliced(first), QDeadlineTimer(QDeadlineTimer::Forever)),
                 text.size() - first);
        view.selectAll();
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    void halfACharacterAtTheEnd_waitsForItsOtherHalf() {
        LogText view;
        const QString smile = QStringLiteral("\U0001F600");
        QCOMPARE(view.appendSome(QStringLiteral("a") + smile.first(1), QDeadlineTimer(0)), 1);
        QCOMPARE(view.appendSome(smile, QDeadlineTimer(0)), 2);
        QCOMPARE(view.toPlainText(), QStringLiteral("a") + smile);
    }

    void surrogatePairs_areNeverSplit() {
        LogText view;
        view.appendLog(QString(1999, QLatin1Char('x')) + QStringLiteral("\U0001F600"));
        view.selectAll();
        view.copy();
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(QStringLiteral("\U0001F600")));
        for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next())
            QVERIFY(block.text().isEmpty() || !block.text().back().isHighSurrogate());
    }
};

QTEST_MAIN(TestLogText)
#include "tst_log_text.moc"
