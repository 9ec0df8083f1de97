// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"

#include "core/request/request_draft.h"
#include "core/stream/answer_end.h"
#include "core/stream/answer_speed.h"
#include "core/stream/body_shape.h"
#include "core/stream/event_framing.h"
#include "core/stream/event_reader.h"
#include "core/stream/held_body.h"
#include "core/stream/media_type.h"
#include "core/stream/utf8_text.h"
#include "core/stream/whole_body.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

bool isGoodStatus(int status) {
    // No status at all: bytes without a call around them, as in a stored body.
    return status == 0 || (status >= 200 && status <= 299);
}

bool isBlank(QByteArrayView bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

/// A plain body longer than this is kept, but not read: it would have to be in memory as one.
constexpr qint64 largestWhole = qint64(128) * 1024 * 1024;
constexpr qsizetype longestPlainText = qsizetype(64) * 1024 * 1024;

std::shared_ptr<PageSource> orHeap(std::shared_ptr<PageSource> pages) {
    return pages ? std::move(pages) : std::make_shared<HeapPages>();
}

} // namespace

class StreamReader::Private {
public:
    Private(StreamHints hints, const std::shared_ptr<PageSource>& pages)
        : m_hints(std::move(hints))
        , m_forced(dialectNamed(m_hints.forcedDialect))
        , m_guessed(dialectForUrl(m_hints.url))
        , m_shape(shapeNamed(m_hints.forcedDialect))
        , m_events(m_forced, m_guessed, m_out, pages) {}
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void takeHeaders(int status, const Headers& headers, std::chrono::microseconds at);
    void take(const ChunkPart& part);
    void takeEnding(const Ending& ending);

    [[nodiscard]] std::optional<Speed> speed() const;
    [[nodiscard]] qint64 heldBytes() const;
    [[nodiscard]] std::optional<Buffering> buffering() const;

    Timeline timeline;
    ArrivalTally arrivals;

    [[nodiscard]] const Transcript& transcript() const { return m_out.transcript(); }
    [[nodiscard]] const EventReader& events() const { return m_events; }

private:
    void read(const ChunkPart& part);
    void addText(const QString& text, std::chrono::microseconds at);
    void shapeDecided();
    void finishBody();
    void finishJson(std::chrono::microseconds at);
    void finishBinary();
    [[nodiscard]] bool isTooLongToRead();
    void endWithBody(const Ending& ending);
    [[nodiscard]] AnswerEnd endWith(EndReason reason) const;
    void takeTimes();

    StreamHints m_hints;
    const DialectKind* m_forced;
    const DialectKind* m_guessed;
    int m_status = 0;
    QByteArray m_contentType;
    QByteArray m_contentEncoding;
    QByteArray m_server;

    BodySniffer m_sniffer;
    BodyShape m_shape;
    HeldBody m_held; ///< bytes that wait for the shape, or for the whole of a plain body
    EventFraming m_framing;
    Assembler m_out;
    EventReader m_events;
    Utf8Text m_text;
    Wholeness m_wholeness = Wholeness::Whole;
    std::optional<std::chrono::microseconds> m_lastByteAt;
};

void StreamReader::Private::takeHeaders(int status, const Headers& headers, std::chrono::microseconds at) {
    m_status = status;
    m_contentType = headers.value("content-type").value_or(QByteArray());
    m_contentEncoding = headers.value("content-encoding").value_or(QByteArray());
    m_server = headers.value("server").value_or(QByteArray());
    m_sniffer = BodySniffer(m_contentType);
    m_out.setFailures(isGoodStatus(status) ? Assembler::Failures::Count
                                           : Assembler::Failures::BelongToStatus);
    timeline.headers = at;
}

void StreamReader::Private::take(const ChunkPart& part) {
    Q_ASSERT(!transcript().verdict);
    if (part.size == 0)
        return;
    const auto at = part.chunk.at;
    if (!timeline.firstByte && !isBlank(part.bytes()))
        timeline.firstByte = at;
    if (m_lastByteAt)
        timeline.longestGap = std::max(timeline.longestGap, at - *m_lastByteAt);
    m_lastByteAt = at;
    timeline.bytes += part.size;
    const qsizetype eventsBefore = m_events.count();

    if (m_shape == BodyShape::Undecided) {
        m_held.add(part);
        m_shape = m_sniffer.take(part.bytes());
        if (m_shape == BodyShape::Undecided && m_held.size() > largestWhole)
            m_shape = m_sniffer.finish();
        shapeDecided();
    } else {
        read(part);
    }
    arrivals.take(at, part.size, eventsBefore, m_events.count());
    takeTimes();
}

/// Reads what had to wait until it was clear how to read it.
void StreamReader::Private::shapeDecided() {
    if (m_shape == BodyShape::Undecided)
        return;
    m_framing = EventFraming(m_shape);
    for (const ChunkPart& part : m_held.takeParts())
        read(part);
}

void StreamReader::Private::read(const ChunkPart& part) {
    switch (m_shape) {
    case BodyShape::EventStream:
    case BodyShape::JsonLines:
    case BodyShape::JsonArray:
    case BodyShape::AwsEventStream:
        m_events.beginChunk(part.chunk);
        m_framing.feed(part.bytes(), [&](const SseItem& item) { m_events.take(item, part.chunk.at); });
        break;
    case BodyShape::Json:
    case BodyShape::Binary:
        m_held.add(part);
        break;
    case BodyShape::Text:
        addText(m_text.take(part.bytes()), part.chunk.at);
        break;
    case BodyShape::Undecided:
    case BodyShape::Html:
        break;
    }
}

void StreamReader::Private::addText(const QString& text, std::chrono::microseconds at) {
    Choice& choice = *m_out.choice(0);
    if (choice.text.size() > longestPlainText) {
        m_out.note(QStringLiteral("the text goes on: the body holds all of it"));
        return;
    }
    m_out.addText(choice, text);
    if (!timeline.firstText && m_out.hasVisibleText())
        timeline.firstText = at;
}

void StreamReader::Private::takeEnding(const Ending& ending) {
    Q_ASSERT(!transcript().verdict);
    if (m_shape == BodyShape::Undecided) {
        m_shape = m_sniffer.finish();
        shapeDecided();
    }
    finishBody();
    takeTimes();
    timeline.end = ending.at;
    if (holdsEvents(m_shape) && !transcript().endSignalSeen)
        arrivals.takeMissingEnd(ending.at, m_events.count());
    endWithBody(ending);
    if (transcript().endSignalSeen && !m_out.hasFailed())
        m_out.settleToolCalls();
    const AnswerEnd end = endWith(ending.reason);
    const Verdict decided = verdictOn(end, m_out);
    noteShape(end, m_out);
    noteEnd(end, decided, m_out);
    m_out.transcript().verdict = decided;
}

void StreamReader::Private::finishBody() {
    const auto at = m_lastByteAt.value_or(std::chrono::microseconds(0));
    Transcript& transcript = m_out.transcript();
    switch (m_shape) {
    case BodyShape::EventStream:
    case BodyShape::JsonLines:
    case BodyShape::JsonArray:
    case BodyShape::AwsEventStream:
        m_framing.finish([&](const SseItem& item) { m_events.take(item, at); });
        m_events.finish();
        for (const QString& note : m_framing.notes())
            m_out.note(note);
        break;
    case BodyShape::Json:
        finishJson(at);
        break;
    case BodyShape::Html:
        transcript.dialect = QStringLiteral("html");
        break;
    case BodyShape::Text:
        transcript.dialect = QStringLiteral("text");
        addText(m_text.finish(), at);
        break;
    case BodyShape::Binary:
        finishBinary();
        break;
    case BodyShape::Undecided:
        break;
    }
}

void StreamReader::Private::finishJson(std::chrono::microseconds at) {
    if (isTooLongToRead()) {
        m_out.transcript().dialect = QStringLiteral("json");
        return;
    }
    m_wholeness = readJsonBody(m_held.takeWhole(), m_forced, m_out);
    if (m_out.hasVisibleText())
        timeline.firstText = at;
}

bool StreamReader::Private::isTooLongToRead() {
    const bool tooLong = m_held.size() > largestWhole;
    if (tooLong)
        m_out.note(QStringLiteral("the body is longer than 128 MiB: it is kept, but was not read"));
    return tooLong;
}

/// A sound or a picture as it is; anything else is only named.
void StreamReader::Private::finishBinary() {
    Transcript& transcript = m_out.transcript();
    if (isTooLongToRead())
        return;
    const QByteArray body = m_held.takeWhole();
    const QString shown = mediaTypeOf(body);
    const QString promised = QString::fromLatin1(mediaTypeIn(m_contentType));
    const QString type = shown.isEmpty() ? promised : shown;
    const bool isMedia = type.startsWith(QLatin1String("image/")) ||
                         type.startsWith(QLatin1String("audio/")) || type.startsWith(QLatin1String("video/"));
    // The URL is all that can name a dialect here.
    transcript.dialect =
        isMedia && m_guessed ? QString::fromLatin1(m_guessed->name) : QStringLiteral("unknown");
    if (isMedia)
        m_out.choice(0)->media.push_back({type, body});
    m_out.note(type.isEmpty() ? QStringLiteral("the body is no text")
                              : QStringLiteral("the body is no text but %1").arg(type));
}

/// A protocol without an end signal of its own ends where the transport says so.
void StreamReader::Private::endWithBody(const Ending& ending) {
    const DialectKind* const kind = m_events.kind();
    if (holdsEvents(m_shape) && kind && kind->end == DialectKind::End::WithTheBody &&
        ending.reason == EndReason::Finished && transcript().events > 0 && !m_events.lastIsUnterminated())
        m_out.setEndSignal(true);
}

AnswerEnd StreamReader::Private::endWith(EndReason reason) const {
    return {m_shape,
            shapePromisedBy(m_contentType),
            isGoodStatus(m_status),
            m_forced || m_guessed,
            m_hints.streamAsked,
            m_events.kind(),
            m_framing.isWhole(),
            m_events.lastIsUnterminated(),
            m_wholeness,
            reason};
}

void StreamReader::Private::takeTimes() {
    if (!holdsEvents(m_shape))
        return;
    timeline.firstEvent = m_events.firstEventAt();
    timeline.firstText = m_events.firstTextAt();
}

std::optional<Speed> StreamReader::Private::speed() const {
    if (!timeline.firstText || !m_lastByteAt)
        return std::nullopt;
    // A server may keep the connection open after its end signal; that time is no part of the answer.
    const auto until = m_events.endSignalAt().value_or(*m_lastByteAt);
    return speedOf(transcript(), *timeline.firstText, until);
}

std::optional<Buffering> StreamReader::Private::buffering() const {
    const BufferingFacts facts = {m_contentEncoding, m_server,
                                  shapePromisedBy(m_contentType) == BodyShape::EventStream,
                                  transcript().verdict || transcript().endSignalSeen,
                                  transcript().usage.reasoningTokens.value_or(0) > 0};
    return recogniseBuffering(arrivals, transcript().events, facts);
}

qint64 StreamReader::Private::heldBytes() const {
    qsizetype characters = 0;
    qint64 bytes = m_framing.heldBytes() + m_events.heldBytes();
    for (const Choice& choice : transcript().choices) {
        characters += choice.text.size() + choice.reasoning.size() + choice.refusal.size();
        for (const ToolCall& call : choice.toolCalls)
            characters += call.arguments.size();
        for (const Media& media : choice.media)
            bytes += media.bytes.size();
    }
    return bytes + characters * qint64(sizeof(QChar));
}

StreamReader::StreamReader(StreamHints hints, std::shared_ptr<PageSource> pages)
    : m_private(std::make_unique<Private>(std::move(hints), orHeap(std::move(pages)))) {}
StreamReader::~StreamReader() = default;
StreamReader::StreamReader(StreamReader&&) noexcept = default;
StreamReader& StreamReader::operator=(StreamReader&&) noexcept = default;

void StreamReader::takeHeaders(int status, const Headers& headers, std::chrono::microseconds at) {
    m_private->takeHeaders(status, headers, at);
}

void StreamReader::take(const Chunk& chunk, qsizetype from, qsizetype count) {
    m_private->take({chunk, from, count});
}

void StreamReader::takeEnding(const Ending& ending) {
    m_private->takeEnding(ending);
}

const Transcript& StreamReader::transcript() const {
    return m_private->transcript();
}

const Timeline& StreamReader::timeline() const {
    return m_private->timeline;
}

std::optional<Speed> StreamReader::speed() const {
    return m_private->speed();
}

qint64 StreamReader::heldBytes() const {
    return m_private->heldBytes();
}

std::optional<Buffering> StreamReader::buffering() const {
    return m_private->buffering();
}

const ArrivalTally& StreamReader::arrivals() const {
    return m_private->arrivals;
}

EventArrival StreamReader::arrival(qsizetype index) const {
    return m_private->events().arrival(index);
}

qsizetype StreamReader::eventCount() const {
    return m_private->events().count();
}

StreamEvent StreamReader::event(qsizetype index) const {
    return m_private->events().event(index);
}

StreamEvent StreamReader::eventHead(qsizetype index) const {
    return m_private->events().head(index);
}

EventType StreamReader::eventType(qsizetype index) const {
    return m_private->events().type(index);
}

QByteArrayView StreamReader::eventData(qsizetype index) const {
    return m_private->events().data(index);
}

StreamHints hintsFor(const HttpRequest& request) {
    return {request.url, {}, streamFlag(request.body)};
}

QStringList dialectNames() {
    return registeredDialects() + shapeNames();
}

} // namespace lavascope
