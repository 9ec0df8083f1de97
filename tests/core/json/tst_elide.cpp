// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/edit.h"
#include "core/json/elide.h"
#include "core/json/random_json.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::json;

namespace {

QByteArray cutOut(const QByteArray& text, const ByteRange& range) {
    return text.mid(range.begin, range.end - range.begin);
}

ElidedText inSteps(const QByteArray& source, const ElideLimits& limits, qsizetype step) {
    ElidedPrint print(source, limits);
    while (print.advance(step)) {
    }
    return print.result();
}

} // namespace

class TestElide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longString_isShownByItsBeginningAndItsSize() {
        const QByteArray picture(1'300'000, 'A');
        const QByteArray source =
            "{\"created\":1,\"data\":[{\"name\":\"x\"},{\"b64_json\":\"" + picture + "\"}],\"n\":2}";
        const ElidedText elided = elidedPrint(source);
        const QByteArray shown = "\"" + QByteArray(48, 'A') + "… 1.3 MB …\"";
        QCOMPARE(elided.text,
                 prettyPrint(R"({"created":1,"data":[{"name":"x"},{"b64_json":)" + shown + R"(}],"n":2})"));
        QVERIFY(elided.isWhole);
        QCOMPARE(elided.strings.size(), size_t(1));
        QCOMPARE(elided.strings[0].path, QStringLiteral("data[1].b64_json"));
        QCOMPARE(cutOut(elided.text, elided.strings[0].shown), shown);
        QCOMPARE(cutOut(source, elided.strings[0].written), picture);
    }

    void everyLongString_isToldInOrder() {
        const QByteArray a(5000, 'a');
        const QByteArray b(6000, 'b');
        const QByteArray source = "[\"" + a + "\",[\"short\",{\"" + a + "\":\"" + b + "\"}]]";
        const ElidedText elided = elidedPrint(source);
        QCOMPARE(elided.strings.size(), size_t(2));
        QCOMPARE(elided.strings[0].path, QStringLiteral("[0]"));
        QCOMPARE(cutOut(source, elided.strings[0].written), a);
        QCOMPARE(cutOut(source, elided.strings[1].written), b);
        QVERIFY(elided.strings[1].path.startsWith(QStringLiteral("[1][1].aaaa")));
        for (const ElidedString& string : elided.strings) {
            QVERIFY(cutOut(elided.text, string.shown).startsWith('"'));
            QVERIFY(cutOut(elided.text, string.shown).endsWith(" …\""));
        }
        // The long name is no value, but long all the same.
        QVERIFY(elided.text.size() < 1000);
    }

    void stringAtTheTop_hasNoPath() {
        const QByteArray source = "\"" + QByteArray(5000, 'x') + "\"";
        const ElidedText elided = elidedPrint(source);
        QCOMPARE(elided.strings.size(), size_t(1));
        QCOMPARE(elided.strings[0].path, QString());
        QCOMPARE(cutOut(elided.text, elided.strings[0].shown), elided.text);
    }

    void cut_goesThroughNoCharacterAndNoEscape_data() {
        QTest::addColumn<QByteArray>("character");
        QTest::newRow("two bytes") << QByteArray("ü");
        QTest::newRow("four bytes") << QByteArray("🌊");
        QTest::newRow("quote") << QByteArray("\\\"");
        QTest::newRow("backslash") << QByteArray(R"(\\)");
        QTest::newRow("escape") << QByteArray(R"(\u00fc)");
    }
    void cut_goesThroughNoCharacterAndNoEscape() {
        QFETCH(QByteArray, character);
        for (int before = 0; before < 12; ++before) {
            const QByteArray string = QByteArray(before, 'x') + character.repeated(3000);
            const QByteArray source = "{\"s\":\"" + string + "\"}";
            const ElidedText elided = elidedPrint(source);
            QCOMPARE(elided.strings.size(), size_t(1));
            QCOMPARE(cutOut(source, elided.strings[0].written), string);
            Document document;
            QVERIFY(!document.scan(elided.text));
            const QByteArray shown = document.root()["s"].raw().toByteArray();
            const QByteArray kept = shown.mid(1, shown.indexOf("… ") - 1);
            QVERIFY(kept.size() > 48 - character.size() && kept.size() <= 48);
            QCOMPARE((kept.size() - before) % character.size(), 0);
        }
    }

    void textWithoutLongStrings_isThePrettyText() {
        RandomJson random(7);
        for (int i = 0; i < 300; ++i) {
            const QByteArray source = random.value();
            const ElidedText elided = elidedPrint(source);
            QCOMPARE(elided.text, prettyPrint(source));
            QVERIFY(elided.isWhole);
        }
    }

    void steps_changeNothing() {
        RandomJson random(8);
        const ElideLimits narrow{8, 5, 400};
        for (int i = 0; i < 200; ++i) {
            const QByteArray source = random.value();
            const ElidedText atOnce = elidedPrint(source, narrow);
            for (qsizetype step : {1, 2, 3, 7, 50}) {
                const ElidedText stepped = inSteps(source, narrow, step);
                QCOMPARE(stepped.text, atOnce.text);
                QCOMPARE(stepped.isWhole, atOnce.isWhole);
                QCOMPARE(stepped.strings.size(), atOnce.strings.size());
                for (size_t s = 0; s < atOnce.strings.size(); ++s) {
                    QCOMPARE(stepped.strings[s].written, atOnce.strings[s].written);
                    QCOMPARE(stepped.strings[s].shown, atOnce.strings[s].shown);
                }
            }
        }
    }

    void noJson_isShownAsItIs_data() {
        QTest::addColumn<QByteArray>("source");
        QTest::newRow("done") << QByteArray("[DONE]");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("prose") << QByteArray("he said \"" + QByteArray(5000, 'x') + "\" and left");
        QTest::newRow("cut off") << QByteArray(R"({"a":[1,2)");
        QTest::newRow("cut off in a string") << QByteArray("{\"a\":\"" + QByteArray(5000, 'x'));
        QTest::newRow("backslash at the end") << QByteArray("\"a\\");
    }
    void noJson_isShownAsItIs() {
        QFETCH(QByteArray, source);
        const ElidedText elided = elidedPrint(source);
        QCOMPARE(elided.text, source);
        QVERIFY(elided.strings.empty());
        QVERIFY(elided.isWhole);
    }

    void muchText_breaksOffBetweenValues() {
        QByteArray source = "{\"numbers\":[";
        for (int i = 0; i < 100'000; ++i)
            source += QByteArray::number(1'000'000 + i) + ',';
        source += "0]}";
        ElidedPrint print(source, {});
        int steps = 1;
        while (print.advance(64 * 1024))
            ++steps;
        // What is not shown is not looked at.
        QCOMPARE(steps, 4);
        const ElidedText elided = print.result();
        QVERIFY(!elided.isWhole);
        const QByteArray last = elided.text.mid(elided.text.lastIndexOf('\n') + 1).trimmed();
        QCOMPARE(last.size(), 7);
        QVERIFY(elided.text.startsWith("{\n  \"numbers\": [\n    1000000,\n    1000001,\n"));
    }

    void muchThatIsNoJson_isCut() {
        const QByteArray source(3'000'000, 'h');
        const ElidedText elided = elidedPrint(source);
        QVERIFY(!elided.isWhole);
        QVERIFY(elided.text.size() <= 256 * 1024 && source.startsWith(elided.text));
    }

    void oneHugeString_isSeenInEqualSteps() {
        const QByteArray source = "[\"" + QByteArray(64'000'000, 'A') + "\"]";
        ElidedPrint print(source);
        int steps = 1;
        while (print.advance(1'000'000))
            ++steps;
        QCOMPARE(steps, 65);
        QVERIFY(print.result().text.size() < 100);
    }
};

QTEST_APPLESS_MAIN(TestElide)
#include "tst_elide.moc"
