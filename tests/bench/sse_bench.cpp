// SPDX-License-Identifier: MIT
// Parses an event stream from a file in pieces of 64 KiB, as a socket would give it; prints seconds and
// events.
#include "core/stream/sse_parser.h"

#include <QFile>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
    QFile file(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "usage: bench_sse FILE\n");
        return 2;
    }
    const QByteArray stream = file.readAll();
    constexpr qsizetype piece = 64 * 1024;
    qint64 events = 0;
    qint64 bytes = 0;
    const auto count = [&](const lavascope::SseItem& item) {
        events += item.kind == lavascope::SseItem::Kind::Event;
        bytes += item.data.size();
    };
    const auto begin = std::chrono::steady_clock::now();
    lavascope::SseParser parser;
    for (qsizetype at = 0; at < stream.size(); at += piece)
        parser.feed(QByteArrayView(stream).sliced(at, qMin(piece, stream.size() - at)), count);
    parser.finish(count);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("{\"seconds\":%.6f,\"events\":%lld,\"bytes\":%lld}\n", took.count(),
                static_cast<long long>(events), static_cast<long long>(bytes));
    return 0;
}
