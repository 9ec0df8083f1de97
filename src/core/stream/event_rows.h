// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/byte_store.h"
#include "core/stream/sse_parser.h"
#include "core/stream/stream_reader.h"

#include <QHash>

#include <chrono>
#include <memory>
#include <vector>

namespace lavascope {

/// The events of one answer as rows of a few bytes each: what they carry stays in the chunks it came in,
/// which are shared and not copied. Only data that was cut by a chunk's end has bytes of its own. Rows and
/// such bytes lie in pages that a source gives, so that any number of them need not be in memory.
class EventRows {
public:
    struct Row {
        std::chrono::microseconds at{0};
        quint32 piece = 0; ///< number of the chunk, or of the own bytes
        quint32 offset = 0;
        quint32 size = 0;
        quint32 name = 0;
        quint32 type = 0; ///< the stream's own `event:`, among the names
        StreamEvent::Kind kind = StreamEvent::Kind::Event;
        bool isOwn : 1 = false;
        bool terminated : 1 = true;
        bool malformed : 1 = false;
        bool isDamaged : 1 = false;
        EventChannel channel = EventChannel::Other;
    };

    explicit EventRows(const std::shared_ptr<PageSource>& pages);

    /// The chunk that the items of the next calls lie in, if they lie anywhere that lasts; it may be the same
    /// as before.
    void beginChunk(const Chunk& chunk);
    /// Valid until the next one is added.
    Row& add(const SseItem& item, std::chrono::microseconds at);

    [[nodiscard]] qsizetype count() const { return m_count; }
    [[nodiscard]] Row& row(qsizetype index) { return m_pages[size_t(index / pageSize)][index % pageSize]; }
    [[nodiscard]] const Row& row(qsizetype index) const {
        return m_pages[size_t(index / pageSize)][index % pageSize];
    }
    /// Valid as long as these rows are.
    [[nodiscard]] QByteArrayView dataOf(const Row& row) const;
    /// The stream's own `event:`; empty if it gave none.
    [[nodiscard]] QByteArrayView typeOf(const Row& row) const { return nameBytes(row.type); }
    [[nodiscard]] StreamEvent event(qsizetype index) const;
    [[nodiscard]] EventArrival arrival(qsizetype index) const {
        return {row(index).at, row(index).size, row(index).channel};
    }
    [[nodiscard]] StreamEvent head(qsizetype index) const; ///< all of it but the data
    [[nodiscard]] EventType type(qsizetype index) const;

    /// The number of a name, the same for the same name as long as there are not too many.
    [[nodiscard]] quint32 numberOf(QByteArrayView name);

private:
    struct Name {
        QByteArray bytes;
        QString text;
    };
    // A million rows must not be moved because one more comes.
    static constexpr qsizetype pageSize = 4096;

    [[nodiscard]] bool liesInChunk(QByteArrayView data) const;
    [[nodiscard]] QByteArrayView nameBytes(quint32 number) const;
    [[nodiscard]] QString nameText(quint32 number) const;
    [[nodiscard]] quint32 addRareName(QByteArrayView name);

    std::shared_ptr<PageSource> m_source;
    std::vector<Row*> m_pages;
    qsizetype m_count = 0;
    std::vector<Chunk> m_chunks;
    ByteStore m_own; ///< data that lies in no chunk, and names that are not shared
    Chunk m_chunk;
    bool m_isChunkKept = false;
    std::vector<Name> m_names; ///< those that are shared; the first is empty
    QHash<QByteArray, quint32> m_numbers;
    quint32 m_latest = 0; ///< the name asked for last: most streams repeat one
};

} // namespace lavascope
