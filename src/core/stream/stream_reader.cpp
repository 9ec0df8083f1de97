// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"

#include "core/request/request_draft.h"
#include "core/stream/answer_end.h"
#include "core/stream/body_shape.h"
#include "core/stream/event_framing.h"
#include "core/stream/event_reader.h"
#include "core/stream/media_type.h"
#include "core/stream/utf8_text.h"
#include "core/stream/whole_body.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lavascope {

namespace {

struct ForcedShape {
    const char* name;
    BodyShape shape;
};

constexpr std::array<ForcedShape, 3> forcedShapes = {{
    {"json", BodyShape::Json},
    {"html", BodyShape::Html},
    {"text", BodyShape::Text},
}};

BodyShape forcedShape(const QString& name) {
    for (const ForcedShape& row : forcedShapes)
        if (name == QLatin1String(row.name))
            return row.shape;
    return BodyShape::Undecided;
}

bool isGoodStatus(int status) {
    // No status at all: bytes without a call around them, as in a stored body.
    return status == 0 || (status >= 200 && status <= 299);
}

constexpr double charactersPerToken = 4;

} // namespace

class StreamReader::Private {
public:
    explicit Private(StreamHints hints)
        : m_hints(std::move(hints))
        , m_forced(dialectNamed(m_hints.forcedDialect))
        , m_guessed(dialectForUrl(m_hints.url))
        , m_shape(forcedShape(m_hints.forcedDialect))
        , m_events(m_forced, m_guessed, m_out) {}
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void takeHeaders(int status, const Headers& headers, std::chrono::microseconds at);
    void take(const Chunk& chunk);
    void takeEnding(const Ending& ending);

    [[nodiscard]] std::optional<Speed> speed() const;

    Timeline timeline;

    [[nodiscard]] const Transcript& transcript() const { return m_out.transcript(); }
    [[nodiscard]] const EventReader& events() const { return m_events; }

private:
    void read(const Chunk& chunk);
    void addText(const QString& text, std::chrono::microseconds at);
    void shapeDecided();
    void finishBody();
    [[nodiscard]] QByteArray heldBody();
    void finishBinary();
    void endWithBody(const Ending& ending);
    [[nodiscard]] AnswerEnd endWith(EndReason reason) const;
    void takeTimes();

    StreamHints m_hints;
    const DialectKind* m_forced;
    const DialectKind* m_guessed;
    int m_status = 0;
    QByteArray m_contentType;

    BodySniffer m_sniffer;
    BodyShape m_shape;
    std::vector<Chunk> m_held; ///< bytes that wait for the shape, or for the whole of a plain body
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
    m_sniffer = BodySniffer(m_contentType);
    m_out.setFailures(isGoodStatus(status) ? Assembler::Failures::Count
                                           : Assembler::Failures::BelongToStatus);
    timeline.headers = at;
}

void StreamReader::Private::take(const Chunk& chunk) {
    Q_ASSERT(!transcript().verdict);
    if (chunk.bytes.isEmpty())
        return;
    if (!timeline.firstByte)
        timeline.firstByte = chunk.at;
    if (m_lastByteAt)
        timeline.longestGap = std::max(timeline.longestGap, chunk.at - *m_lastByteAt);
    m_lastByteAt = chunk.at;
    timeline.bytes += chunk.bytes.size();

    if (m_shape == BodyShape::Undecided) {
        m_held.push_back(chunk);
        m_shape = m_sniffer.take(chunk.bytes);
        shapeDecided();
    } else {
        read(chunk);
    }
    takeTimes();
}

/// Reads what had to wait until it was clear how to read it.
void StreamReader::Private::shapeDecided() {
    if (m_shape == BodyShape::Undecided)
        return;
    m_framing = EventFraming(m_shape);
    const std::vector<Chunk> held = std::exchange(m_held, {});
    for (const Chunk& chunk : held)
        read(chunk);
}

void StreamReader::Private::read(const Chunk& chunk) {
    switch (m_shape) {
    case BodyShape::EventStream:
    case BodyShape::JsonLines:
    case BodyShape::JsonArray:
    case BodyShape::AwsEventStream:
        m_events.beginChunk(chunk.bytes);
        m_framing.feed(chunk.bytes, [&](const SseItem& item) { m_events.take(item, chunk.at); });
        break;
    case BodyShape::Json:
    case BodyShape::Binary:
        // The bytes are shared with whoever recorded them.
        m_held.push_back(chunk);
        break;
    case BodyShape::Text:
        addText(m_text.take(chunk.bytes), chunk.at);
        break;
    case BodyShape::Undecided:
    case BodyShape::Html:
        break;
    }
}

void StreamReader::Private::addText(const QString& text, std::chrono::microseconds at) {
    m_out.addText(*m_out.choice(0), text);
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
    endWithBody(ending);
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
    case BodyShape::Json: {
        m_wholeness = readJsonBody(heldBody(), m_forced, m_out);
        if (m_out.hasVisibleText())
            timeline.firstText = at;
        break;
    }
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

/// All that was held back, in one piece.
QByteArray StreamReader::Private::heldBody() {
    QByteArray body;
    body.reserve(timeline.bytes);
    for (const Chunk& chunk : std::exchange(m_held, {}))
        body += chunk.bytes;
    return body;
}

/// A sound or a picture as it is; anything else is only named.
void StreamReader::Private::finishBinary() {
    Transcript& transcript = m_out.transcript();
    const QByteArray body = heldBody();
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
    const double seconds = std::chrono::duration<double>(until - *timeline.firstText).count();
    if (seconds <= 0)
        return std::nullopt;

    // Before the end signal a reported count may be provisional.
    const Usage& usage = transcript().usage;
    if (usage.outputTokens && transcript().endSignalSeen) {
        // Reasoning came before the first text, outside of the time that is measured.
        const qint64 hidden = std::min(usage.reasoningTokens.value_or(0), *usage.outputTokens);
        return Speed{double(*usage.outputTokens - hidden) / seconds, false};
    }
    qint64 characters = 0;
    for (const Choice& choice : transcript().choices)
        characters += choice.text.size();
    return Speed{double(characters) / charactersPerToken / seconds, true};
}

StreamReader::StreamReader(StreamHints hints)
    : m_private(std::make_unique<Private>(std::move(hints))) {}
StreamReader::~StreamReader() = default;
StreamReader::StreamReader(StreamReader&&) noexcept = default;
StreamReader& StreamReader::operator=(StreamReader&&) noexcept = default;

void StreamReader::takeHeaders(int status, const Headers& headers, std::chrono::microseconds at) {
    m_private->takeHeaders(status, headers, at);
}

void StreamReader::take(const Chunk& chunk) {
    m_private->take(chunk);
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

StreamReader readAttempt(const Attempt& attempt, StreamHints hints) {
    StreamReader reader(std::move(hints));
    if (attempt.status != 0 || attempt.headersAt)
        reader.takeHeaders(attempt.status, attempt.headers,
                           attempt.headersAt.value_or(std::chrono::microseconds(0)));
    for (const Chunk& chunk : attempt.chunks)
        reader.take(chunk);
    Ending brokenOff;
    brokenOff.reason = EndReason::CutOff;
    brokenOff.at = attempt.chunks.empty() ? std::chrono::microseconds(0) : attempt.chunks.back().at;
    reader.takeEnding(attempt.ending.value_or(brokenOff));
    return reader;
}

QStringList dialectNames() {
    QStringList names = registeredDialects();
    for (const ForcedShape& row : forcedShapes)
        names.append(QLatin1String(row.name));
    return names;
}

} // namespace lavascope
