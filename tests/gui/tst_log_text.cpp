// SPDX-License-Identifier: MIT
#include "gui/widgets/log_text.h"

#include <QClipboard>
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
