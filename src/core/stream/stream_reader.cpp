// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"

#include "core/request/request_draft.h"
#include "core/stream/body_shape.h"
#include "core/stream/event_reader.h"
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
    [[nodiscard]] Verdict verdict(const Ending& ending) const;
    void noteShape();
    void noteEnd(Verdict verdict, const Ending& ending);
    void takeTimes();

    StreamHints m_hints;
    const DialectKind* m_forced;
    const DialectKind* m_guessed;
    int m_status = 0;
    QByteArray m_contentType;

    BodySniffer m_sniffer;
    BodyShape m_shape;
    std::vector<Chunk> m_held; ///< bytes that wait for the shape, or for the whole of a plain body
    SseParser m_parser;
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
    const std::vector<Chunk> held = std::exchange(m_held, {});
    for (const Chunk& chunk : held)
        read(chunk);
}

void StreamReader::Private::read(const Chunk& chunk) {
    switch (m_shape) {
    case BodyShape::EventStream:
        m_parser.feed(chunk.bytes, [&](const SseItem& item) { m_events.take(item, chunk.at); });
        break;
    case BodyShape::Json:
        m_held.push_back(chunk);
        break;
    case BodyShape::Text:
        addText(m_text.take(chunk.bytes), chunk.at);
        break;
    case BodyShape::Undecided:
    case BodyShape::Html:
    case BodyShape::Binary:
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
    const Verdict decided = verdict(ending);
    noteShape();
    noteEnd(decided, ending);
    m_out.transcript().verdict = decided;
}

void StreamReader::Private::finishBody() {
    const auto at = m_lastByteAt.value_or(std::chrono::microseconds(0));
    Transcript& transcript = m_out.transcript();
    switch (m_shape) {
    case BodyShape::EventStream:
        m_parser.finish([&](const SseItem& item) { m_events.take(item, at); });
        m_events.finish();
        break;
    case BodyShape::Json: {
        QByteArray body;
        body.reserve(timeline.bytes);
        for (const Chunk& chunk : std::exchange(m_held, {}))
            body += chunk.bytes;
        m_wholeness = readJsonBody(body, m_forced, m_out);
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
        transcript.dialect = QStringLiteral("unknown");
        m_out.note(QStringLiteral("the body is no text"));
        break;
    case BodyShape::Undecided:
        break;
    }
}

Verdict StreamReader::Private::verdict(const Ending& ending) const {
    const Transcript& read = transcript();
    if (read.error)
        return Verdict::ErrorInStream;

    const bool stopped = ending.reason == EndReason::StoppedByUser;
    if (m_shape == BodyShape::EventStream) {
        // Here the failure came as an event, but it is the status's own.
        if (m_out.hasFailed())
            return Verdict::NotAStream;
        if (read.endSignalSeen)
            return Verdict::Complete;
        return stopped ? Verdict::Stopped : Verdict::CutOff;
    }
    if (m_shape == BodyShape::Json && m_wholeness == Wholeness::EndsTooSoon)
        return stopped ? Verdict::Stopped : Verdict::CutOff;
    if (stopped)
        return m_shape == BodyShape::Json ? Verdict::NotAStream : Verdict::Stopped;
    if (ending.reason != EndReason::Finished)
        return Verdict::CutOff;
    const bool expectedStream =
        m_forced || m_guessed || shapePromisedBy(m_contentType) == BodyShape::EventStream;
    if (m_shape == BodyShape::Undecided && isGoodStatus(m_status) && expectedStream)
        return Verdict::CutOff;
    return Verdict::NotAStream;
}

/// Says where the body is not what was asked for or announced.
void StreamReader::Private::noteShape() {
    if (m_shape == BodyShape::Undecided) {
        m_out.note(QStringLiteral("the answer has no body"));
        return;
    }
    const QString shape = QLatin1String(shapeInWords(m_shape));
    const BodyShape promised = shapePromisedBy(m_contentType);
    const bool isStream = m_shape == BodyShape::EventStream;
    const bool streamWasDue = m_hints.streamAsked.value_or(false) || promised == BodyShape::EventStream;
    if (!isStream && streamWasDue && isGoodStatus(m_status))
        m_out.note(QStringLiteral("server answered %1 although a stream was asked for").arg(shape));
    if (isStream && m_hints.streamAsked == false)
        m_out.note(QStringLiteral("server streamed although no stream was asked for"));
    if (promised != BodyShape::Undecided && promised != m_shape)
        m_out.note(QStringLiteral("the content type promises %1, the body is %2")
                       .arg(QLatin1String(shapeInWords(promised)), shape));
}

void StreamReader::Private::noteEnd(Verdict decided, const Ending& ending) {
    const Transcript& read = transcript();
    const bool isStream = m_shape == BodyShape::EventStream;
    if (isStream && m_events.lastIsUnterminated())
        m_out.note(QStringLiteral("last event was not terminated: most clients lose it"));
    if (decided == Verdict::CutOff && isStream)
        m_out.note(m_events.kind() ? QStringLiteral("no end signal came")
                                   : QStringLiteral("no end signal is known for this kind of stream"));
    const bool brokeLate = ending.reason != EndReason::Finished && ending.reason != EndReason::StoppedByUser;
    if (decided == Verdict::Complete && brokeLate)
        m_out.note(QStringLiteral("the connection broke after the end signal"));

    const bool isAnswer =
        decided == Verdict::Complete || (decided == Verdict::NotAStream && read.endSignalSeen);
    const bool hasUsage = read.usage.inputTokens || read.usage.outputTokens || read.usage.totalTokens;
    if (isAnswer && !hasUsage)
        m_out.note(QStringLiteral("usage missing"));
}

void StreamReader::Private::takeTimes() {
    if (m_shape != BodyShape::EventStream)
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

const StreamEvent& StreamReader::event(qsizetype index) const {
    return m_private->events().row(index);
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
