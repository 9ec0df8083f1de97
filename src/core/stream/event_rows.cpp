// SPDX-License-Identifier: MIT
#include "core/stream/event_rows.h"

#include "core/json/string_text.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <new>

namespace lavascope {

namespace {

constexpr qsizetype mostSharedNames = 256;
constexpr qsizetype longestSharedName = 64;
constexpr qsizetype largestOffset = std::numeric_limits<quint32>::max();
constexpr qsizetype longestRareName = qsizetype(1) << 20;
// The number of a rare name tells where it lies: there is room for 16 GiB of names and data together, and
// names beyond that are lost.
constexpr quint32 rareName = quint32(1) << 31;
constexpr auto unitsInPage = quint32(ByteStore::pageBytes / ByteStore::unit);
constexpr quint32 rareNamePages = rareName / unitsInPage;

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

EventRows::EventRows(const std::shared_ptr<PageSource>& pages)
    : m_source(pages)
    , m_own(pages)
    , m_names(1) {}

void EventRows::beginChunk(const Chunk& chunk) {
    // While one is held here, no other can have the same address.
    if (!chunk.bytes.isEmpty() && m_chunk.bytes.constData() == chunk.bytes.constData() &&
        m_chunk.bytes.size() == chunk.bytes.size())
        return;
    m_chunk = chunk;
    m_isChunkKept = false;
}

EventRows::Row& EventRows::add(const SseItem& item, std::chrono::microseconds at) {
    if (m_count % pageSize == 0) {
        char* const page = m_source->newPage(pageSize * qsizetype(sizeof(Row)));
        m_pages.push_back(reinterpret_cast<Row*>(page));
    }
    Row& row = *new (m_pages.back() + m_count++ % pageSize) Row();
    row.at = at;
    row.kind = kindOf(item.kind);
    row.terminated = item.terminated;
    row.isDamaged = item.isDamaged;
    if (row.kind == StreamEvent::Kind::Event && item.type != "message")
        row.type = numberOf(item.type);

    row.size = quint32(std::min(item.data.size(), largestOffset));
    if (!item.data.isEmpty() && liesInChunk(item.data)) {
        if (!m_isChunkKept)
            m_chunks.push_back(m_chunk);
        m_isChunkKept = true;
        row.piece = quint32(m_chunks.size() - 1);
        row.offset = quint32(item.data.data() - m_chunk.bytes.constData());
    } else {
        const ByteStore::Place place = m_own.add(item.data.first(row.size));
        row.isOwn = true;
        row.piece = place.page;
        row.offset = place.offset;
    }
    return row;
}

bool EventRows::liesInChunk(QByteArrayView data) const {
    // Addresses of different arrays may only be compared so.
    const std::less_equal<const char*> notAfter;
    const QByteArray& chunk = m_chunk.bytes;
    return chunk.size() <= largestOffset && notAfter(chunk.constData(), data.data()) &&
           notAfter(data.data() + data.size(), chunk.constData() + chunk.size());
}

QByteArrayView EventRows::dataOf(const Row& row) const {
    if (row.isOwn)
        return m_own.at({row.piece, row.offset}, row.size);
    return QByteArrayView(m_chunks[row.piece].bytes).sliced(row.offset, row.size);
}

StreamEvent EventRows::event(qsizetype index) const {
    StreamEvent event = head(index);
    event.data = dataOf(row(index)).toByteArray();
    return event;
}

EventType EventRows::type(qsizetype index) const {
    const Row& row = this->row(index);
    return {row.kind, nameText(row.name)};
}

StreamEvent EventRows::head(qsizetype index) const {
    const Row& row = this->row(index);
    StreamEvent event;
    event.kind = row.kind;
    event.at = row.at;
    // A stored clock may be anything; a gap is never less than none.
    if (index > 0)
        event.gap = std::max(std::chrono::microseconds(0), row.at - this->row(index - 1).at);
    event.name = nameText(row.name);
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
    if (name.size() > longestSharedName || m_numbers.size() >= mostSharedNames)
        return addRareName(name);
    const auto number = quint32(m_names.size());
    m_names.push_back({name.toByteArray(), json::textOfUtf8(name)});
    m_numbers.insert(m_names.back().bytes, number);
    return m_latest = number;
}

/// A name that is met once, most likely: kept beside the data, with its length before it.
quint32 EventRows::addRareName(QByteArrayView name) {
    const auto size = quint32(std::min(name.size(), longestRareName));
    QByteArray entry(reinterpret_cast<const char*>(&size), sizeof size);
    entry.append(name.first(size));
    const ByteStore::Place place = m_own.add(entry);
    if (place.page >= rareNamePages)
        return 0;
    return rareName | place.page * unitsInPage | place.offset / quint32(ByteStore::unit);
}

QByteArrayView EventRows::nameBytes(quint32 number) const {
    if ((number & rareName) == 0)
        return m_names[number].bytes;
    const quint32 unit = number & ~rareName;
    const ByteStore::Place place{unit / unitsInPage, unit % unitsInPage * quint32(ByteStore::unit)};
    quint32 size = 0;
    std::memcpy(&size, m_own.at(place, sizeof size).data(), sizeof size);
    return m_own.at(place, qsizetype(sizeof size) + size).sliced(sizeof size);
}

QString EventRows::nameText(quint32 number) const {
    return (number & rareName) == 0 ? m_names[number].text : json::textOfUtf8(nameBytes(number));
}

} // namespace lavascope
