// SPDX-License-Identifier: MIT
#include "gui/widgets/find_bar.h"
#include "gui/widgets/json_editor.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;

class TestJsonEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void body_staysByteForByte_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isPreview");
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("text") << QByteArray("{\n  \"a\": \"\xc3\xa9\xe2\x80\xae\"\n}\n") << false;
        QTest::newRow("invalid UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}") << true;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
        QTest::newRow("CRLF") << QByteArray("{\r\n}") << true;
        QTest::newRow("50 MB") << QByteArray(50 * 1000 * 1000, 'x') << true;
        QTest::newRow("one endless line") << '"' + QByteArray(100'000, 'y') + '"' << true;
    }
    void body_staysByteForByte() {
        QFETCH(QByteArray, body);
        QFETCH(bool, isPreview);
        JsonEditor editor;
        editor.setBytes(body);
        QCOMPARE(editor.bytes(), body);
        QCOMPARE(editor.isPreview(), isPreview);
        QCOMPARE(editor.findChild<QPlainTextEdit*>()->isReadOnly(), isPreview);
        editor.setBytes("{}");
        QCOMPARE(editor.bytes(), QByteArray("{}"));
        QVERIFY(!editor.isPreview());
    }

    void findBar_findsInWhatIsTyped() {
        JsonEditor editor;
        editor.setBytes("{\"fish\": 1}");
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
        auto* text = editor.findChild<QPlainTextEdit*>();
        FindBar* bar = FindBar::nearest(text, nullptr);
        QVERIFY(bar);
        bar->open();
        bar->findChild<QLineEdit*>()->setText(QStringLiteral("fish"));
        auto* state = bar->findChild<QLabel*>();
        QCOMPARE(state->text(), QStringLiteral("1 of 1"));
        QCOMPARE(text->textCursor().selectionStart(), 2);
        editor.replaceBytes("{\"fish\": \"Fish\"}");
        QTRY_COMPARE(state->text(), QStringLiteral("2 found"));
    }

    void fault_isFoundAsYouType() {
        JsonEditor editor;
        QSignalSpy changes(&editor, &JsonEditor::changed);
        editor.setBytes("{\"a\": 1}");
        QVERIFY(!editor.fault());
        auto* text = editor.findChild<QPlainTextEdit*>();
        text->moveCursor(QTextCursor::End);
        QTest::keyClicks(text, QStringLiteral("x"));
        QVERIFY(editor.fault());
        QCOMPARE(editor.fault()->offset, qint64(8));
        QVERIFY(!text->extraSelections().isEmpty());
        QVERIFY(changes.size() >= 2);
    }

    void replacing_canBeUndone() {
        JsonEditor editor;
        editor.setBytes("{\"stream\": true}");
        editor.replaceBytes("{\"stream\": false}");
        QCOMPARE(editor.bytes(), QByteArray("{\"stream\": false}"));
        editor.findChild<QPlainTextEdit*>()->undo();
        QCOMPARE(editor.bytes(), QByteArray("{\"stream\": true}"));
    }
};

QTEST_MAIN(TestJsonEditor)
#include "tst_json_editor.moc"
