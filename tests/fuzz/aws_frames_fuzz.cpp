// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/stream/aws_frames.h"
#include "core/stream/crc32.h"

#include <QtEndian>

#include <algorithm>
#include <vector>

using namespace lavascope;

namespace {

struct Said {
    QByteArray type;
    QByteArray data;
    qint64 begin;
    qint64 end;
    bool isDamaged;
    bool terminated;

    friend bool operator==(const Said&, const Said&) = default;
};

struct Heard {
    std::vector<Said> items;
    QStringList notes;

    friend bool operator==(const Heard&, const Heard&) = default;
};

Heard readInPieces(const QByteArray& bytes, qsizetype pieceSize) {
    Heard heard;
    const auto sink = [&](const SseItem& item) {
        heard.items.push_back({item.type.toByteArray(), item.data.toByteArray(), item.begin, item.end,
                               item.isDamaged, item.terminated});
    };
    AwsFrames frames;
    for (qsizetype from = 0; from < bytes.size(); from += pieceSize)
        frames.feed(QByteArrayView(bytes).sliced(from, std::min(pieceSize, bytes.size() - from)), sink);
    frames.finish(sink);
    heard.notes = frames.notes();
    return heard;
}

void appendNumber(QByteArray& to, uint32_t number) {
    char bytes[4];
    qToBigEndian(number, bytes);
    to.append(bytes, sizeof bytes);
}

/// A frame with right checksums around headers and a payload that may be anything: a fuzzer alone would never
/// find one.
QByteArray frameAround(QByteArrayView headers, QByteArrayView payload) {
    QByteArray frame;
    appendNumber(frame, uint32_t(AwsFrames::preludeSize + headers.size() + payload.size() + 4));
    appendNumber(frame, uint32_t(headers.size()));
    appendNumber(frame, crc32(frame));
    frame.append(headers);
    frame.append(payload);
    appendNumber(frame, crc32(frame));
    return frame;
}

/// Three bytes of each piece of the input say how long its headers and its payload are.
QByteArray framesFrom(QByteArrayView input, qsizetype& count) {
    QByteArray stream;
    while (input.size() > 3) {
        const qsizetype headers = std::min<qsizetype>(uchar(input[0]), input.size() - 3);
        const qsizetype payload =
            std::min<qsizetype>(qFromBigEndian<quint16>(input.data() + 1), input.size() - 3 - headers);
        stream += frameAround(input.sliced(3, headers), input.sliced(3 + headers, payload));
        input = input.sliced(3 + headers + payload);
        ++count;
    }
    return stream;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 1)
        return 0;
    const QByteArray input(reinterpret_cast<const char*>(data) + 1, qsizetype(size) - 1);
    const qsizetype piece = 1 + data[0] % 32;

    qsizetype count = 0;
    const QByteArray stream = framesFrom(input, count);
    const Heard whole = readInPieces(stream, std::max<qsizetype>(1, stream.size()));
    FUZZ_CHECK(qsizetype(whole.items.size()) == count && whole.notes.isEmpty());
    qint64 end = 0;
    for (const Said& item : whole.items) {
        FUZZ_CHECK(item.begin == end && !item.isDamaged && item.terminated);
        end = item.end;
    }
    FUZZ_CHECK(end == stream.size());
    FUZZ_CHECK(readInPieces(stream, piece) == whole);

    // The same input as bytes of no such care: nothing is lost without a word.
    const Heard raw = readInPieces(input, std::max<qsizetype>(1, input.size()));
    FUZZ_CHECK(input.isEmpty() || (!raw.items.empty() && raw.items.back().end == input.size()));
    FUZZ_CHECK(readInPieces(input, piece) == raw);
    return 0;
}
