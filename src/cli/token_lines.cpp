// SPDX-License-Identifier: MIT
#include "cli/token_lines.h"

#include "cli/json_output.h"
#include "core/token/token_echo.h"

#include <QThread>

#include <algorithm>
#include <deque>
#include <functional>
#include <future>

namespace lavascope {

namespace {

// Less is done before a thread has begun.
constexpr qsizetype pieceSize = 64 * 1024;
constexpr int mostThreads = 16;

/// Inspects lines one after the other, and remembers from piece to piece what it has seen.
class LineInspector {
public:
    explicit LineInspector(bool reveal)
        : m_echo([this, reveal](QByteArrayView line) { return saidOf(line, reveal); }) {}
    LineInspector(const LineInspector&) = delete;
    LineInspector& operator=(const LineInspector&) = delete;

    /// The answers to all lines that are not blank; valid until the next are inspected.
    [[nodiscard]] QByteArrayView inspect(QByteArrayView lines);
    [[nodiscard]] bool allUsable() const { return m_allUsable; }

private:
    [[nodiscard]] TokenEcho::Said saidOf(QByteArrayView line, bool reveal);

    json::Writer m_writer;
    json::GrowingBytes m_out; ///< kept from piece to piece, as new room is dearer than what is put into it
    TokenEcho m_echo;
    bool m_allUsable = true;
};

TokenEcho::Said LineInspector::saidOf(QByteArrayView line, bool reveal) {
    const TokenReport report = inspectToken(line);
    m_writer.clear();
    writeTokenReport(m_writer, report, reveal);
    m_writer.endLine();
    return {m_writer.bytes(), report.usable, report.findings.empty()};
}

QByteArrayView LineInspector::inspect(QByteArrayView lines) {
    m_out.clear();
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf('\n');
        const QByteArrayView line = end < 0 ? lines : lines.first(end);
        lines = end < 0 ? QByteArrayView() : lines.sliced(end + 1);
        if (!line.trimmed().isEmpty())
            m_allUsable &= m_echo.say(line, m_out);
    }
    return m_out.view();
}

/// The first lines, about a piece of them.
QByteArrayView takePiece(QByteArrayView& lines) {
    const qsizetype end = lines.size() <= pieceSize ? -1 : lines.indexOf('\n', pieceSize);
    const QByteArrayView piece = end < 0 ? lines : lines.first(end + 1);
    lines = lines.sliced(piece.size());
    return piece;
}

} // namespace

bool inspectLines(QByteArrayView lines, bool reveal, const std::function<void(QByteArrayView)>& write) {
    // A single line, typed or piped, is answered without a thread.
    if (lines.size() <= pieceSize) {
        LineInspector inspector(reveal);
        write(inspector.inspect(lines));
        return inspector.allUsable();
    }
    const auto threads = size_t(std::clamp(QThread::idealThreadCount(), 1, mostThreads));
    std::deque<LineInspector> inspectors;
    for (size_t i = 0; i < threads; ++i)
        inspectors.emplace_back(reveal);
    // In turn, so each of them has one piece at a time. What is being worked on elsewhere stays short, so
    // memory does not grow with the input.
    std::deque<std::future<QByteArrayView>> underWay;
    for (size_t next = 0; !lines.isEmpty() || !underWay.empty();) {
        while (!lines.isEmpty() && underWay.size() < threads)
            underWay.push_back(std::async(std::launch::async,
                                          [&inspector = inspectors[next++ % threads],
                                           piece = takePiece(lines)] { return inspector.inspect(piece); }));
        write(underWay.front().get());
        underWay.pop_front();
    }
    return std::all_of(inspectors.begin(), inspectors.end(), std::mem_fn(&LineInspector::allUsable));
}

} // namespace lavascope
