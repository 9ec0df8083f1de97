// SPDX-License-Identifier: MIT
#include "cli/token_lines.h"

#include "cli/json_output.h"

#include <QThread>

#include <algorithm>
#include <future>
#include <vector>

namespace lavascope {

namespace {

// Less is done before a thread has begun.
constexpr qsizetype worthAThread = 64 * 1024;
constexpr int mostThreads = 16;

InspectedLines inspectInOrder(QByteArrayView lines, bool reveal) {
    InspectedLines inspected;
    json::Writer writer;
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf('\n');
        const QByteArrayView line = end < 0 ? lines : lines.first(end);
        lines = end < 0 ? QByteArrayView() : lines.sliced(end + 1);
        if (line.trimmed().isEmpty())
            continue;
        const TokenReport report = inspectToken(line);
        inspected.allUsable = inspected.allUsable && report.usable;
        writeTokenReport(writer, report, reveal);
        writer.endLine();
    }
    inspected.out = writer.bytes();
    return inspected;
}

/// The first of `parts` pieces, cut behind a line.
QByteArrayView takePiece(QByteArrayView& lines, int parts) {
    const qsizetype from = lines.size() / parts;
    const qsizetype end = parts == 1 ? -1 : lines.indexOf('\n', from);
    const QByteArrayView piece = end < 0 ? lines : lines.first(end + 1);
    lines = lines.sliced(piece.size());
    return piece;
}

} // namespace

InspectedLines inspectLines(QByteArrayView lines, bool reveal) {
    const auto worth = int(std::min<qsizetype>(lines.size() / worthAThread, mostThreads));
    int parts = std::clamp(worth, 1, std::max(1, QThread::idealThreadCount()));
    std::vector<std::future<InspectedLines>> others;
    const QByteArrayView own = takePiece(lines, parts--);
    while (parts > 0) {
        const QByteArrayView piece = takePiece(lines, parts--);
        others.push_back(std::async(std::launch::async, inspectInOrder, piece, reveal));
    }
    InspectedLines all = inspectInOrder(own, reveal);
    for (std::future<InspectedLines>& other : others) {
        const InspectedLines inspected = other.get();
        all.out += inspected.out;
        all.allUsable = all.allUsable && inspected.allUsable;
    }
    return all;
}

} // namespace lavascope
