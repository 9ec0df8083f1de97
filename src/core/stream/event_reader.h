// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/dialect_registry.h"
#include "core/stream/event_echo.h"
#include "core/stream/event_rows.h"
#include "core/stream/json_balance.h"
#include "core/stream/sse_parser.h"
#include "core/stream/stream_reader.h"

namespace lavascope {

/// Reads the items of an event stream: keeps a row for each and hands what they carry to the dialect that is
/// spoken. When a later event shows that it is another one, all rows are read again.
class EventReader {
public:
    /// `forced` is not doubted; `guessed` holds until the events say otherwise. Both may be null. `out` must
    /// outlive the reader.
    EventReader(const DialectKind* forced, const DialectKind* guessed, Assembler& out,
                const std::shared_ptr<PageSource>& pages);

    /// The chunk that the next items lie in: its bytes are shared, not copied.
    void beginChunk(const Chunk& chunk) { m_rows.beginChunk(chunk); }
    void take(const SseItem& item, std::chrono::microseconds at);
    void finish();

    [[nodiscard]] qsizetype count() const { return m_rows.count(); }
    [[nodiscard]] StreamEvent event(qsizetype index) const { return m_rows.event(index); }
    [[nodiscard]] EventArrival arrival(qsizetype index) const { return m_rows.arrival(index); }
    [[nodiscard]] StreamEvent head(qsizetype index) const { return m_rows.head(index); }
    [[nodiscard]] EventType type(qsizetype index) const { return m_rows.type(index); }
    [[nodiscard]] QByteArrayView data(qsizetype index) const { return m_rows.dataOf(m_rows.row(index)); }
    [[nodiscard]] const DialectKind* kind() const { return m_kind; }
    [[nodiscard]] std::optional<std::chrono::microseconds> firstEventAt() const { return m_firstEventAt; }
    [[nodiscard]] std::optional<std::chrono::microseconds> firstTextAt() const { return m_firstTextAt; }
    [[nodiscard]] std::optional<std::chrono::microseconds> endSignalAt() const { return m_endSignalAt; }
    /// Whether the last event came without its blank line.
    [[nodiscard]] bool lastIsUnterminated() const { return m_lastIsUnterminated; }
    /// Bytes that wait for more of an event that came without its frame.
    [[nodiscard]] qsizetype heldBytes() const { return m_stray.size(); }

private:
    using Row = EventRows::Row;
    enum class Taken { Done, ReadAgain };

    void read(Row& row);
    void readEvent(Row& row);
    [[nodiscard]] bool readEcho(Row& row, QByteArrayView data);
    void learnEcho(const Row& row, QByteArrayView data);
    void readStray(Row& row);
    [[nodiscard]] Taken takePayload(const json::View& payload, QByteArrayView type);
    [[nodiscard]] bool recognise(const json::View& payload, QByteArrayView type);
    void startOver(const DialectKind* kind);
    void seeTimes(const Row& row);
    [[nodiscard]] std::optional<json::Fault> scan(QByteArrayView data);
    [[nodiscard]] quint32 nameOf(const json::View& payload, const Row& row);

    Assembler& m_out;
    const DialectKind* m_kind = nullptr;
    std::unique_ptr<Dialect> m_dialect;
    bool m_isCertain = false;

    EventRows m_rows;
    EventEcho m_echo;
    qint64 m_echoChoice = 0;
    quint32 m_echoName = 0;
    quint32 m_echoType = 0;
    json::Document m_document;
    QByteArray m_repaired; ///< what is scanned instead of bytes that are not UTF-8
    QByteArray m_stray;    ///< JSON without `data:` that is not whole yet
    JsonBalance m_strayBalance;

    std::optional<std::chrono::microseconds> m_firstEventAt;
    std::optional<std::chrono::microseconds> m_firstTextAt;
    std::optional<std::chrono::microseconds> m_endSignalAt;
    bool m_lastIsUnterminated = false;
};

} // namespace lavascope
