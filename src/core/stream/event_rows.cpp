// SPDX-License-Identifier: MIT
#include "core/stream/event_rows.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace lavascope {

namespace {

constexpr qsizetype mostSharedNames = 256;
constexpr qsizetype longestSharedName = 64;
constexpr qsizetype largestOffset = std::numeric_limits<quint32>::max();

StreamEvent::Kind kindOf(SseItem::Kind kind) {
    switch (kind) {
    case SseItem::Kind::Comment:
        return StreamEvent::Kind::Comment;
    case SseItem::Kind::Stray:
        return StreamEvent::Kind::Stray;
    case SseItem::Kind::Event:
        break;
    }
    return StreamEvent::Kind::Event;
}

} // namespace

EventRows::EventRows()
    : m_names(1) {}

void EventRows::beginChunk(const QByteArray& bytes) {
    m_chunk = bytes;
    m_isChunkKept = false;
}

EventRows::Row& EventRows::add(const SseItem& item, std::chrono::microseconds at) {
    if (m_count % pageSize == 0)
        m_pages.emplace_back().reserve(size_t(pageSize));
    ++m_count;
    Row& row = m_pages.back().emplace_back();
    row.at = at;
    row.kind = kindOf(item.kind);
    row.terminated = item.terminated;
    row.isDamaged = item.isDamaged;
    if (row.kind == StreamEvent::Kind::Event && item.type != "message")
        row.type = numberOf(item.type);

    row.size = quint32(std::min(item.data.size(), largestOffset));
    if (item.data.isEmpty()) {
        row.isOwn = true;
        if (m_own.empty())
            m_own.emplace_back();
    } else if (liesInChunk(item.data)) {
        if (!m_isChunkKept)
            m_chunks.push_back(m_chunk);
        m_isChunkKept = true;
        row.piece = quint32(m_chunks.size() - 1);
        row.offset = quint32(item.data.data() - m_chunk.constData());
    } else {
        row.isOwn = true;
        row.piece = quint32(m_own.size());
        m_own.push_back(item.data.toByteArray());
    }
    return row;
}

bool EventRows::liesInChunk(QByteArrayView data) const {
    // Addresses of different arrays may only be compared so.
    const std::less_equal<const char*> notAfter;
    return m_chunk.size() <= largestOffset && notAfter(m_chunk.constData(), data.data()) &&
           notAfter(data.data() + data.size(), m_chunk.constData() + m_chunk.size());
}

QByteArrayView EventRows::dataOf(const Row& row) const {
    const QByteArray& piece = row.isOwn ? m_own[row.piece] : m_chunks[row.piece];
    return QByteArrayView(piece).sliced(row.offset, row.size);
}

StreamEvent EventRows::event(qsizetype index) const {
    StreamEvent event = head(index);
    event.data = dataOf(row(index)).toByteArray();
    return event;
}

EventType EventRows::type(qsizetype index) const {
    const Row& row = this->row(index);
    return {row.kind, m_names[row.name].text};
}

StreamEvent EventRows::head(qsizetype index) const {
    const Row& row = this->row(index);
    StreamEvent event;
    event.kind = row.kind;
    event.at = row.at;
    // A stored clock may be anything; a gap is never less than none.
    if (index > 0)
        event.gap = std::max(std::chrono::microseconds(0), row.at - this->row(index - 1).at);
    event.name = m_names[row.name].text;
    event.terminated = row.terminated;
    event.malformed = row.malformed;
    return event;
}

quint32 EventRows::numberOf(QByteArrayView name) {
    if (m_names[m_latest].bytes == name)
        return m_latest;
    // Looked up without a copy.
    const auto known = m_numbers.constFind(QByteArray::fromRawData(name.data(), name.size()));
    if (known != m_numbers.constEnd())
        return m_latest = *known;
    const auto number = quint32(m_names.size());
    m_names.push_back({name.toByteArray(), QString::fromUtf8(name)});
    if (name.size() <= longestSharedName && m_numbers.size() < mostSharedNames)
        m_numbers.insert(m_names.back().bytes, number);
    return m_latest = number;
}

} // namespace lavascope
