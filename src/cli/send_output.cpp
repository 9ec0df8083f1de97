// SPDX-License-Identifier: MIT
#include "cli/send_output.h"

#include "cli/diagnosis_text.h"
#include "cli/json_output.h"
#include "core/json/edit.h"

namespace lavascope {

namespace {

/// Laid out, it has to be in memory as a whole, and twice as large.
constexpr qint64 longestPrettyBody = qint64(64) * 1024 * 1024;

qint64 milliseconds(std::chrono::microseconds time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

QString lavaRequestId(const Run& run) {
    for (auto attempt = run.recording().attempts.crbegin(); attempt != run.recording().attempts.crend();
         ++attempt)
        if (const auto id = attempt->headers.value("x-lava-request-id"))
            return QString::fromLatin1(*id);
    return {};
}

} // namespace

QString eventLine(const StreamEvent& event, qsizetype index, bool timed) {
    const QString kind = event.kind == StreamEvent::Kind::Comment ? QStringLiteral("comment")
                         : event.kind == StreamEvent::Kind::Stray ? QStringLiteral("stray")
                                                                  : event.name;
    const QString at = timed ? QStringLiteral("+%1 ms").arg(milliseconds(event.at)) : QStringLiteral("-");
    QString data = QString::fromUtf8(event.data);
    data.replace(QLatin1Char('\n'), QStringLiteral("\\n"));
    return QStringLiteral("%1\t%2\t%3\t%4").arg(QString::number(index + 1), at, kind, data);
}

QString summaryLine(const StreamReader& reader, bool timed) {
    const Transcript& transcript = reader.transcript();
    QStringList parts;
    if (transcript.verdict)
        parts +=
            QString::fromLatin1(verdictName(*transcript.verdict)).replace(QLatin1Char('_'), QLatin1Char(' '));
    parts += transcript.dialect;
    if (!transcript.first().stopReason.isEmpty())
        parts += QStringLiteral("stop reason ") + transcript.first().stopReason;
    if (timed && reader.timeline().firstByte)
        parts += QStringLiteral("first byte %1 ms").arg(milliseconds(*reader.timeline().firstByte));
    if (timed && reader.timeline().firstText)
        parts += QStringLiteral("first text %1 ms").arg(milliseconds(*reader.timeline().firstText));
    if (const auto speed = timed ? reader.speed() : std::nullopt)
        parts += QStringLiteral("%1 tok/s%2")
                     .arg(speed->tokensPerSecond, 0, 'f', 0)
                     .arg(speed->estimated ? QStringLiteral(" (estimate)") : QString());
    if (transcript.usage.outputTokens)
        parts += QStringLiteral("%1 output tokens").arg(*transcript.usage.outputTokens);
    parts += transcript.notes;
    return QStringLiteral("-- ") + parts.join(QStringLiteral(" · "));
}

Ink summaryInk(const StreamReader& reader) {
    switch (reader.transcript().verdict.value_or(Verdict::NotAStream)) {
    case Verdict::Complete:
        return Ink::Good;
    case Verdict::Stopped:
        return Ink::Warning;
    case Verdict::CutOff:
    case Verdict::ErrorInStream:
        return Ink::Bad;
    case Verdict::NotAStream:
        break;
    }
    return Ink::Plain;
}

void SendOutput::startAttempt() {
    m_shownText = 0;
    m_shownEvents = 0;
    m_shownChunks = 0;
    m_decoder.resetState();
}

void SendOutput::printNew(const Run& run) {
    switch (m_format) {
    case SendFormat::Text:
        printText(run);
        break;
    case SendFormat::Events:
        printEvents(run);
        break;
    case SendFormat::Raw:
        printRaw(run);
        break;
    case SendFormat::Json:
        break;
    }
}

void SendOutput::printText(const Run& run) {
    const QString& text = run.reader().transcript().first().text;
    qsizetype end = text.size();
    if (end > m_shownText && text[end - 1].isHighSurrogate())
        --end; // the character's other half comes with the next bytes
    if (end <= m_shownText)
        return;
    m_terminal.print(QStringView(text).sliced(m_shownText, end - m_shownText));
    m_shownText = end;
}

void SendOutput::printEvents(const Run& run) {
    for (; m_shownEvents < run.reader().eventCount(); ++m_shownEvents)
        m_terminal.printLine(eventLine(run.reader().event(m_shownEvents), m_shownEvents, true));
}

void SendOutput::printRaw(const Run& run) {
    if (run.recording().attempts.empty())
        return;
    const std::vector<Chunk>& chunks = run.recording().attempts.back().chunks;
    for (; m_shownChunks < chunks.size(); ++m_shownChunks) {
        // A terminal obeys what it is sent; anything else gets the bytes as they came.
        if (m_terminal.outIsTty())
            m_terminal.print(QString(m_decoder(chunks[m_shownChunks].bytes)));
        else
            m_terminal.writeBytes(chunks[m_shownChunks].bytes);
    }
}

// An answer that is no text of a model's: a list of models, an error page.
void SendOutput::printWhatIsLeft(const Run& run) {
    if (m_format != SendFormat::Text || m_shownText > 0 || run.recording().attempts.empty())
        return;
    const Transcript& transcript = run.reader().transcript();
    for (const ToolCall& call : transcript.first().toolCalls)
        m_terminal.printLine(QStringLiteral("%1 %2").arg(call.name, call.arguments));
    if (!transcript.first().toolCalls.empty() || !run.succeeded())
        return;
    const Attempt& attempt = run.recording().attempts.back();
    if (attempt.bodySize() <= longestPrettyBody)
        m_terminal.print(QString::fromUtf8(json::prettyPrint(attempt.body())));
    else
        m_terminal.note(
            QStringLiteral("The body has %1 bytes, too many to be laid out as text: --raw prints it "
                           "as it came, --record saves it.")
                .arg(attempt.bodySize()));
}

void SendOutput::finish(const Run& run) {
    if (m_format == SendFormat::Json) {
        printJson(run);
    } else {
        printNew(run);
        printWhatIsLeft(run);
    }
    if (m_format == SendFormat::Text)
        m_terminal.writeBytes("\n");
    if (m_format != SendFormat::Json && !run.recording().attempts.empty())
        m_terminal.note(summaryLine(run.reader(), true), summaryInk(run.reader()));
    if (m_format != SendFormat::Json && run.diagnosis())
        noteDiagnosis(m_terminal, *run.diagnosis());
}

void SendOutput::printJson(const Run& run) {
    const Recording redacted = run.redactedHeads().recording();
    json::Writer writer;
    writer.beginObject();
    writer.name("request");
    writer.beginObject();
    writer.member("method", QString::fromLatin1(redacted.request.method));
    writer.member("url", QString::fromUtf8(redacted.request.url));
    writer.name("headers");
    writeHeaders(writer, redacted.request.headers);
    writer.endObject();
    writer.name("attempts");
    writer.beginArray();
    for (const Attempt& attempt : redacted.attempts) {
        writer.beginObject();
        writer.member("status", attempt.status > 0 ? std::optional<qint64>(attempt.status) : std::nullopt);
        writer.name("headers");
        writeHeaders(writer, attempt.headers);
        writer.member("ended", attempt.ending
                                   ? std::optional(QString::fromLatin1(endReasonName(attempt.ending->reason)))
                                   : std::nullopt);
        writer.member("waited_ms", qint64(attempt.waited.count()));
        writer.endObject();
    }
    writer.endArray();
    writer.name("diagnosis");
    if (run.diagnosis())
        writeDiagnosis(writer, *run.diagnosis());
    else
        writer.null();
    writer.name("transcript");
    const bool reported = !run.recording().attempts.empty() &&
                          reportsError(run.recording().attempts.back(), run.reader().transcript());
    writeTranscript(writer, run.reader(), reported ? run.diagnosis() : std::nullopt, true);
    const QString id = lavaRequestId(run);
    writer.member("lava_request_id", id.isEmpty() ? std::nullopt : std::optional(id));
    writer.endObject();
    m_terminal.writeJson(writer.bytes());
}

} // namespace lavascope
