// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/dialect_registry.h"
#include "core/stream/json_balance.h"
#include "core/stream/sse_parser.h"
#include "core/stream/stream_reader.h"

#include <QHash>

#include <deque>

namespace lavascope {

/// Reads the items of an event stream: keeps a row for each and hands what they carry to the dialect that is
/// spoken. When a later event shows that it is another one, all rows are read again.
class EventReader {
public:
    /// `forced` is not doubted; `guessed` holds until the events say otherwise. Both may be null. `out` must
    /// outlive the reader.
    EventReader(const DialectKind* forced, const DialectKind* guessed, Assembler& out);

    void take(const SseItem& item, std::chrono::microseconds at);
    void finish();

    [[nodiscard]] qsizetype count() const { return qsizetype(m_rows.size()); }
    [[nodiscard]] const StreamEvent& row(qsizetype index) const { return m_rows[size_t(index)].event; }
    [[nodiscard]] const DialectKind* kind() const { return m_kind; }
    [[nodiscard]] std::optional<std::chrono::microseconds> firstEventAt() const { return m_firstEventAt; }
    [[nodiscard]] std::optional<std::chrono::microseconds> firstTextAt() const { return m_firstTextAt; }
    [[nodiscard]] std::optional<std::chrono::microseconds> endSignalAt() const { return m_endSignalAt; }
    /// Whether the last event came without its blank line.
    [[nodiscard]] bool lastIsUnterminated() const { return m_lastIsUnterminated; }

private:
    struct Row {
        StreamEvent event;
        QByteArray type; ///< the stream's own `event:`
        bool isDamaged = false;
    };
    enum class Taken { Done, ReadAgain };

    void read(Row& row);
    void readEvent(Row& row);
    void readStray(Row& row);
    [[nodiscard]] Taken takePayload(const json::View& payload, QByteArrayView type);
    [[nodiscard]] bool recognise(const json::View& payload, QByteArrayView type);
    void startOver(const DialectKind* kind);
    void seeTimes(const Row& row);
    [[nodiscard]] std::optional<json::Fault> scan(const QByteArray& data);
    [[nodiscard]] QString nameOf(const json::View& payload, const QByteArray& type);
    [[nodiscard]] QString shared(const QByteArray& name);

    Assembler& m_out;
    const DialectKind* m_kind = nullptr;
    std::unique_ptr<Dialect> m_dialect;
    bool m_isCertain = false;

    std::deque<Row> m_rows; ///< a million rows must not be moved because one more comes
    json::Document m_document;
    QByteArray m_repaired; ///< what is scanned instead of bytes that are not UTF-8
    QByteArray m_stray;    ///< JSON without `data:` that is not whole yet
    JsonBalance m_strayBalance;
    QHash<QByteArray, QString> m_names; ///< one string for the many rows of one name

    std::optional<std::chrono::microseconds> m_firstEventAt;
    std::optional<std::chrono::microseconds> m_firstTextAt;
    std::optional<std::chrono::microseconds> m_endSignalAt;
    bool m_lastIsUnterminated = false;
};

} // namespace lavascope
