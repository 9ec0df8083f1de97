// SPDX-License-Identifier: MIT
#include "core/stream/media_type.h"

#include <array>

namespace lavascope {

namespace {

struct Beginning {
    QByteArrayView bytes;
    const char* type;
};

constexpr std::array<Beginning, 10> beginnings = {{
    {QByteArrayView("\x89PNG\r\n\x1A\n", 8), "image/png"},
    {QByteArrayView("\xFF\xD8\xFF", 3), "image/jpeg"},
    {QByteArrayView("GIF8", 4), "image/gif"},
    {QByteArrayView("ID3", 3), "audio/mpeg"},
    {QByteArrayView("OggS", 4), "audio/ogg"},
    {QByteArrayView("fLaC", 4), "audio/flac"},
    {QByteArrayView("\x1A\x45\xDF\xA3", 4), "video/webm"},
    {QByteArrayView("\x1F\x8B", 2), "application/gzip"},
    {QByteArrayView("\x28\xB5\x2F\xFD", 4), "application/zstd"},
    {QByteArrayView("%PDF-", 5), "application/pdf"},
}};

} // namespace

QString mediaTypeOf(QByteArrayView bytes) {
    for (const Beginning& beginning : beginnings)
        if (bytes.startsWith(beginning.bytes))
            return QLatin1String(beginning.type);
    constexpr qsizetype kindAt = 8;
    if (bytes.startsWith("RIFF") && bytes.size() >= kindAt + 4) {
        const QByteArrayView kind = bytes.sliced(kindAt, 4);
        if (kind == "WAVE")
            return QStringLiteral("audio/wav");
        if (kind == "WEBP")
            return QStringLiteral("image/webp");
    }
    // A frame of MPEG audio without tags: eleven bits that are set, then a layer that exists.
    const bool isMpegFrame = bytes.size() >= 2 && uchar(bytes[0]) == 0xFF &&
                             (uchar(bytes[1]) & 0xE0U) == 0xE0U && (uchar(bytes[1]) & 0x06U) != 0;
    return isMpegFrame ? QStringLiteral("audio/mpeg") : QString();
}

} // namespace lavascope
