// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/edit.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::json;

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

    void prettyPrint_takesAnyDepth() {
        constexpr qsizetype depth = 3000;
        const QByteArray printed = prettyPrint(QByteArray(depth, '[') + QByteArray(depth, ']'), 0);
        QCOMPARE(printed.count('['), depth);
    }
};

QTEST_GUILESS_MAIN(TestEdit)
#include "tst_edit.moc"
