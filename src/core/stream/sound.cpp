// SPDX-License-Identifier: MIT
#include "core/stream/sound.h"

#include "core/stream/media_type.h"

#include <QStringList>
#include <QtEndian>

namespace lavascope {

namespace {

constexpr quint32 defaultRate = 24'000; // Hz; what OpenAI and Gemini send
constexpr quint32 lowestRate = 4'000;
constexpr quint32 highestRate = 192'000;
constexpr quint32 mostChannels = 8;
constexpr quint32 bytesPerSample = 2;
constexpr qsizetype largestSound = 0x7FFF'0000; // a WAV file counts in 32 bits

struct Samples {
    quint32 rate = defaultRate;
    quint32 channels = 1;
};

/// Nothing unless the type is that of bare samples with numbers that can be.
std::optional<Samples> samplesOf(const QString& mediaType) {
    const QStringList parts = mediaType.toLower().split(QLatin1Char(';'));
    const QString name = parts.first().trimmed();
    if (name != QStringLiteral("audio/l16") && name != QStringLiteral("audio/pcm"))
        return std::nullopt;
    Samples samples;
    for (const QString& part : parts.mid(1)) {
        const QString key = part.section(QLatin1Char('='), 0, 0).trimmed();
        const quint32 value = part.section(QLatin1Char('='), 1).trimmed().toUInt();
        if (key == QStringLiteral("rate"))
            samples.rate = value;
        else if (key == QStringLiteral("channels"))
            samples.channels = value;
    }
    const bool canBe = samples.rate >= lowestRate && samples.rate <= highestRate && samples.channels >= 1 &&
                       samples.channels <= mostChannels;
    return canBe ? std::optional(samples) : std::nullopt;
}

template <typename Number>
void append(QByteArray& bytes, Number number) {
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char*>(&little), sizeof little);
}

/// The head of a WAV file with its one `fmt ` chunk, and the samples behind it.
QByteArray wavOf(const QByteArray& samples, Samples format) {
    constexpr quint32 formatChunk = 16;
    constexpr quint32 headBehindSize = 36;
    const quint32 frame = format.channels * bytesPerSample;
    QByteArray wav("RIFF");
    append(wav, quint32(headBehindSize + samples.size()));
    wav += "WAVEfmt ";
    append(wav, formatChunk);
    append(wav, quint16(1)); // samples that are not packed
    append(wav, quint16(format.channels));
    append(wav, format.rate);
    append(wav, quint32(format.rate * frame));
    append(wav, quint16(frame));
    append(wav, quint16(8 * bytesPerSample));
    wav += "data";
    append(wav, quint32(samples.size()));
    return wav + samples;
}

/// Where the sound starts behind a tag of ID3v2; its size stands in four bytes of seven bits.
qsizetype behindTag(QByteArrayView bytes) {
    constexpr qsizetype head = 10;
    constexpr qsizetype sizeAt = 6;
    constexpr unsigned bitsPerByte = 7;
    if (!bytes.startsWith("ID3"))
        return 0;
    if (bytes.size() < head)
        return bytes.size();
    qsizetype size = 0;
    for (qsizetype i = sizeAt; i < head; ++i)
        size = qsizetype(quint64(size) << bitsPerByte) + (uchar(bytes[i]) & 0x7F);
    return head + size;
}

} // namespace

std::optional<Sound> soundOf(const Media& media) {
    if (media.bytes.isEmpty() || media.bytes.size() > largestSound)
        return std::nullopt;
    if (const std::optional<Samples> samples = samplesOf(media.type))
        return Sound{QStringLiteral("audio/wav"), wavOf(media.bytes, *samples)};
    const QString type = mediaTypeOf(media.bytes);
    if (!type.startsWith(QLatin1String("audio/")))
        return std::nullopt;
    const QByteArrayView behind =
        QByteArrayView(media.bytes).sliced(std::min(behindTag(media.bytes), media.bytes.size()));
    const bool isWhatItSays = mediaTypeOf(behind) == type && !behind.startsWith("ID3");
    return isWhatItSays ? std::optional(Sound{type, media.bytes}) : std::nullopt;
}

} // namespace lavascope
