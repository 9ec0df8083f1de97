// SPDX-License-Identifier: MIT
// The same as Qt's decoder says, for whatever it is given.
#include "core/stream/media_base64.h"

#include <QRandomGenerator>
#include <QTest>

using namespace lavascope;

namespace {

std::optional<QByteArray> qtSays(const QByteArray& base64) {
    const auto result = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(result.decoded) : std::nullopt;
}

} // namespace

class TestMediaBase64 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLength_isDecodedWithAndWithoutPadding() {
        QRandomGenerator random(4);
        for (int size = 0; size < 200; ++size) {
            QByteArray bytes(size, Qt::Uninitialized);
            for (char& byte : bytes)
                byte = char(random.generate());
            for (const auto option : {QByteArray::KeepTrailingEquals, QByteArray::OmitTrailingEquals}) {
                const auto decoded = decodeMedia(bytes.toBase64(option));
                QVERIFY2(decoded.has_value(), qPrintable(QString::number(size)));
                QCOMPARE(*decoded, bytes);
            }
        }
    }

    void anyByteAnywhere_isJudgedAsQtJudgesIt() {
        const QByteArray good = QByteArray("a picture, or what is one").toBase64();
        for (qsizetype place = 0; place < good.size(); ++place)
            for (int byte = 0; byte < 256; ++byte) {
                QByteArray changed = good;
                changed[place] = char(byte);
                QVERIFY2(decodeMedia(changed) == qtSays(changed), changed.constData());
            }
    }

    void cutAnywhere_isJudgedAsQtJudgesIt() {
        const QByteArray good = QByteArray("a picture, or what is one").toBase64();
        for (qsizetype size = 0; size <= good.size(); ++size)
            QVERIFY2(decodeMedia(good.first(size)) == qtSays(good.first(size)), good.first(size).constData());
    }

    void oddText_isJudgedAsQtJudgesIt_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"=", "==", "a===", "ab=c", "QUJD=", "QUJD==", "QUJDRA=", "QUJDRA===", "QU-_",
                                 "QUJD\nRA==", " QUJD", "QUJD "})
            QTest::newRow(text) << QByteArray(text);
    }
    void oddText_isJudgedAsQtJudgesIt() {
        QFETCH(QByteArray, text);
        QVERIFY(decodeMedia(text) == qtSays(text));
    }
};

QTEST_APPLESS_MAIN(TestMediaBase64)
#include "tst_media_base64.moc"
