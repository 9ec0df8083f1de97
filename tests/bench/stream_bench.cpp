// SPDX-License-Identifier: MIT
// Reads an event stream from a file in pieces of 64 KiB, as a socket would give it: `events` only finds them,
// `answer` also puts the answer together. Prints seconds, events and, of an answer, text and usage. `growth`
// reads the same events as often as it takes to have so many of them, and prints the nanoseconds an event.
#include "core/stream/sse_parser.h"
#include "core/stream/stream_reader.h"

#include <QFile>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace lavascope;

namespace {

constexpr qsizetype piece = 64 * 1024;

using Clock = std::chrono::steady_clock;

void findEvents(const QByteArray& stream) {
    qint64 events = 0;
    const auto count = [&](const SseItem& item) { events += item.kind == SseItem::Kind::Event; };
    const auto begin = Clock::now();
    SseParser parser;
    for (qsizetype at = 0; at < stream.size(); at += piece)
        parser.feed(QByteArrayView(stream).sliced(at, qMin(piece, stream.size() - at)), count);
    parser.finish(count);
    const std::chrono::duration<double> took = Clock::now() - begin;
    std::printf("{\"seconds\":%.6f,\"events\":%lld}\n", took.count(), static_cast<long long>(events));
}

void readAnswer(const QByteArray& stream) {
    // The chunks as a socket hands them over: they are there before the reader sees them.
    std::vector<Chunk> chunks;
    for (qsizetype at = 0; at < stream.size(); at += piece)
        chunks.push_back({std::chrono::microseconds(at), stream.sliced(at, qMin(piece, stream.size() - at))});
    StreamReader reader({});
    const auto begin = Clock::now();
    reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, {});
    for (const Chunk& chunk : chunks)
        reader.take(chunk);
    reader.takeEnding({});
    const std::chrono::duration<double> took = Clock::now() - begin;
    const Transcript& read = reader.transcript();
    std::printf(
        "{\"seconds\":%.6f,\"events\":%lld,\"characters\":%lld,\"output_tokens\":%lld,\"verdict\":\"%s\"}\n",
        took.count(), static_cast<long long>(read.events), static_cast<long long>(read.first().text.size()),
        static_cast<long long>(read.usage.outputTokens.value_or(-1)), verdictName(*read.verdict));
}

/// All answers are made of the same bytes, so that only what the reader keeps of them grows.
void readMany(const QByteArray& stream, qint64 wanted) {
    StreamReader reader({});
    reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, {});
    const auto begin = Clock::now();
    for (qint64 round = 0; reader.eventCount() < wanted; ++round)
        reader.take({std::chrono::microseconds(round), stream});
    reader.takeEnding({});
    const std::chrono::duration<double, std::nano> took = Clock::now() - begin;
    const auto events = double(reader.eventCount());
    std::printf("{\"events\":%.0f,\"nanoseconds_an_event\":%.2f}\n", events, took.count() / events);
}

} // namespace

int main(int argc, char** argv) {
    QFile file(argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString());
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "usage: bench_stream events|answer FILE | growth FILE EVENTS\n");
        return 2;
    }
    const QByteArray stream = file.readAll();
    if (std::strcmp(argv[1], "growth") == 0 && argc > 3)
        readMany(stream, QByteArray(argv[3]).toLongLong());
    else if (std::strcmp(argv[1], "answer") == 0)
        readAnswer(stream);
    else
        findEvents(stream);
    return 0;
}
