// SPDX-License-Identifier: MIT
#include "gui/models/body_lines.h"

#include <algorithm>
#include <cstring>

namespace lavascope {

namespace {

// How far apart rows are remembered: near enough to find those between in no time, far enough to cost
// nothing.
constexpr qint64 betweenMarks = 16 * 1024;

bool isInsideCharacter(char byte) {
    constexpr uchar topBits = 0xC0;
    constexpr uchar continuation = 0x80;
    return (uchar(byte) & topBits) == continuation;
}

} // namespace

void BodyLines::clear() {
    m_marks.clear();
    m_end = {};
    m_size = 0;
}

bool BodyLines::grow(const Chunks& chunks, qint64 bytes) {
    const qint64 until = m_end.row.begin + bytes;
    while (m_end.row.begin < until) {
        if (m_marks.empty() || m_end.row.begin - m_marks.back().row.begin >= betweenMarks)
            m_marks.push_back(m_end);
        if (!takeRow(chunks, m_end)) {
            // What is left is a row that may grow; takeRow() has gone to its end.
            Place end = m_end;
            while (end.chunk < chunks.size())
                end.chunkBegin += chunks[end.chunk++].bytes.size();
            m_size = end.chunkBegin;
            return false;
        }
        m_size = m_end.row.begin;
    }
    return true;
}

// The row that begins at the place, which goes on behind it; nothing if it may still grow.
std::optional<BodyRow> BodyLines::takeRow(const Chunks& chunks, Place& place) {
    Place at = place;
    qint64 from = at.row.begin;
    const qint64 limit = from + longestRow;
    for (; at.chunk < chunks.size(); ++at.chunk) {
        const QByteArray& bytes = chunks[at.chunk].bytes;
        // The byte behind the longest row is looked at too: a line feed there needs no row of its own.
        const qint64 to = std::min(at.chunkBegin + bytes.size(), limit + 1);
        const char* const data = bytes.constData() + (from - at.chunkBegin);
        const void* const feed = from < to ? std::memchr(data, '\n', size_t(to - from)) : nullptr;
        BodyRow row = place.row;
        if (feed) {
            row.end = from + (static_cast<const char*>(feed) - data);
            row.next = row.end + 1;
        } else if (to == limit + 1) {
            row.end = borderBefore(chunks, at, limit);
            row.next = row.end;
        } else {
            from = at.chunkBegin += bytes.size();
            continue;
        }
        moveTo(chunks, at, row.next);
        at.row = {row.number + 1, row.line + (row.endsLine() ? 1 : 0), row.next, 0, 0, row.endsLine()};
        place = at;
        return row;
    }
    return std::nullopt;
}

// Where the character begins that this byte is in; the byte itself if that is no character.
qint64 BodyLines::borderBefore(const Chunks& chunks, const Place& at, qint64 byte) {
    constexpr int longestRest = 3; // bytes of a UTF-8 character behind its first
    Place place = at;
    for (qint64 border = byte; border >= byte - longestRest; --border) {
        moveTo(chunks, place, border);
        if (!isInsideCharacter(chunks[place.chunk].bytes[border - place.chunkBegin]))
            return border;
    }
    return byte;
}

void BodyLines::moveTo(const Chunks& chunks, Place& place, qint64 byte) {
    while (byte < place.chunkBegin)
        place.chunkBegin -= chunks[--place.chunk].bytes.size();
    while (place.chunk < chunks.size() && byte >= place.chunkBegin + chunks[place.chunk].bytes.size())
        place.chunkBegin += chunks[place.chunk++].bytes.size();
}

std::optional<BodyRow> BodyLines::openRow() const {
    if (m_size == m_end.row.begin)
        return std::nullopt;
    BodyRow row = m_end.row;
    row.end = row.next = m_size;
    return row;
}

qint64 BodyLines::rowCount() const {
    return m_end.row.number + (openRow() ? 1 : 0);
}

qint64 BodyLines::lineCount() const {
    return m_end.row.line + (openRow() || !m_end.row.beginsLine ? 1 : 0);
}

const BodyLines::Place& BodyLines::markBefore(qint64 BodyRow::*what, qint64 value) const {
    const auto after =
        std::upper_bound(m_marks.begin(), m_marks.end(), value,
                         [what](qint64 wanted, const Place& mark) { return wanted < mark.row.*what; });
    return after == m_marks.begin() ? m_marks.front() : *(after - 1);
}

std::vector<BodyRow> BodyLines::rows(const Chunks& chunks, qint64 first, qint64 count) const {
    std::vector<BodyRow> rows;
    const qint64 end = std::min(first + count, rowCount());
    if (first < 0 || first >= end)
        return rows;
    rows.reserve(size_t(end - first));
    Place place = markBefore(&BodyRow::number, first);
    while (place.row.number < std::min(end, m_end.row.number)) {
        const std::optional<BodyRow> row = takeRow(chunks, place);
        Q_ASSERT(row);
        if (row->number >= first)
            rows.push_back(*row);
    }
    if (end > m_end.row.number)
        rows.push_back(*openRow());
    return rows;
}

BodyRow BodyLines::rowAt(const Chunks& chunks, qint64 byte) const {
    if (m_marks.empty())
        return {};
    Place place = markBefore(&BodyRow::begin, byte);
    BodyRow row = place.row;
    while (place.row.number < m_end.row.number && place.row.begin <= byte)
        row = *takeRow(chunks, place);
    const std::optional<BodyRow> open = openRow();
    return open && open->begin <= byte ? *open : row;
}

QByteArray BodyLines::bytes(const Chunks& chunks, qint64 begin, qint64 end) const {
    QByteArray bytes;
    end = std::min(end, m_size);
    if (m_marks.empty() || begin >= end)
        return bytes;
    bytes.reserve(end - begin);
    Place place = markBefore(&BodyRow::begin, begin);
    for (moveTo(chunks, place, begin); begin < end; ++place.chunk) {
        const QByteArray& chunk = chunks[place.chunk].bytes;
        const qint64 stop = std::min(end, place.chunkBegin + chunk.size());
        bytes += QByteArrayView(chunk).sliced(begin - place.chunkBegin, stop - begin);
        place.chunkBegin += chunk.size();
        begin = stop;
    }
    return bytes;
}

} // namespace lavascope
