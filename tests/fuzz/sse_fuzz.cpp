// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/stream/sse_parser.h"

#include <algorithm>
#include <vector>

using namespace lavascope;

namespace {

struct Said {
    SseItem::Kind kind;
    QByteArray type;
    QByteArray data;
    QByteArray id;
    qint64 begin;
    qint64 end;
    bool terminated;

    friend bool operator==(const Said&, const Said&) = default;
};

/// What the standard dispatches, and the reconnection time, by the plainest reading of its text.
struct Expected {
    std::vector<Said> events;
    std::optional<qint64> retryMs;
};

std::vector<QByteArray> completeLines(QByteArray bytes) {
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    bytes.replace("\r\n", "\n");
    bytes.replace('\r', '\n');
    std::vector<QByteArray> lines;
    qsizetype from = 0;
    for (qsizetype at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', from)) {
        lines.push_back(bytes.sliced(from, at - from));
        from = at + 1;
    }
    return lines;
}

Expected byTheStandard(const QByteArray& bytes) {
    Expected expected;
    QByteArray type;
    QByteArray data;
    QByteArray id;
    bool hasData = false;
    for (const QByteArray& line : completeLines(bytes)) {
        if (line.isEmpty()) {
            if (hasData)
                expected.events.push_back({SseItem::Kind::Event, type.isEmpty() ? "message" : type,
                                           data.chopped(1), id, 0, 0, true});
            type.clear();
            data.clear();
            hasData = false;
            continue;
        }
        if (line.startsWith(':'))
            continue;
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = colon < 0 ? line : line.first(colon);
        QByteArray value = colon < 0 ? QByteArray() : line.sliced(colon + 1);
        if (value.startsWith(' '))
            value.remove(0, 1);
        if (name == "event") {
            type = value;
        } else if (name == "data") {
            data += value + '\n';
            hasData = true;
        } else if (name == "id" && !value.contains('\0')) {
            id = value;
        } else if (name == "retry" && !value.isEmpty() &&
                   std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            bool fits = false;
            const qint64 time = value.toLongLong(&fits);
            if (fits)
                expected.retryMs = time;
        }
    }
    return expected;
}

std::vector<Said> parsed(const QByteArray& bytes, qsizetype pieceSize,
                         std::optional<qint64>* retryMs = nullptr) {
    std::vector<Said> saids;
    const auto sink = [&](const SseItem& item) {
        saids.push_back({item.kind, item.type.toByteArray(), item.data.toByteArray(),
                         item.lastEventId.toByteArray(), item.begin, item.end, item.terminated});
    };
    SseParser parser;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        // A copy of its own, so that a view that outlives the call is seen.
        const std::vector<char> piece(bytes.begin() + at,
                                      bytes.begin() + std::min(at + pieceSize, bytes.size()));
        parser.feed(QByteArrayView(piece.data(), qsizetype(piece.size())), sink);
    }
    if (retryMs)
        *retryMs = parser.retryMs();
    parser.finish(sink);
    return saids;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    const qsizetype pieceSize = 1 + data[0] % 16;
    const QByteArray bytes(reinterpret_cast<const char*>(data) + 1, qsizetype(size) - 1);

    std::optional<qint64> retryMs;
    const std::vector<Said> whole = parsed(bytes, std::max<qsizetype>(1, bytes.size()), &retryMs);
    FUZZ_CHECK(parsed(bytes, pieceSize) == whole);

    std::vector<Said> events;
    qint64 lastEnd = 0;
    for (const Said& said : whole) {
        FUZZ_CHECK(0 <= said.begin && said.begin < said.end && said.end <= bytes.size());
        FUZZ_CHECK(said.end >= lastEnd);
        lastEnd = said.end;
        if (said.kind == SseItem::Kind::Event && said.terminated)
            events.push_back({said.kind, said.type, said.data, said.id, 0, 0, true});
    }
    const Expected expected = byTheStandard(bytes);
    FUZZ_CHECK(events == expected.events);
    FUZZ_CHECK(retryMs == expected.retryMs);
    return 0;
}
