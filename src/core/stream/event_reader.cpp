// SPDX-License-Identifier: MIT
#include "core/stream/event_reader.h"

#include "core/stream/aws_exception.h"
#include "core/stream/repaired_utf8.h"
#include "core/stream/stream_error.h"

#include <utility>

namespace lavascope {

namespace {

bool isDone(QByteArrayView data) {
    qsizetype from = 0;
    while (from < data.size() && uchar(data[from]) <= ' ')
        ++from;
    return data.sliced(from).startsWith("[DONE]");
}

/// llama.cpp writes `error: {…}` where an event stream has `data:`.
bool isFailureField(QByteArrayView line) {
    return line.startsWith("error:");
}

} // namespace

EventReader::EventReader(const DialectKind* forced, const DialectKind* guessed, Assembler& out,
                         const std::shared_ptr<PageSource>& pages)
    : m_out(out)
    , m_isCertain(forced != nullptr)
    , m_rows(pages) {
    startOver(forced ? forced : guessed);
}

void EventReader::take(const SseItem& item, std::chrono::microseconds at) {
    read(m_rows.add(item, at));
}

void EventReader::finish() {
    if (m_dialect)
        m_dialect->finish(m_out);
}

void EventReader::read(Row& row) {
    row.channel = EventChannel::Other;
    switch (row.kind) {
    case StreamEvent::Kind::Comment:
        row.channel = EventChannel::Comment;
        row.name = m_rows.numberOf("comment");
        ++m_out.transcript().comments;
        break;
    case StreamEvent::Kind::Stray:
        row.name = m_rows.numberOf("stray");
        readStray(row);
        break;
    case StreamEvent::Kind::Event:
        m_stray.clear();
        m_strayBalance = {};
        ++m_out.transcript().events;
        if (!m_firstEventAt)
            m_firstEventAt = row.at;
        m_lastIsUnterminated = !row.terminated;
        readEvent(row);
        break;
    }
}

void EventReader::readEvent(Row& row) {
    const QByteArrayView data = m_rows.dataOf(row);
    if (readEcho(row, data))
        return;
    // Whatever this one says, what came before it may no longer be said again without effect.
    m_echo.forget();
    if (isDone(data)) {
        row.name = m_rows.numberOf("[DONE]");
        if (m_dialect)
            m_dialect->takeDone(m_out);
        else
            m_out.close();
        seeTimes(row);
        return;
    }
    row.name = row.type != 0 ? row.type : m_rows.numberOf("message");
    if (row.isDamaged) {
        row.malformed = true;
        ++m_out.transcript().malformed;
        return;
    }
    if (data.isEmpty())
        return;
    if (const auto fault = scan(data)) {
        // Data that was cut with the stream is not the sender's mistake, and a stream of another kind need
        // not hold JSON at all.
        row.malformed = m_kind && (row.terminated || !fault->endedTooSoon);
        m_out.transcript().malformed += row.malformed ? 1 : 0;
        return;
    }
    row.name = nameOf(m_document.root(), row);
    if (takePayload(m_document.root(), m_rows.typeOf(row)) == Taken::ReadAgain)
        return;
    row.channel = m_out.added();
    learnEcho(row, data);
    seeTimes(row);
}

/// Whether the event says what the one before it said, but for its text.
bool EventReader::readEcho(Row& row, QByteArrayView data) {
    if (row.type != m_echoType || row.isDamaged || m_out.transcript().endSignalSeen || m_out.isClosed())
        return false;
    const auto text = m_echo.heardIn(data);
    if (!text)
        return false;
    row.name = m_echoName;
    row.channel = text->isEmpty() ? EventChannel::Other : EventChannel::Text;
    m_out.addText(*m_out.choice(m_echoChoice), *text);
    seeTimes(row);
    return true;
}

void EventReader::learnEcho(const Row& row, QByteArrayView data) {
    // Not before the dialect is certain: every event may still show another one.
    const bool isRepaired = m_document.source().data() != data.data();
    if (!m_dialect || !m_isCertain || isRepaired || m_out.isClosed())
        return;
    const Dialect::Addition addition = m_dialect->onlyAddition();
    const auto choices = qint64(m_out.transcript().choices.size());
    if (!addition.text.isString() || addition.choice < 0 || addition.choice >= choices)
        return;
    const json::View& padding = addition.padding;
    m_echo.learn(data, addition.text.range(), padding.isString() ? padding.range() : ByteRange());
    m_echoChoice = addition.choice;
    m_echoName = row.name;
    m_echoType = row.type;
}

void EventReader::readStray(Row& row) {
    const QByteArray line = m_rows.dataOf(row).toByteArray() + '\n';
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
        m_echo.forget();
        if (isFailureField(line) && !errorIn(m_document.root())) {
            StreamError error = errorFrom(m_document.root());
            error.raw = whole;
            m_out.fail(error);
        }
        m_out.note(QStringLiteral("JSON came outside of any event: most clients miss it"));
        if (takePayload(m_document.root(), {}) == Taken::ReadAgain)
            return;
        row.channel = m_out.added();
        seeTimes(row);
    }
}

EventReader::Taken EventReader::takePayload(const json::View& payload, QByteArrayView type) {
    if (!m_isCertain && recognise(payload, type))
        return Taken::ReadAgain;
    m_out.beginPayload();
    if (m_out.isClosed()) {
        m_out.noteAfterEnd();
        return Taken::Done;
    }
    if (const auto error = errorIn(payload))
        m_out.fail(*error);
    if (isAwsException(type)) {
        m_out.fail(awsExceptionFrom(payload, type));
        m_out.close();
        return Taken::Done;
    }
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
    for (qsizetype index = 0; index < m_rows.count(); ++index)
        read(m_rows.row(index));
    return true;
}

void EventReader::startOver(const DialectKind* kind) {
    m_out.startOver();
    m_echo.forget();
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
        m_firstTextAt = row.at;
    if (!m_out.transcript().endSignalSeen)
        m_endSignalAt.reset();
    else if (!m_endSignalAt)
        m_endSignalAt = row.at;
}

std::optional<json::Fault> EventReader::scan(QByteArrayView data) {
    auto fault = m_document.scan(data);
    if (!fault || data.isValidUtf8())
        return fault;
    // The standard for event streams asks for U+FFFD in place of every piece that is not UTF-8.
    m_repaired = repairedUtf8(data);
    m_out.note(QStringLiteral("bytes that are not UTF-8 were replaced"));
    return m_document.scan(m_repaired);
}

quint32 EventReader::nameOf(const json::View& payload, const Row& row) {
    for (const char* member : {"type", "event_type"}) {
        const QByteArrayView name = plainText(payload[QByteArrayView(member)]);
        if (!name.isEmpty())
            return m_rows.numberOf(name);
    }
    if (row.type != 0)
        return row.type;
    const QByteArrayView object = plainText(payload["object"]);
    if (!object.isEmpty())
        return m_rows.numberOf(object);
    const json::View error = payload["error"];
    return m_rows.numberOf(error.exists() && !error.isNull() ? "error" : "message");
}

} // namespace lavascope
