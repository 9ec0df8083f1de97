// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/random_json.h"

#include <QTest>

using namespace lavascope::json;

class TestFault : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badText_isLocatedAndExplained_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("endedTooSoon");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing comma")
            << QByteArray("{\n  \"a\": 1\n  \"b\": 2\n}") << qint64(13) << 3 << 3 << false
            << QStringLiteral("expected ',' or '}' after a member, found '\"'");
        QTest::newRow("trailing comma") << QByteArray("{\"a\":1,}") << qint64(7) << 1 << 8 << false
                                        << QStringLiteral("expected a name in quotes after ',', found '}'");
        QTest::newRow("column in characters")
            << QByteArray("[\"\xc3\xa9\xc3\xa9\" x]") << qint64(8) << 1 << 7 << false
            << QStringLiteral("expected ',' or ']' after an element, found 'x'");
        QTest::newRow("cut") << QByteArray("{\"a\":") << qint64(5) << 1 << 6 << true
                             << QStringLiteral(
                                    "the text ends before the object from line 1, column 1 is closed");
        QTest::newRow("open string") << QByteArray("\"abc") << qint64(4) << 1 << 5 << true
                                     << QStringLiteral("a string is not closed");
        QTest::newRow("empty") << QByteArray() << qint64(0) << 1 << 1 << true
                               << QStringLiteral("there is no value");
        QTest::newRow("two values") << QByteArray("1 2") << qint64(2) << 1 << 3 << false
                                    << QStringLiteral("expected nothing after the value, found '2'");
        QTest::newRow("bad utf-8") << QByteArray("\"\xff\"") << qint64(1) << 1 << 2 << false
                                   << QStringLiteral("byte 0xff is not UTF-8");
        QTest::newRow("surrogate in utf-8") << QByteArray("\"\xed\xa0\x80\"") << qint64(1) << 1 << 2 << false
                                            << QStringLiteral("byte 0xed is not UTF-8");
        QTest::newRow("leading zero") << QByteArray("01") << qint64(1) << 1 << 2 << false
                                      << QStringLiteral("a number has a leading zero");
        QTest::newRow("raw newline") << QByteArray("\"a\nb\"") << qint64(2) << 1 << 3 << false
                                     << QStringLiteral(
                                            "a string holds a line break, which must be written \\n");
        QTest::newRow("bom") << QByteArray("\xef\xbb\xbf{}") << qint64(0) << 1 << 1 << false
                             << QStringLiteral("it begins with a byte order mark, which JSON does not allow");
        QTest::newRow("control") << QByteArray("\"a\x01\"") << qint64(2) << 1 << 3 << false
                                 << QStringLiteral(
                                        "a string holds an unescaped control character (byte 0x01)");
        QTest::newRow("tab") << QByteArray("[\"\t\"]") << qint64(2) << 1 << 3 << false
                             << QStringLiteral("a string holds a tab, which must be written \\t");
        QTest::newRow("quotes of a word processor")
            << QByteArray("{\xe2\x80\x9c") << qint64(1) << 1 << 2 << false
            << QStringLiteral("expected a name in quotes or '}', found '\u201c' (U+201C)");
        QTest::newRow("blank of a web page") << QByteArray("[1,\xc2\xa0]") << qint64(3) << 1 << 4 << false
                                             << QStringLiteral("expected a value after ',', found U+00A0");
        QTest::newRow("character that draws nothing")
            << QByteArray("{\"a\"\xe2\x80\x8b:1}") << qint64(4) << 1 << 5 << false
            << QStringLiteral("expected ':' after a name, found U+200B");
        QTest::newRow("python") << QByteArray("{\"a\": None}") << qint64(6) << 1 << 7 << false
                                << QStringLiteral("expected a value after ':', found 'N'");
        QTest::newRow("no element") << QByteArray("[,1]") << qint64(1) << 1 << 2 << false
                                    << QStringLiteral("expected a value or ']', found ','");
        QTest::newRow("misspelt") << QByteArray("[trie]") << qint64(3) << 1 << 4 << false
                                  << QStringLiteral("expected the word true, found 'i'");
        QTest::newRow("unknown escape")
            << QByteArray("\"\\x41\"") << qint64(2) << 1 << 3 << false
            << QStringLiteral("a string holds an escape that JSON does not know: \\ and then 'x'");
        QTest::newRow("short escape") << QByteArray("\"\\u12\"") << qint64(5) << 1 << 6 << false
                                      << QStringLiteral("\\u needs four hexadecimal digits, found '\"'");
        QTest::newRow("nothing after the point") << QByteArray("[1.]") << qint64(3) << 1 << 4 << false
                                                 << QStringLiteral("expected a digit in a number, found ']'");
        QTest::newRow("line break where none fits")
            << QByteArray("[-\n1]") << qint64(2) << 1 << 3 << false
            << QStringLiteral("expected a digit in a number, found a line break");
        QTest::newRow("wrong bracket") << QByteArray("{\"a\":[1}") << qint64(7) << 1 << 8 << false
                                       << QStringLiteral("expected ',' or ']' after an element, found '}'");
        QTest::newRow("cut in a number")
            << QByteArray("[-") << qint64(2) << 1 << 3 << true << QStringLiteral("a number ends too soon");
        QTest::newRow("cut in a word") << QByteArray("[nul") << qint64(4) << 1 << 5 << true
                                       << QStringLiteral("the text ends within the word null");
        QTest::newRow("cut in a character") << QByteArray("[\"\xe2\x82") << qint64(4) << 1 << 4 << true
                                            << QStringLiteral("a string is not closed");
        QTest::newRow("cut in an inner array")
            << QByteArray("{\"a\":\n [1,") << qint64(10) << 2 << 5 << true
            << QStringLiteral("the text ends before the array from line 2, column 2 is closed");
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << qint64(1) << 1 << 2 << false
                                       << QStringLiteral("expected a name in quotes or '}', found \"'\"");
    }
    void badText_isLocatedAndExplained() {
        QFETCH(QByteArray, text);
        QFETCH(qint64, offset);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(bool, endedTooSoon);
        QFETCH(QString, message);
        Document document;
        const auto fault = document.scan(text);
        QVERIFY(fault);
        QCOMPARE(fault->message, message);
        QCOMPARE(fault->offset, offset);
        QCOMPARE(fault->line, line);
        QCOMPARE(fault->column, column);
        QCOMPARE(fault->endedTooSoon, endedTooSoon);
    }

    // In a number the text could have ended, everywhere else it could not.
    void everyCutOfGoodText_endedTooSoonOrIsGood() {
        RandomJson random(3);
        Document document;
        for (int i = 0; i < 400; ++i) {
            const QByteArray text = random.value(2);
            for (qsizetype cut = 0; cut < text.size(); ++cut) {
                const auto fault = document.scan(QByteArrayView(text).first(cut));
                QVERIFY2(!fault || fault->endedTooSoon, text.constData());
                QVERIFY2(!fault || fault->offset == cut, text.constData());
            }
        }
    }

    void everyCutOfAnObject_endedTooSoon() {
        const QByteArray text = R"({"a":[1.5e3,true,null,"x\u00e9\n"],"b":{"c":-2}})";
        Document document;
        QVERIFY(!document.scan(text));
        for (qsizetype cut = 0; cut < text.size(); ++cut) {
            const auto fault = document.scan(QByteArrayView(text).first(cut));
            QVERIFY2(fault && fault->endedTooSoon, qPrintable(QString::number(cut)));
        }
    }

    // No fault is found too late: what stands before it could still have become JSON.
    void fault_standsOnTheFirstByteThatDoesNotFit() {
        RandomJson random(4);
        Document document;
        for (int i = 0; i < 4000; ++i) {
            const QByteArray text = random.damaged(random.value(2));
            const auto fault = document.scan(text);
            if (!fault)
                continue;
            const auto before = document.scan(QByteArrayView(text).first(fault->offset));
            QVERIFY2(!before || before->endedTooSoon, text.constData());
            QCOMPARE(positionOf(text, fault->offset).line, fault->line);
            QCOMPARE(positionOf(text, fault->offset).column, fault->column);
        }
    }

    void position_countsLinesAndCharacters_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("start") << QByteArray("abc") << qint64(0) << 1 << 1;
        QTest::newRow("end") << QByteArray("abc") << qint64(3) << 1 << 4;
        QTest::newRow("line break belongs to its line") << QByteArray("a\nb") << qint64(1) << 1 << 2;
        QTest::newRow("after it") << QByteArray("a\nb") << qint64(2) << 2 << 1;
        QTest::newRow("carriage return is a character") << QByteArray("a\r\nb") << qint64(3) << 2 << 1;
        QTest::newRow("four bytes, one character") << QByteArray("\xf0\x9f\x98\x80z") << qint64(4) << 1 << 2;
        QTest::newRow("beyond the end") << QByteArray("ab") << qint64(9) << 1 << 3;
        QTest::newRow("before the start") << QByteArray("ab") << qint64(-1) << 1 << 1;
        QTest::newRow("nothing") << QByteArray() << qint64(0) << 1 << 1;
    }
    void position_countsLinesAndCharacters() {
        QFETCH(QByteArray, text);
        QFETCH(qint64, offset);
        QFETCH(int, line);
        QFETCH(int, column);
        QCOMPARE(positionOf(text, offset).line, line);
        QCOMPARE(positionOf(text, offset).column, column);
    }
};

QTEST_GUILESS_MAIN(TestFault)
#include "tst_fault.moc"
