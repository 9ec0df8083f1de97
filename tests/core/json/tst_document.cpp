// SPDX-License-Identifier: MIT
#include "core/json/document.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::json;

namespace {

// UTF-8 has none; Qt's toUtf8() would put a question mark in its place.
QString withoutLoneSurrogates(QString text) {
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

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
        QTest::newRow("lone surrogates in a row")
            << QByteArray("\"\\ude00\\ud83d\\ud83d\\ude00\\ud83dx\"")
            << QString(QChar(0xDE00)) + QChar(0xD83D) + QStringLiteral("\U0001F600") + QChar(0xD83D) +
                   QLatin1Char('x');
        QTest::newRow("high surrogate, then another escape")
            << QByteArray("\"\\ud83d\\n\"") << QString(QChar(0xD83D)) + QLatin1Char('\n');
        QTest::newRow("bounds of the lengths in UTF-8")
            << QByteArray("\"\\u007f\\u0080\\u07FF\\u0800\\uFFFF\\uDBFF\\uDFFF\"")
            << QString(QChar(0x7F)) + QChar(0x80) + QChar(0x7FF) + QChar(0x800) + QChar(0xFFFF) +
                   QStringLiteral("\U0010FFFF");
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
        QCOMPARE(utf8, "before " + withoutLoneSurrogates(decoded).toUtf8());
        QCOMPARE(document.root().raw().toByteArray(), text);
    }

    void brokenText_stillShowsWhatCameBefore_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("members");
        QTest::addColumn<int>("elements");
        QTest::newRow("cut after a comma") << QByteArray("{\"id\":\"r1\",\"list\":[1,2,") << 2 << 2;
        QTest::newRow("cut in a string") << QByteArray("{\"id\":\"r1\",\"list\":[1,\"tw") << 2 << 1;
        QTest::newRow("cut in a name") << QByteArray("{\"id\":\"r1\",\"list\":[1,2],\"na") << 2 << 2;
        QTest::newRow("cut before a value") << QByteArray("{\"id\":\"r1\",\"list\":[1],\"name\":") << 2 << 1;
        QTest::newRow("wrong byte") << QByteArray("{\"id\":\"r1\",\"list\":[1,2;3]}") << 2 << 2;
        QTest::newRow("text after the end") << QByteArray("{\"id\":\"r1\",\"list\":[1,2]} x") << 2 << 2;
    }
    void brokenText_stillShowsWhatCameBefore() {
        QFETCH(QByteArray, text);
        QFETCH(int, members);
        QFETCH(int, elements);
        Document document;
        QVERIFY(document.scan(text));
        const View root = document.root();
        QCOMPARE(root["id"].toString(), QStringLiteral("r1"));
        QCOMPARE(root.size(), qsizetype(members));
        QCOMPARE(root["list"].size(), qsizetype(elements));
        // Every range lies within the text, also of what was never closed.
        for (View view = root; view.exists(); view = view.firstChild())
            QVERIFY(view.range().begin < view.range().end && view.range().end <= text.size());
        QVERIFY(text.contains(root["list"].raw().toByteArray()));
    }

    void textWithoutAnyValue_hasNoRoot() {
        Document document;
        for (const QByteArray& text :
             {QByteArray(), QByteArray(" \n"), QByteArray("\"open"), QByteArray("x")}) {
            QVERIFY(document.scan(text));
            QVERIFY(!document.root().exists());
            QVERIFY(duplicateNames(document).empty());
        }
        QVERIFY(!Document().root().exists());
    }

    // Whatever is not linear would run into the time limit here.
    void aMillionOfAnything_isFine_data() {
        QTest::addColumn<QByteArray>("text");
        constexpr qsizetype million = 1'000'000;
        QTest::newRow("arrays") << QByteArray(million, '[') + QByteArray(million, ']');
        QTest::newRow("objects") << QByteArray("{\"a\":").repeated(million) + '1' + QByteArray(million, '}');
        QTest::newRow("members") << '{' + QByteArray("\"a\":1,").repeated(million) + "\"b\":2}";
        QTest::newRow("elements") << '[' + QByteArray("[],").repeated(million) + "0]";
        QTest::newRow("escapes") << '"' + QByteArray("\\u00e9\\n").repeated(million) + '"';
        QTest::newRow("blanks") << QByteArray(million, '\n') + '1' + QByteArray(million, ' ');
    }
    void aMillionOfAnything_isFine() {
        QFETCH(QByteArray, text);
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(document.root().raw().toByteArray(), text.trimmed());
        (void)document.root().toString();
        (void)document.root()["b"];
        (void)duplicateNames(document);
        // The same without its end.
        const QByteArray cut = text.chopped(text.size() / 3);
        const auto fault = document.scan(cut);
        QVERIFY(!fault || fault->endedTooSoon);
    }

    void child_isFoundAtItsPlace() {
        const QByteArray text = R"([10,[20,21],{"a":30},40])";
        Document document;
        QVERIFY(!document.scan(text));
        const View root = document.root();
        QCOMPARE(root.size(), qsizetype(4));
        QCOMPARE(root.at(3).toInteger(), std::optional<qint64>(40));
        QCOMPARE(root.at(1).at(1).toInteger(), std::optional<qint64>(21));
        QVERIFY(!root.at(4).exists());
        QVERIFY(!root.at(-1).exists());
        QVERIFY(!root.at(2).at(0).exists());
        QVERIFY(!root["a"].exists());
        QVERIFY(!root.nextSibling().exists());
        QVERIFY(!root.at(3).nextSibling().exists());
        QCOMPARE(root.at(0).name(), QString());
        QVERIFY(root.at(0).nameRange() == lavascope::ByteRange());
    }

    void scalars_sayWhatTheyAre_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::newRow("null") << QByteArray(" null ") << int(Kind::Null);
        QTest::newRow("true") << QByteArray("true") << int(Kind::True);
        QTest::newRow("false") << QByteArray("\tfalse") << int(Kind::False);
        QTest::newRow("number") << QByteArray("-1.5e3") << int(Kind::Number);
        QTest::newRow("string") << QByteArray("\"\"") << int(Kind::String);
        QTest::newRow("array") << QByteArray("[ ]") << int(Kind::Array);
        QTest::newRow("object") << QByteArray("{ }\r\n") << int(Kind::Object);
    }
    void scalars_sayWhatTheyAre() {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        Document document;
        QVERIFY(!document.scan(text));
        QCOMPARE(int(document.root().kind()), kind);
        QCOMPARE(document.root().size(), qsizetype(0));
        QCOMPARE(document.root().raw().toByteArray(), text.trimmed());
        QCOMPARE(document.root().isBool(), document.root().toBool().has_value());
    }

    void duplicates_comeInTheOrderOfTheText() {
        const QByteArray text = R"({"b":{"x":1,"x":2},"a":1,"c":[{"y":1,"\u0079":2,"y":3}],"a":2})";
        Document document;
        QVERIFY(!document.scan(text));
        QStringList names;
        for (const Duplicate& duplicate : duplicateNames(document)) {
            names += duplicate.name;
            QVERIFY(duplicate.first.end < duplicate.second.begin);
        }
        QCOMPARE(names, QStringList({QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("y"),
                                     QStringLiteral("a")}));
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
