// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/edit.h"
#include "core/json/random_json.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::json;

namespace {

// Everything but white space, in the order of the text.
bool sameTokens(View a, View b) {
    std::vector<std::pair<View, View>> open{{a, b}};
    while (!open.empty()) {
        const auto [left, right] = open.back();
        open.pop_back();
        if (left.kind() != right.kind() || left.size() != right.size() || left.rawName() != right.rawName())
            return false;
        if (!left.isObject() && !left.isArray() && left.raw() != right.raw())
            return false;
        for (View l = left.firstChild(), r = right.firstChild(); l.exists();
             l = l.nextSibling(), r = r.nextSibling())
            open.emplace_back(l, r);
    }
    return true;
}

} // namespace

class TestEdit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneMember_changesAndNothingElse_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("replaced") << QByteArray("{ \"a\" : 1.0 ,\t\"stream\":  false , \"z\":[ ] }")
                                  << QByteArray("{ \"a\" : 1.0 ,\t\"stream\":  true , \"z\":[ ] }");
        QTest::newRow("replaces any kind")
            << QByteArray(R"({"stream":{"deep":[1]},"b":2})") << QByteArray(R"({"stream":true,"b":2})");
        QTest::newRow("only at the top") << QByteArray(R"({"x":{"stream":false},"stream":0})")
                                         << QByteArray(R"({"x":{"stream":false},"stream":true})");
        QTest::newRow("inserted into lines")
            << QByteArray("{\n    \"a\": 1\n}") << QByteArray("{\n    \"stream\": true,\n    \"a\": 1\n}");
        QTest::newRow("inserted into one line")
            << QByteArray(R"({"a":1})") << QByteArray(R"({"stream": true, "a":1})");
        QTest::newRow("inserted into nothing") << QByteArray("{}") << QByteArray(R"({"stream": true})");
    }
    void oneMember_changesAndNothingElse() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Result<QByteArray> edited = withMember(before, "stream", "true");
        QVERIFY(edited);
        QCOMPARE(*edited, after);
    }

    void unclearEdit_isRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("twice") << QByteArray(R"({"stream":true,"stream":false})")
                               << QStringLiteral("json_duplicate_member");
        QTest::newRow("array") << QByteArray("[1]") << QStringLiteral("json_not_object");
        QTest::newRow("broken") << QByteArray("{") << QStringLiteral("json_invalid");
    }
    void unclearEdit_isRefused() {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const Result<QByteArray> edited = withMember(text, "stream", "true");
        QVERIFY(!edited);
        QCOMPARE(edited.error().code, code);
        QCOMPARE(withMember("{}", "a", "nonsense").error().code, QStringLiteral("json_bad_value"));
    }

    void member_isRemovedWithItsComma_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("first") << QByteArray(R"({"s":1, "b":2})") << QByteArray(R"({"b":2})");
        QTest::newRow("middle") << QByteArray(R"({"a":1,"s":[1],"b":2})") << QByteArray(R"({"a":1,"b":2})");
        QTest::newRow("last") << QByteArray("{\n \"a\":1,\n \"s\":2\n}") << QByteArray("{\n \"a\":1\n}");
        QTest::newRow("only") << QByteArray(R"({ "s": 1 })") << QByteArray("{  }");
        QTest::newRow("none") << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})");
    }
    void member_isRemovedWithItsComma() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(withoutMember(before, "s").value(), after);
        Document document;
        QVERIFY(!document.scan(after));
    }

    void prettyPrint_movesOnlyWhiteSpace() {
        QCOMPARE(
            prettyPrint(R"({"b":1.10,"a":[true,{},[]],"b":"\u00e9"})"),
            QByteArray(
                "{\n  \"b\": 1.10,\n  \"a\": [\n    true,\n    {},\n    []\n  ],\n  \"b\": \"\\u00e9\"\n}"));
        QCOMPARE(prettyPrint("  7 "), QByteArray("7"));
        QCOMPARE(prettyPrint("{ not json"), QByteArray("{ not json"));
    }

    void prettyPrintOfAMillionLevels_growsWithTheTextOnly() {
        constexpr qsizetype depth = 1'000'000;
        const QByteArray text = QByteArray(depth, '[') + QByteArray(depth, ']');
        const QByteArray printed = prettyPrint(text);
        QVERIFY(printed.size() < text.size() + 20'000);
        QCOMPARE(QByteArray(printed).replace('\n', "").replace(' ', ""), text);
    }

    void prettyPrintBeyond64Levels_staysOnOneLine() {
        const QByteArray printed =
            prettyPrint(QByteArray(64, '[') + R"([1,{"a":[2, 3]}])" + QByteArray(64, ']'));
        QVERIFY(printed.contains("\n" + QByteArray(128, ' ') + R"([1, {"a": [2, 3]}])" + "\n"));
    }

    void prettyPrint_keepsEveryToken() {
        RandomJson random(5);
        Document before;
        Document after;
        for (int i = 0; i < 1000; ++i) {
            const QByteArray text = random.value();
            const QByteArray printed = prettyPrint(text, random.below(5));
            QVERIFY(!before.scan(text));
            QVERIFY(!after.scan(printed));
            QVERIFY2(sameTokens(before.root(), after.root()), text.constData());
            QCOMPARE(prettyPrint(prettyPrint(text)), prettyPrint(text));
        }
    }

    void setMember_leavesEveryOtherByte() {
        RandomJson random(6);
        Document document;
        int replaced = 0;
        int inserted = 0;
        for (int i = 0; i < 3000; ++i) {
            const QByteArray text = random.object(2);
            QVERIFY(!document.scan(text));
            int named = 0;
            for (View child = document.root().firstChild(); child.exists(); child = child.nextSibling())
                named += child.name() == QStringLiteral("stream");
            const Result<QByteArray> edited = withMember(text, "stream", "[true]");
            QCOMPARE(edited.has_value(), named <= 1);
            if (!edited) {
                QCOMPARE(edited.error().code, QStringLiteral("json_duplicate_member"));
                continue;
            }
            const qint64 brace = document.root().range().begin + 1;
            const ByteRange gone = named > 0 ? document.root()["stream"].range() : ByteRange{brace, brace};
            (named > 0 ? replaced : inserted)++;
            QVERIFY2(edited->startsWith(text.left(gone.begin)), text.constData());
            QVERIFY2(edited->endsWith(text.mid(gone.end)), text.constData());
            Document again;
            QVERIFY2(!again.scan(*edited), edited->constData());
            QCOMPARE(again.root()["stream"].raw().toByteArray(), QByteArray("[true]"));
            QCOMPARE(again.root().size(), document.root().size() + (named > 0 ? 0 : 1));
        }
        QVERIFY(replaced > 300 && inserted > 300);
    }

    void removeMember_leavesTheOthersAsTheyAre() {
        RandomJson random(7);
        Document document;
        for (int i = 0; i < 3000; ++i) {
            const QByteArray text = random.object(2);
            QVERIFY(!document.scan(text));
            const Result<QByteArray> edited = withoutMember(text, "stream");
            if (!edited)
                continue;
            Document again;
            QVERIFY2(!again.scan(*edited), edited->constData());
            View kept = again.root().firstChild();
            for (View child = document.root().firstChild(); child.exists(); child = child.nextSibling()) {
                if (child.name() == QStringLiteral("stream"))
                    continue;
                QCOMPARE(kept.rawName().toByteArray(), child.rawName().toByteArray());
                QCOMPARE(kept.raw().toByteArray(), child.raw().toByteArray());
                kept = kept.nextSibling();
            }
            QVERIFY(!kept.exists());
        }
    }

    void nameOfANewMember_isEscaped() {
        const QByteArray name = "a\"b\\\n\xc3\xa9";
        const QByteArray edited = withMember("{}", name, "1").value();
        Document document;
        QVERIFY(!document.scan(edited));
        QCOMPARE(document.root()[name].toInteger(), std::optional<qint64>(1));
        QCOMPARE(withMember(edited, name, "2").value(), QByteArray(edited).replace(": 1", ": 2"));
    }

    void badValue_isExplained() {
        QCOMPARE(withMember("{}", "a", "tru").error().message,
                 QStringLiteral("The new value is not valid JSON: the text ends within the word true."));
        QCOMPARE(withMember("{\"a\":}", "a", "1").error().offset, qint64(5));
    }
};

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"
