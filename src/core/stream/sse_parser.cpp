// SPDX-License-Identifier: MIT
#include "core/stream/sse_parser.h"

#include <algorithm>
#include <cstring>

namespace lavascope {

namespace {

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
constexpr QByteArrayView dataField("data:");
// Buffers that one huge event has blown up are given back instead of being kept for the rest of the stream.
constexpr qsizetype keptCapacity = 1 << 20;

const char* find(const char* from, const char* end, char wanted) {
    if (from == end)
        return end;
    const void* hit = std::memchr(from, wanted, size_t(end - from));
    return hit ? static_cast<const char*>(hit) : end;
}

void empty(QByteArray& buffer) {
    // The usual case: what came lay in one line of the caller's bytes.
    if (buffer.isEmpty())
        return;
    if (buffer.capacity() > keptCapacity)
        buffer = QByteArray();
    else
        buffer.resize(0);
}

void assign(QByteArray& buffer, QByteArrayView bytes) {
    buffer.resize(0);
    buffer.append(bytes);
}

QByteArrayView withoutOneSpace(QByteArrayView text) {
    return text.startsWith(' ') ? text.sliced(1) : text;
}

/// JSON that lost its `data:` prefix, pretty-printed or not, a page of markup, or a failure under a field
/// name of its own.
bool looksStray(QByteArrayView line) {
    if (line.startsWith("error:"))
        return true;
    for (char c : line)
        if (c != ' ' && c != '\t')
            return QByteArrayView("{}[]\"<,").contains(c);
    return false;
}

/// Digits only, as the standard demands; what does not fit 64 bits is no time either.
std::optional<qint64> milliseconds(QByteArrayView digits) {
    if (digits.isEmpty() ||
        !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 value = digits.toByteArray().toLongLong(&fits);
    return fits ? std::optional(value) : std::nullopt;
}

} // namespace

void SseParser::feed(QByteArrayView bytes, const Sink& sink) {
    if (bytes.isEmpty())
        return;
    if (m_offset == 0 && m_bomBytes == 0)
        m_retryMs.reset();
    bytes = withoutBom(bytes);

    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* at = begin;
    const qint64 offset = m_offset;
    const auto skipTo = [&](const char* next) {
        at = next;
        m_offset = offset + (next - begin);
    };

    if (m_swallowLf && at != end) {
        m_swallowLf = false;
        if (*at == '\n') {
            skipTo(at + 1);
            m_lineBegin = m_offset;
        }
    }
    // The next CR is looked up once and remembered: most streams have none, and would else be searched to
    // their end for every line.
    const char* nextCr = find(at, end, '\r');
    while (at != end) {
        if (nextCr < at)
            nextCr = find(at, end, '\r');
        const char* const stop = find(at, nextCr, '\n');
        if (stop == end)
            break;
        const QByteArrayView rest(at, stop);
        skipTo(stop + 1);
        if (m_pending.isEmpty()) {
            takeLine(rest, LineEnd::Seen, sink);
        } else {
            m_pending.append(rest);
            takeLine(m_pending, LineEnd::Seen, sink);
            keepBorrowedData();
            empty(m_pending);
        }
        // A CR ends the line at once, whether an LF follows or not: an event is not held back for a byte that
        // may never come.
        if (*stop == '\r') {
            m_swallowLf = at == end;
            if (at != end && *at == '\n')
                skipTo(at + 1);
        }
        m_lineBegin = m_offset;
    }
    if (at != end) {
        m_pending.append(QByteArrayView(at, end));
        skipTo(end);
    }
    keepBorrowedData();
}

void SseParser::finish(const Sink& sink) {
    if (m_bomBytes < byteOrderMark.size()) {
        m_pending.append(byteOrderMark.first(m_bomBytes));
        m_offset += m_bomBytes;
    }
    if (!m_pending.isEmpty())
        takeLine(m_pending, LineEnd::Missing, sink);
    dispatch(LineEnd::Missing, sink);

    const std::optional<qint64> retryMs = m_retryMs;
    *this = SseParser();
    m_retryMs = retryMs;
}

QByteArrayView SseParser::withoutBom(QByteArrayView bytes) {
    while (m_bomBytes < byteOrderMark.size() && !bytes.isEmpty()) {
        if (bytes.front() != byteOrderMark[m_bomBytes]) {
            m_pending.append(byteOrderMark.first(m_bomBytes));
            m_offset += m_bomBytes;
            m_bomBytes = int(byteOrderMark.size());
            return bytes;
        }
        ++m_bomBytes;
        bytes = bytes.sliced(1);
        if (m_bomBytes == byteOrderMark.size())
            m_lineBegin = m_offset = byteOrderMark.size();
    }
    return bytes;
}

void SseParser::takeLine(QByteArrayView line, LineEnd lineEnd, const Sink& sink) {
    if (line.isEmpty()) {
        m_afterStray = false;
        dispatch(lineEnd, sink);
        return;
    }
    if (line.front() == ':') {
        m_afterStray = false;
        SseItem item;
        item.kind = SseItem::Kind::Comment;
        item.data = withoutOneSpace(line.sliced(1));
        item.lastEventId = m_lastEventId;
        item.begin = m_lineBegin;
        item.end = m_offset;
        item.terminated = lineEnd == LineEnd::Seen;
        sink(item);
        return;
    }
    if (m_blockBegin < 0)
        m_blockBegin = m_lineBegin;

    const char* const lineBegin = line.data();
    const char* const lineStop = lineBegin + line.size();
    // Nearly all lines: known by their first bytes, with no search for the colon.
    if (line.size() >= dataField.size() && std::memcmp(lineBegin, dataField.data(), dataField.size()) == 0) {
        addData(withoutOneSpace(line.sliced(dataField.size())));
        m_afterStray = false;
        return;
    }
    const char* const colon = find(lineBegin, lineStop, ':');
    const QByteArrayView name(lineBegin, colon);
    const QByteArrayView value =
        colon == lineStop ? QByteArrayView() : withoutOneSpace(QByteArrayView(colon + 1, lineStop));
    if (takeField(name, value))
        m_afterStray = false;
    else
        takeOddLine(line, lineEnd, sink);
}

bool SseParser::takeField(QByteArrayView name, QByteArrayView value) {
    if (name == "data") {
        addData(value);
        return true;
    }
    if (name == "event") {
        assign(m_type, value);
        return true;
    }
    if (name == "id") {
        if (!value.contains('\0'))
            assign(m_lastEventId, value);
        return true;
    }
    if (name == "retry") {
        if (const auto time = milliseconds(value))
            m_retryMs = time;
        return true;
    }
    return false;
}

void SseParser::takeOddLine(QByteArrayView line, LineEnd lineEnd, const Sink& sink) {
    if (!m_afterStray && !looksStray(line))
        return;
    m_afterStray = true;
    SseItem item;
    item.kind = SseItem::Kind::Stray;
    item.data = line;
    item.lastEventId = m_lastEventId;
    item.begin = m_lineBegin;
    item.end = m_offset;
    item.terminated = lineEnd == LineEnd::Seen;
    sink(item);
}

void SseParser::addData(QByteArrayView value) {
    if (m_dataLines++ == 0) {
        m_borrowed = value;
        m_isBorrowed = true;
        return;
    }
    keepBorrowedData();
    m_data.append('\n');
    m_data.append(value);
}

void SseParser::keepBorrowedData() {
    if (!m_isBorrowed)
        return;
    assign(m_data, m_borrowed);
    m_borrowed = {};
    m_isBorrowed = false;
}

void SseParser::dispatch(LineEnd lineEnd, const Sink& sink) {
    if (m_dataLines > 0) {
        SseItem item;
        item.type = m_type.isEmpty() ? QByteArrayView("message") : QByteArrayView(m_type);
        item.data = m_isBorrowed ? m_borrowed : QByteArrayView(m_data);
        item.lastEventId = m_lastEventId;
        item.begin = m_blockBegin;
        item.end = m_offset;
        item.terminated = lineEnd == LineEnd::Seen;
        sink(item);
    }
    empty(m_type);
    empty(m_data);
    m_borrowed = {};
    m_isBorrowed = false;
    m_dataLines = 0;
    m_blockBegin = -1;
}

} // namespace lavascope
