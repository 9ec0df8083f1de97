// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/json/writer.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <random>

using namespace lavascope::json;

class TestWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_comeInTheOrderTold() {
        Writer writer;
        writer.beginObject();
        writer.member("z", 1);
        writer.member("a", std::optional<QString>());
        writer.member("text", QStringLiteral("q\"q"));
        writer.member("yes", true);
        writer.member("half", 0.5);
        writer.member("list", QStringList({QStringLiteral("x"), QStringLiteral("y")}));
        writer.name("deep");
        writer.beginArray();
        writer.beginObject();
        writer.endObject();
        writer.raw("[1]");
        writer.null();
        writer.endArray();
        writer.endObject();
        QCOMPARE(writer.bytes(), QByteArray("{\"z\":1,\"a\":null,\"text\":\"q\\\"q\",\"yes\":true,\"half\":0."
                                            "5,\"list\":[\"x\",\"y\"],\"deep\":[{},[1],null]}"));
    }

    void numberThatIsNone_isNull() {
        Writer writer;
        writer.beginArray();
        writer.value(qQNaN());
        writer.value(qInf());
        writer.endArray();
        QCOMPARE(writer.bytes(), QByteArray("[null,null]"));
    }

    void number_isWrittenAsJavaScriptDoes_data() {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("zero") << 0.0 << QByteArray("0");
        QTest::newRow("million") << 1e6 << QByteArray("1000000");
        QTest::newRow("fraction") << 0.1 << QByteArray("0.1");
        QTest::newRow("all digits") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
        QTest::newRow("large") << 1e20 << QByteArray("100000000000000000000");
        QTest::newRow("very large") << 1e21 << QByteArray("1e+21");
        QTest::newRow("small") << 0.000001 << QByteArray("0.000001");
        QTest::newRow("negative") << -12.5 << QByteArray("-12.5");
    }
    void number_isWrittenAsJavaScriptDoes() {
        QFETCH(double, number);
        QFETCH(QByteArray, json);
        Writer writer;
        writer.value(number);
        QCOMPARE(writer.bytes(), json);
    }

    // Long enough to need new room many times, beginning at every offset of it.
    void longDocuments_areWhole() {
        Writer writer;
        QByteArray expected;
        for (int length = 0; length < 300; ++length) {
            const QString text(length, QLatin1Char('x'));
            writer.beginObject();
            writer.member("plain", text);
            writer.member("odd", text + QChar(0xE9) + QLatin1Char('"'));
            writer.memberOrNull("maybe", text);
            writer.endObject();
            writer.endLine();
            const QByteArray x = text.toLatin1();
            expected += "{\"plain\":\"" + x + "\",\"odd\":\"" + x +
                        "\xC3\xA9\\\"\",\"maybe\":" + (x.isEmpty() ? QByteArray("null") : '"' + x + '"') +
                        "}\n";
        }
        QCOMPARE(writer.bytes(), expected);
        writer.clear();
        writer.value(QStringLiteral("a"));
        QCOMPARE(writer.bytes(), QByteArray("\"a\""));
    }

    void everyDouble_isReadBackExactly() {
        std::mt19937_64 random(8); // NOLINT: the same numbers every time are what a test wants
        Document document;
        for (int i = 0; i < 20000; ++i) {
            const auto number = std::bit_cast<double>(uint64_t(random()));
            if (!std::isfinite(number))
                continue;
            Writer writer;
            writer.value(number);
            const QByteArray written = writer.bytes();
            QVERIFY2(!document.scan(written), written.constData());
            QVERIFY2(document.root().toDouble() == number, written.constData());
        }
    }

    // The escapes of JSON.stringify, as the official SDK's tokens show them.
    void quoted_isWhatJavaScriptWrites_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("short escapes")
            << QStringLiteral("\"\\\b\f\n\r\t") << QByteArray("\"\\\"\\\\\\b\\f\\n\\r\\t\"");
        QTest::newRow("controls") << QStringLiteral("\u0001\u001f") << QByteArray("\"\\u0001\\u001f\"");
        QTest::newRow("raw") << QStringLiteral("\u007f/\u2028<>&\u00e9")
                             << QByteArray("\"\x7f/\xe2\x80\xa8<>&\xc3\xa9\"");
        QTest::newRow("pair") << QStringLiteral("\U0001F600") << QByteArray("\"\xf0\x9f\x98\x80\"");
        QTest::newRow("lone high") << QString(QChar(0xD83D)) << QByteArray("\"\\ud83d\"");
        QTest::newRow("lone low") << QString(QChar(0xDE00)) + QLatin1Char('x') << QByteArray("\"\\ude00x\"");
        QTest::newRow("nul") << QString(QChar(0)) << QByteArray("\"\\u0000\"");
    }
    void quoted_isWhatJavaScriptWrites() {
        QFETCH(QString, text);
        QFETCH(QByteArray, json);
        QCOMPARE(quoted(text), json);
        Document document;
        QVERIFY(!document.scan(json));
        QCOMPARE(document.root().toString(), text);
    }
};

QTEST_GUILESS_MAIN(TestWriter)
#include "tst_writer.moc"
