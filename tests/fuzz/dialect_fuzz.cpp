// SPDX-License-Identifier: MIT
// Every dialect over the stored answers. The input is a body; a last byte from 0x80 on forces a dialect, any
// other lets it be recognised. A fuzzer that only flips bytes would rarely leave JSON whole, so ours also
// moves, repeats and drops events and puts values of one event into another.
#include "check.h"
#include "core/base/finding.h"
#include "core/stream/stream_reader.h"

#include <algorithm>
#include <cstring>
#include <random>

using namespace lavascope;

namespace {

constexpr uint8_t firstForcing = 0x80;

StreamReader readInPieces(const QString& dialect, const QByteArray& body, qsizetype pieceSize) {
    StreamReader reader({{}, dialect});
    qsizetype piece = 0;
    for (qsizetype from = 0; from < body.size(); from += pieceSize)
        reader.take({std::chrono::microseconds(++piece), body.mid(from, pieceSize)});
    Ending ending;
    ending.at = std::chrono::microseconds(piece);
    reader.takeEnding(ending);
    return reader;
}

void checkSame(const StreamReader& a, const StreamReader& b) {
    FUZZ_CHECK(a.transcript() == b.transcript());
    FUZZ_CHECK(a.eventCount() == b.eventCount());
    for (qsizetype i = 0; i < a.eventCount(); ++i) {
        const StreamEvent x = a.event(i);
        const StreamEvent y = b.event(i);
        FUZZ_CHECK(x.kind == y.kind && x.name == y.name && x.data == y.data);
        FUZZ_CHECK(x.malformed == y.malformed && x.terminated == y.terminated);
    }
}

qsizetype sizeOf(const Choice& choice) {
    qsizetype size = choice.text.size() + choice.reasoning.size() + choice.refusal.size();
    for (const ToolCall& call : choice.toolCalls)
        size += call.arguments.size();
    for (const Media& media : choice.media)
        size += media.bytes.size();
    return size;
}

/// What is assembled comes out of the bytes, and no byte counts many times.
void checkSense(const QString& dialect, const QByteArray& body, const StreamReader& reader) {
    const Transcript& read = reader.transcript();
    FUZZ_CHECK(read.verdict.has_value());
    FUZZ_CHECK((read.verdict == Verdict::ErrorInStream) == read.error.has_value());
    FUZZ_CHECK(read.verdict != Verdict::Complete || read.endSignalSeen);
    FUZZ_CHECK(dialect.isEmpty() || dialectNames().contains(read.dialect) ||
               read.dialect == QLatin1String("unknown"));
    qsizetype size = 0;
    for (const Choice& choice : read.choices)
        size += sizeOf(choice);
    FUZZ_CHECK(size <= 4 * body.size() + 16);
    FUZZ_CHECK(read.notes.size() <= 128);

    qint64 events = 0;
    qint64 comments = 0;
    qint64 malformed = 0;
    for (qsizetype i = 0; i < reader.eventCount(); ++i) {
        const StreamEvent event = reader.event(i);
        events += event.kind == StreamEvent::Kind::Event;
        comments += event.kind == StreamEvent::Kind::Comment;
        malformed += event.malformed;
    }
    FUZZ_CHECK(events == read.events && comments == read.comments);
    FUZZ_CHECK(events == 0 || malformed == read.malformed);
}

/// Events with a blank behind every other one: they say the same, but none can be known again by its bytes.
QByteArray withoutEchoes(const QByteArray& body) {
    QByteArray changed;
    bool isOdd = false;
    for (const QByteArray& line : body.split('\n')) {
        const bool isPlain = line.startsWith("data: {") && line.endsWith('}');
        changed += line;
        if (isPlain && isOdd)
            changed += ' ';
        isOdd = isPlain ? !isOdd : isOdd;
        changed += '\n';
    }
    changed.chop(1);
    return changed;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    const QStringList names = dialectNames();
    const uint8_t last = data[size - 1];
    const qsizetype index = last - firstForcing;
    const bool isForced = last >= firstForcing && index < names.size();
    const QString dialect = isForced ? names[index] : QString();
    const QByteArray body(reinterpret_cast<const char*>(data), qsizetype(isForced ? size - 1 : size));

    const StreamReader whole = readInPieces(dialect, body, std::max<qsizetype>(1, body.size()));
    checkSense(dialect, body, whole);
    checkSame(whole, readInPieces(dialect, body, 1));
    checkSame(whole, readInPieces(dialect, body, 2 + last % 61));
    // Binary frames and plain text are what their bytes are.
    if (whole.eventCount() == 0 || body.contains('\0'))
        return 0;
    const StreamReader anew = readInPieces(dialect, withoutEchoes(body), 2 * body.size() + 1);
    FUZZ_CHECK(anew.transcript() == whole.transcript());
    return 0;
}

#ifdef LAVASCOPE_FUZZERS

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t maxSize);

namespace {

/// The body cut where its events end, as far as line ends tell.
QByteArrayList piecesOf(const QByteArray& body) {
    const QByteArray separator = body.contains("\n\n") ? "\n\n" : "\n";
    QByteArrayList pieces;
    qsizetype from = 0;
    for (qsizetype at = body.indexOf(separator); at >= 0; at = body.indexOf(separator, from)) {
        pieces.append(body.sliced(from, at + separator.size() - from));
        from = at + separator.size();
    }
    pieces.append(body.sliced(from));
    return pieces;
}

/// A string or number somewhere in the bytes; empty if chance found none.
ByteRange valueIn(const QByteArray& bytes, std::mt19937& random) {
    if (bytes.isEmpty())
        return {};
    const qsizetype colon = bytes.indexOf(':', qsizetype(random() % size_t(bytes.size())));
    if (colon < 0 || colon + 1 >= bytes.size())
        return {};
    qsizetype end = colon + 1;
    if (bytes[end] == '"') {
        end = bytes.indexOf('"', end + 1);
        return end < 0 ? ByteRange() : ByteRange{colon + 1, end + 1};
    }
    while (end < bytes.size() && !QByteArrayView(",}]\n").contains(bytes[end]))
        ++end;
    return {colon + 1, end};
}

} // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t maxSize, unsigned int seed) {
    std::mt19937 random(seed);
    if (random() % 3 == 0 || size < 2)
        return LLVMFuzzerMutate(data, size, maxSize);
    QByteArray body(reinterpret_cast<const char*>(data), qsizetype(size));
    QByteArrayList pieces = piecesOf(body);
    const auto any = [&] { return qsizetype(random() % size_t(pieces.size())); };
    switch (random() % 6) {
    case 0:
        pieces.insert(any(), QByteArray(pieces[any()]));
        break;
    case 1:
        pieces.removeAt(any());
        break;
    case 2:
        pieces.move(any(), any());
        break;
    case 3:
        if (uint8_t(body.back()) >= firstForcing)
            body.chop(1);
        pieces = {body, QByteArray(1, char(firstForcing + random() % 20))};
        break;
    default: {
        const ByteRange from = valueIn(body, random);
        const ByteRange to = valueIn(body, random);
        pieces = {body.replace(to.begin, to.end - to.begin, body.sliced(from.begin, from.end - from.begin))};
        break;
    }
    }
    const QByteArray made = pieces.join().left(qsizetype(maxSize));
    if (made.isEmpty())
        return LLVMFuzzerMutate(data, size, maxSize);
    std::memcpy(data, made.constData(), size_t(made.size()));
    return size_t(made.size());
}

#endif
