// SPDX-License-Identifier: MIT
#include "core/json/document.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::json;

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void path_leadsToValueOrToMissing() {
        const QByteArray text = R"({"choices":[{"delta":{"content":"hi"}}],"n":1})";
        Document document;
        QVERIFY(!document.scan(text));
        const View root = document.root();
        QCOMPARE(root["choices"].at(0)["delta"]["content"].toString(), QStringLiteral("hi"));
        QVERIFY(!root["choices"].at(1)["delta"]["content"].exists());
        QVERIFY(!root["n"]["deeper"].exists());
        QVERIFY(!View()["nothing"].exists());
        QCOMPARE(View().toString(), QString());
    }

    void members_keepOrderAndDuplicates() {
        const QByteArray text = R"({"z":1,"a":2,"z":3})";
        Document document;
        QVERIFY(!document.scan(text));
        QStringList names;
        for (View child = document.root().firstChild(); child.exists(); child = child.nextSibling())
            names += child.name();
        QCOMPARE(names, QStringList({QStringLiteral("z"), QStringLiteral("a"), QStringLiteral("z")}));
        QCOMPARE(document.root()["z"].toInteger(), std::optional<qint64>(3));
        const auto duplicates = duplicateNames(document);
        QCOMPARE(duplicates.size(), size_t(1));
        QCOMPARE(duplicates[0].name, QStringLiteral("z"));
        QVERIFY(duplicates[0].second == (ByteRange{13, 16}));
    }

    void escapedName_isFoundByWhatItMeans() {
        const QByteArray text = R"({"\u0061b":true})";
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(document.root()["ab"].toBool(), std::optional(true));
    }

    void string_isDecoded_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("decoded");
        QTest::newRow("plain") << QByteArray("\"abc\"") << QStringLiteral("abc");
        QTest::newRow("empty") << QByteArray("\"\"") << QString();
        QTest::newRow("every escape")
            << QByteArray("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"") << QStringLiteral("\"\\/\b\f\n\r\t");
        QTest::newRow("pair") << QByteArray("\"\\ud83d\\ude00!\"") << QStringLiteral("\U0001F600!");
        QTest::newRow("lone surrogate") << QByteArray("\"\\ud83d\"") << QString(QChar(0xD83D));
        QTest::newRow("raw utf-8") << QByteArray("\"\xc3\xa9\xe2\x80\xa8\"")
                                   << QStringLiteral("\u00e9\u2028");
        QTest::newRow("byte order mark inside") << QByteArray("\"\xef\xbb\xbf"
                                                              "a\"")
                                                << QStringLiteral("\ufeffa");
        QTest::newRow("nul") << QByteArray("\"a\\u0000b\"") << QString::fromUtf8("a\0b", 3);
    }
    void string_isDecoded() {
        QFETCH(QByteArray, text);
        QFETCH(QString, decoded);
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(document.root().toString(), decoded);
        QByteArray utf8 = "before ";
        document.root().appendUtf8(utf8);
        QCOMPARE(utf8, "before " + decoded.toUtf8());
        QCOMPARE(document.root().raw().toByteArray(), text);
    }

    void number_isIntegerOnlyIfItIsOne_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isInteger");
        QTest::addColumn<qint64>("integer");
        QTest::newRow("plain") << QByteArray("12") << true << qint64(12);
        QTest::newRow("negative zero") << QByteArray("-0") << true << qint64(0);
        QTest::newRow("largest") << QByteArray("9223372036854775807") << true
                                 << std::numeric_limits<qint64>::max();
        QTest::newRow("one too large") << QByteArray("9223372036854775808") << false << qint64(0);
        QTest::newRow("exponent") << QByteArray("1e3") << true << qint64(1000);
        QTest::newRow("whole fraction") << QByteArray("4.0") << true << qint64(4);
        QTest::newRow("fraction") << QByteArray("4.5") << false << qint64(0);
        QTest::newRow("huge") << QByteArray("1e300") << false << qint64(0);
        QTest::newRow("beyond double") << QByteArray("1e400") << false << qint64(0);
    }
    void number_isIntegerOnlyIfItIsOne() {
        QFETCH(QByteArray, text);
        QFETCH(bool, isInteger);
        QFETCH(qint64, integer);
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(document.root().toInteger(), isInteger ? std::optional(integer) : std::nullopt);
    }

    void numberBeyondDouble_isNoDouble() {
        const QByteArray text = "1e400";
        Document document;
        QVERIFY(!document.scan(text));
        QVERIFY(!document.root().toDouble());
        QCOMPARE(document.root().raw().toByteArray(), text);
    }

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
                             << QStringLiteral("the text ends too soon");
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
                                            "a string holds an unescaped control character (byte 0x0a)");
        QTest::newRow("bom") << QByteArray("\xef\xbb\xbf{}") << qint64(0) << 1 << 1 << false
                             << QStringLiteral("it begins with a byte order mark, which JSON does not allow");
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << qint64(1) << 1 << 2 << false
                                       << QStringLiteral("expected a name in quotes or '}', found '''");
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

    void cutText_stillShowsWhatCameBefore() {
        const QByteArray text = R"({"id":"r1","list":[1,2,)";
        Document document;
        QVERIFY(document.scan(text));
        QCOMPARE(document.root()["id"].toString(), QStringLiteral("r1"));
        QCOMPARE(document.root()["list"].size(), qsizetype(2));
    }

    void everyCutOfGoodText_endedTooSoon() {
        const QByteArray text = R"({"a":[1.5e3,true,null,"x\u00e9\n"],"b":{"c":-2}})";
        Document document;
        QVERIFY(!document.scan(text));
        for (qsizetype cut = 0; cut < text.size(); ++cut) {
            const auto fault = document.scan(QByteArrayView(text).first(cut));
            QVERIFY2(fault && fault->endedTooSoon, qPrintable(QString::number(cut)));
        }
    }

    void depthOfAMillion_isFine() {
        constexpr qsizetype depth = 1'000'000;
        const QByteArray text = QByteArray(depth, '[') + QByteArray(depth, ']');
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(document.root().range().end, qint64(text.size()));
    }

    void document_canBeUsedAgain() {
        Document document;
        const QByteArray first = R"({"a":[1,2,3]})";
        const QByteArray second = "true";
        QVERIFY(!document.scan(first));
        QVERIFY(!document.scan(second));
        QCOMPARE(document.root().kind(), Kind::True);
        QCOMPARE(document.root().size(), qsizetype(0));
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
