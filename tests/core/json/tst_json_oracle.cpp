// SPDX-License-Identifier: MIT
#include "core/json/random_json.h"
#include "core/json/simdjson_oracle.h"

#include <QTest>

using namespace lavascope::json;

/// Our scanner against another parser, on texts that nobody thought of.
class TestJsonOracle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodTexts_areReadAlike() {
        RandomJson random(1);
        SimdjsonOracle oracle;
        Document document;
        for (int i = 0; i < 4000; ++i) {
            const QByteArray text = random.value();
            const auto fault = document.scan(text);
            QVERIFY2(!fault, text.constData());
            QVERIFY2(oracle.disagreement(text).isEmpty(),
                     qPrintable(oracle.disagreement(text) + QLatin1Char('\n') + QString::fromUtf8(text)));
        }
    }

    void damagedTexts_areJudgedAlike() {
        RandomJson random(2);
        SimdjsonOracle oracle;
        int refused = 0;
        Document document;
        for (int i = 0; i < 12000; ++i) {
            const QByteArray text = random.damaged(random.value(2));
            refused += document.scan(text).has_value();
            QVERIFY2(oracle.disagreement(text).isEmpty(),
                     qPrintable(oracle.disagreement(text) + QLatin1Char('\n') + QString::fromUtf8(text)));
        }
        QVERIFY2(refused > 3000 && refused < 11000, "the damage should break many texts, but not all");
    }

    // Every kind of lead byte with every second byte, and with the third and fourth at their bounds.
    void utf8_isJudgedAlike() {
        static constexpr std::array<unsigned char, 8> bounds = {0x00, 0x22, 0x7F, 0x80,
                                                                0x8F, 0x9F, 0xBF, 0xC0};
        Document document;
        QByteArray text;
        for (int lead = 0x80; lead <= 0xFF; ++lead) {
            for (int second = 0x80 - 1; second <= 0xC0; ++second) {
                for (unsigned char third : bounds) {
                    for (unsigned char fourth : bounds) {
                        const char bytes[] = {char(lead), char(second), char(third), char(fourth)};
                        text = QByteArray(bytes, sizeof bytes);
                        const bool isUtf8 = simdjson::validate_utf8(text.constData(), size_t(text.size()));
                        const bool isPlain = !text.contains('"') && !text.contains('\0');
                        text = '"' + text + '"';
                        if (!isPlain)
                            continue;
                        if (document.scan(text).has_value() == isUtf8)
                            QFAIL(qPrintable(QString::fromLatin1(text.toHex())));
                    }
                }
            }
        }
    }

    // What our side keeps although the peer refuses the document.
    void whatOnlyThePeerCannotHold_isAllowed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("integer beyond 64 bits") << QByteArray("[123456789012345678901234567890]");
        QTest::newRow("beyond a double") << QByteArray("{\"a\":-1e400}");
        QTest::newRow("lone surrogate") << QByteArray("[\"\\ud83d\"]");
        QTest::newRow("lone surrogate in a name") << QByteArray("{\"\\ude00\":1}");
        QTest::newRow("deep") << QByteArray(2000, '[') + QByteArray(2000, ']');
    }
    void whatOnlyThePeerCannotHold_isAllowed() {
        QFETCH(QByteArray, text);
        simdjson::dom::parser parser;
        QVERIFY(parser.parse(text.constData(), size_t(text.size())).error() != simdjson::SUCCESS);
        QCOMPARE(SimdjsonOracle().disagreement(text), QString());
    }
};

QTEST_GUILESS_MAIN(TestJsonOracle)
#include "tst_json_oracle.moc"
