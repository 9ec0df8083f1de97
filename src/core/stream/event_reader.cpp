// SPDX-License-Identifier: MIT
#include "core/stream/event_reader.h"

#include "core/stream/repaired_utf8.h"
#include "core/stream/stream_error.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype mostSharedNames = 256;
constexpr qsizetype longestSharedName = 64;

bool isDone(const QByteArray& data) {
    qsizetype from = 0;
    while (from < data.size() && uchar(data[from]) <= ' ')
        ++from;
    return QByteArrayView(data).sliced(from).startsWith("[DONE]");
}

} // namespace

EventReader::EventReader(const DialectKind* forced, const DialectKind* guessed, Assembler& out)
    : m_out(out)
    , m_isCertain(forced != nullptr) {
    startOver(forced ? forced : guessed);
}

void EventReader::take(const SseItem& item, std::chrono::microseconds at) {
    Row row;
    row.event.at = at;
    // A stored clock may be anything; a gap is never less than none.
    if (!m_rows.empty())
        row.event.gap = std::max(std::chrono::microseconds(0), at - m_rows.back().event.at);
    row.event.data = item.data.toByteArray();
    row.event.terminated = item.terminated;
    row.isDamaged = item.isDamaged;
    switch (item.kind) {
    case SseItem::Kind::Event:
        row.event.kind = StreamEvent::Kind::Event;
        // Copies of one name share their bytes.
        row.type = item.type == "message" ? QByteArray() : item.type.toByteArray();
        break;
    case SseItem::Kind::Comment:
        row.event.kind = StreamEvent::Kind::Comment;
        break;
    case SseItem::Kind::Stray:
        row.event.kind = StreamEvent::Kind::Stray;
        break;
    }
    m_rows.push_back(std::move(row));
    read(m_rows.back());
}

void EventReader::finish() {
    if (m_dialect)
        m_dialect->finish(m_out);
}

void EventReader::read(Row& row) {
    switch (row.event.kind) {
    case StreamEvent::Kind::Comment:
        row.event.name = shared("comment");
        ++m_out.transcript().comments;
        break;
    case StreamEvent::Kind::Stray:
        row.event.name = shared("stray");
        readStray(row);
        break;
    case StreamEvent::Kind::Event:
        m_stray.clear();
        m_strayBalance = {};
        ++m_out.transcript().events;
        if (!m_firstEventAt)
            m_firstEventAt = row.event.at;
        m_lastIsUnterminated = !row.event.terminated;
        readEvent(row);
        break;
    }
}

void EventReader::readEvent(Row& row) {
    const QByteArray& data = row.event.data;
    if (isDone(data)) {
        row.event.name = shared("[DONE]");
        if (m_dialect)
            m_dialect->takeDone(m_out);
        else
            m_out.close();
        seeTimes(row);
        return;
    }
    row.event.name = shared(row.type.isEmpty() ? QByteArray("message") : row.type);
    if (row.isDamaged) {
        row.event.malformed = true;
        ++m_out.transcript().malformed;
        return;
    }
    if (data.isEmpty())
        return;
    if (const auto fault = scan(data)) {
        // Data that was cut with the stream is not the sender's mistake, and a stream of another kind need
        // not hold JSON at all.
        row.event.malformed = m_kind && (row.event.terminated || !fault->endedTooSoon);
        m_out.transcript().malformed += row.event.malformed ? 1 : 0;
        return;
    }
    row.event.name = nameOf(m_document.root(), row.type);
    if (takePayload(m_document.root(), row.type) == Taken::Done)
        seeTimes(row);
}

void EventReader::readStray(Row& row) {
    const QByteArray line = row.event.data + '\n';
    for (char c : line) {
        const bool closes = m_strayBalance.closesWith(uchar(c));
        if (!closes && !m_strayBalance.isOpen())
            continue;
        m_stray.append(c);
        if (!closes)
            continue;
        const QByteArray whole = std::exchange(m_stray, {});
        if (scan(whole))
            continue;
        m_out.note(QStringLiteral("JSON came outside of any event: most clients miss it"));
        if (takePayload(m_document.root(), {}) == Taken::ReadAgain)
            return;
        seeTimes(row);
    }
}

EventReader::Taken EventReader::takePayload(const json::View& payload, QByteArrayView type) {
    if (!m_isCertain && recognise(payload, type))
        return Taken::ReadAgain;
    if (m_out.isClosed()) {
        m_out.noteAfterEnd();
        return Taken::Done;
    }
    if (const auto error = errorIn(payload))
        m_out.fail(*error);
    if (m_dialect)
        m_dialect->takeEvent(payload, type.isEmpty() ? QByteArrayView("message") : type, m_out);
    return Taken::Done;
}

/// Whether the payload showed another dialect, so that all rows have been read again.
bool EventReader::recognise(const json::View& payload, QByteArrayView type) {
    const Recognised seen = dialectForEvent(payload, type);
    if (!seen.kind)
        return false;
    m_isCertain = seen.fit == Fit::Certain;
    const bool isNews = seen.kind != m_kind && (m_isCertain || !m_kind);
    if (!isNews)
        return false;
    startOver(seen.kind);
    for (Row& row : m_rows)
        read(row);
    return true;
}

void EventReader::startOver(const DialectKind* kind) {
    m_out.startOver();
    m_kind = kind;
    m_dialect = kind ? kind->make() : nullptr;
    if (kind)
        m_out.transcript().dialect = QString::fromLatin1(kind->name);
    m_stray.clear();
    m_strayBalance = {};
    m_firstTextAt.reset();
    m_endSignalAt.reset();
}

void EventReader::seeTimes(const Row& row) {
    if (!m_firstTextAt && m_out.hasVisibleText())
        m_firstTextAt = row.event.at;
    if (!m_out.transcript().endSignalSeen)
        m_endSignalAt.reset();
    else if (!m_endSignalAt)
        m_endSignalAt = row.event.at;
}

std::optional<json::Fault> EventReader::scan(const QByteArray& data) {
    auto fault = m_document.scan(data);
    if (!fault || data.isValidUtf8())
        return fault;
    // The standard for event streams asks for U+FFFD in place of every piece that is not UTF-8.
    m_repaired = repairedUtf8(data);
    m_out.note(QStringLiteral("bytes that are not UTF-8 were replaced"));
    return m_document.scan(m_repaired);
}

QString EventReader::nameOf(const json::View& payload, const QByteArray& type) {
    for (const char* member : {"type", "event_type"}) {
        const json::View name = payload[QByteArrayView(member)];
        if (!plainText(name).isEmpty())
            return shared(plainText(name).toByteArray());
    }
    if (!type.isEmpty())
        return shared(type);
    const QByteArrayView object = plainText(payload["object"]);
    if (!object.isEmpty())
        return shared(object.toByteArray());
    return shared(payload["error"].exists() && !payload["error"].isNull() ? "error" : "message");
}

QString EventReader::shared(const QByteArray& name) {
    const auto known = m_names.constFind(name);
    if (known != m_names.constEnd())
        return *known;
    QString text = QString::fromUtf8(name);
    if (name.size() <= longestSharedName && m_names.size() < mostSharedNames)
        m_names.insert(name, text);
    return text;
}

} // namespace lavascope
