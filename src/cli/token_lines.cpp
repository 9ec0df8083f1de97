// SPDX-License-Identifier: MIT
#include "cli/token_lines.h"

#include "cli/json_output.h"

#include <QThread>

#include <algorithm>
#include <deque>
#include <future>

namespace lavascope {

namespace {

// Less is done before a thread has begun.
constexpr qsizetype pieceSize = 64 * 1024;
constexpr int mostThreads = 16;

struct InspectedLines {
    QByteArray out;
    bool allUsable = true;
};

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

/// The first lines, about a piece of them.
QByteArrayView takePiece(QByteArrayView& lines) {
    const qsizetype end = lines.size() <= pieceSize ? -1 : lines.indexOf('\n', pieceSize);
    const QByteArrayView piece = end < 0 ? lines : lines.first(end + 1);
    lines = lines.sliced(piece.size());
    return piece;
}

} // namespace

bool inspectLines(QByteArrayView lines, bool reveal, const std::function<void(const QByteArray&)>& write) {
    // A single line, typed or piped, is answered without a thread.
    if (lines.size() <= pieceSize) {
        const InspectedLines inspected = inspectInOrder(lines, reveal);
        write(inspected.out);
        return inspected.allUsable;
    }
    const auto threads = size_t(std::clamp(QThread::idealThreadCount(), 1, mostThreads));
    bool allUsable = true;
    std::deque<std::future<InspectedLines>> underWay;
    while (!lines.isEmpty() || !underWay.empty()) {
        // What is being worked on elsewhere stays short, so memory does not grow with the input.
        while (!lines.isEmpty() && underWay.size() < threads)
            underWay.push_back(std::async(std::launch::async, inspectInOrder, takePiece(lines), reveal));
        const InspectedLines inspected = underWay.front().get();
        underWay.pop_front();
        allUsable = allUsable && inspected.allUsable;
        write(inspected.out);
    }
    return allUsable;
}

} // namespace lavascope
