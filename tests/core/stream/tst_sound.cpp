// SPDX-License-Identifier: MIT
#include "core/stream/sound.h"

#include <QTest>
#include <QtEndian>

using namespace lavascope;

namespace {

const QByteArray mpegFrame("\xFF\xFB\x90\x64 and on", 11);

/// A tag of ID3v2 with `size` bytes in it.
QByteArray tagged(const QByteArray& behind, char size = 4) {
    return QByteArray("ID3\x04\x00\x00\x00\x00\x00", 9) + size + QByteArray("TAGS") + behind;
}

quint32 numberAt(const QByteArray& bytes, qsizetype at) {
    return qFromLittleEndian<quint32>(bytes.constData() + at);
}

} // namespace

class SoundTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytes_tellTheKind_data() {
        QTest::addColumn<QString>("named");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");

        const QString mpeg = QStringLiteral("audio/mpeg");
        QTest::newRow("a frame") << mpeg << mpegFrame << mpeg;
        QTest::newRow("a tag and a frame") << QString() << tagged(mpegFrame) << mpeg;
        QTest::newRow("named otherwise") << QStringLiteral("image/png") << mpegFrame << mpeg;
        QTest::newRow("Ogg") << QStringLiteral("audio/opus") << QByteArray("OggS....")
                             << QStringLiteral("audio/ogg");
        QTest::newRow("WAV") << QString() << QByteArray("RIFF....WAVEfmt ") << QStringLiteral("audio/wav");
        QTest::newRow("FLAC") << QString() << QByteArray("fLaC....") << QStringLiteral("audio/flac");
        QTest::newRow("picture") << mpeg << QByteArray("\x89PNG\r\n\x1A\n", 8) << QString();
        QTest::newRow("list of addresses") << mpeg << QByteArray("#EXTM3U\nhttp://a.example/b") << QString();
        QTest::newRow("list behind a tag")
            << mpeg << tagged(QByteArray("#EXTM3U\nhttp://a.example/b")) << QString();
        QTest::newRow("tag behind a tag") << mpeg << tagged(tagged("#EXTM3U\n")) << QString();
        QTest::newRow("tag alone") << mpeg << tagged({}) << QString();
        QTest::newRow("tag longer than all") << mpeg << tagged(mpegFrame, 127) << QString();
        QTest::newRow("tag cut off") << mpeg << QByteArray("ID3\x04") << QString();
        QTest::newRow("nothing") << mpeg << QByteArray() << QString();
        QTest::newRow("samples without a rate that can be")
            << QStringLiteral("audio/L16;rate=1") << QByteArray("abcd") << QString();
        QTest::newRow("samples of too many channels")
            << QStringLiteral("audio/pcm;channels=9") << QByteArray("abcd") << QString();
        QTest::newRow("samples whose rate is no number")
            << QStringLiteral("audio/pcm;rate=fast") << QByteArray("abcd") << QString();
    }
    void bytes_tellTheKind() {
        QFETCH(QString, named);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);

        const std::optional<Sound> sound = soundOf({named, bytes});

        QCOMPARE(sound ? sound->type : QString(), kind);
        if (sound)
            QCOMPARE(sound->bytes, bytes);
    }

    void bareSamples_becomeAWavFile_data() {
        QTest::addColumn<QString>("named");
        QTest::addColumn<quint32>("rate");
        QTest::addColumn<quint32>("bytesPerSecond");

        QTest::newRow("Gemini") << QStringLiteral("audio/L16;codec=pcm;rate=16000") << 16000U << 32000U;
        QTest::newRow("OpenAI") << QStringLiteral("audio/pcm") << 24000U << 48000U;
        QTest::newRow("two channels")
            << QStringLiteral("audio/L16; Rate = 48000; Channels=2") << 48000U << 192000U;
    }
    void bareSamples_becomeAWavFile() {
        QFETCH(QString, named);
        QFETCH(quint32, rate);
        QFETCH(quint32, bytesPerSecond);
        const QByteArray samples("\x01\x02\x03\x04", 4);

        const std::optional<Sound> sound = soundOf({named, samples});

        QVERIFY(sound);
        QCOMPARE(sound->type, QStringLiteral("audio/wav"));
        QCOMPARE(sound->bytes.left(4), QByteArray("RIFF"));
        QCOMPARE(numberAt(sound->bytes, 4), quint32(sound->bytes.size() - 8));
        QCOMPARE(numberAt(sound->bytes, 24), rate);
        QCOMPARE(numberAt(sound->bytes, 28), bytesPerSecond);
        QCOMPARE(sound->bytes.mid(36, 4), QByteArray("data"));
        QCOMPARE(numberAt(sound->bytes, 40), quint32(samples.size()));
        QCOMPARE(sound->bytes.mid(44), samples);
    }
};

QTEST_APPLESS_MAIN(SoundTest)
#include "tst_sound.moc"
