// SPDX-License-Identifier: MIT
#include "cli/json_output.h"

#include "core/request/header_rules.h"

namespace lavascope {

namespace {

void writeFindings(json::Writer& writer, const std::vector<Finding>& findings) {
    writer.name("findings");
    writer.beginArray();
    for (const Finding& finding : findings) {
        writer.beginObject();
        writer.member("severity", severityName(finding.severity));
        writer.member("code", finding.code);
        writer.member("message", finding.message);
        writer.member("fix", finding.fix);
        writer.member("offset", finding.range ? std::optional(finding.range->begin) : std::nullopt);
        writer.endObject();
    }
    writer.endArray();
}

const char* stateName(FieldState state) {
    switch (state) {
    case FieldState::Value:
        return "value";
    case FieldState::Null:
        return "null";
    case FieldState::Absent:
        break;
    }
    return "absent";
}

template <typename Duration>
std::optional<qint64> inMilliseconds(const std::optional<Duration>& time) {
    return time ? std::optional<qint64>(std::chrono::duration_cast<std::chrono::milliseconds>(*time).count())
                : std::nullopt;
}

void writeUsage(json::Writer& writer, const Usage& usage) {
    writer.name("usage");
    writer.beginObject();
    writer.member("input_tokens", usage.inputTokens);
    writer.member("output_tokens", usage.outputTokens);
    writer.member("total_tokens", usage.totalTokens);
    writer.member("cached_input_tokens", usage.cachedInputTokens);
    writer.member("reasoning_tokens", usage.reasoningTokens);
    writer.endObject();
}

void writeToolCalls(json::Writer& writer, const std::vector<ToolCall>& calls) {
    writer.name("tool_calls");
    writer.beginArray();
    for (const ToolCall& call : calls) {
        writer.beginObject();
        writer.member("id", call.id);
        writer.member("name", call.name);
        writer.member("arguments", call.arguments);
        writer.endObject();
    }
    writer.endArray();
}

void writeCitations(json::Writer& writer, const std::vector<Citation>& citations) {
    writer.name("citations");
    writer.beginArray();
    for (const Citation& citation : citations) {
        writer.beginObject();
        writer.memberOrNull("title", citation.title);
        writer.memberOrNull("url", citation.url);
        writer.memberOrNull("quote", citation.quote);
        writer.endObject();
    }
    writer.endArray();
}

/// What pictures and sounds there are; their bytes are in the events.
void writeMedia(json::Writer& writer, const std::vector<Media>& media) {
    writer.name("media");
    writer.beginArray();
    for (const Media& one : media) {
        writer.beginObject();
        writer.memberOrNull("type", one.type);
        writer.member("bytes", qint64(one.bytes.size()));
        writer.endObject();
    }
    writer.endArray();
}

/// What a choice holds beside its place.
void writeChoice(json::Writer& writer, const Choice& choice) {
    writer.member("text", choice.text);
    writer.member("reasoning", choice.reasoning);
    writer.member("refusal", choice.refusal);
    writeToolCalls(writer, choice.toolCalls);
    writer.memberOrNull("stop_reason", choice.stopReason);
}

/// What joined the contract later, and therefore stands behind what was promised first.
void writeSources(json::Writer& writer, const Choice& choice) {
    writeCitations(writer, choice.citations);
    writeMedia(writer, choice.media);
}

/// The choices after the first, where more than one was asked for.
void writeOtherChoices(json::Writer& writer, const std::vector<Choice>& choices) {
    writer.name("other_choices");
    writer.beginArray();
    for (size_t i = 1; i < choices.size(); ++i) {
        writer.beginObject();
        writeChoice(writer, choices[i]);
        writeSources(writer, choices[i]);
        writer.endObject();
    }
    writer.endArray();
}

void writeTimeline(json::Writer& writer, const Timeline& timeline, bool timed) {
    using Time = std::optional<std::chrono::microseconds>;
    const auto known = [timed](const Time& time) { return timed ? inMilliseconds(time) : std::nullopt; };
    writer.name("timeline");
    writer.beginObject();
    writer.member("first_byte_ms", known(timeline.firstByte));
    writer.member("first_text_ms", known(timeline.firstText));
    writer.member("end_ms", known(timeline.end));
    writer.member("longest_gap_ms", known(timeline.longestGap));
    writer.endObject();
}

// Null where there is none; a text that is there may be empty.
void writeIf(json::Writer& writer, QByteArrayView name, bool isThere, QStringView text) {
    writer.name(name);
    if (isThere)
        writer.value(text);
    else
        writer.null();
}

} // namespace

void writeTokenField(json::Writer& writer, const TokenFieldReport& field, bool reveal) {
    const bool hasValue = field.state == FieldState::Value;
    writer.beginObject();
    if (!field.name.isEmpty())
        writer.member("name", field.name);
    writer.member("state", stateName(field.state));
    writeIf(writer, "value", hasValue && field.secret.isEmpty(), field.value);
    writeIf(writer, "masked", hasValue, field.masked);
    writer.memberOrNull("fingerprint", field.fingerprint);
    if (reveal && !field.secret.isEmpty())
        writer.member("revealed", QString::fromUtf8(field.secret.reveal()));
    writer.endObject();
}

void writeTokenReport(json::Writer& writer, const TokenReport& report, bool reveal,
                      const std::function<void(json::Writer&)>& more) {
    writer.beginObject();
    writer.member("kind", kindName(report.kind));
    writer.member("usable", report.usable);
    writer.name("generation");
    const char* generation = generationName(report.generation);
    if (generation)
        writer.value(generation);
    else
        writer.null();
    writer.member("mode", modeName(report.mode));
    writer.member("payer", payerName(report.payer));
    writer.memberOrNull("host", report.host);
    writer.member("headline", report.headline);
    writer.name("fields");
    writer.beginArray();
    for (const TokenFieldReport& field : report.fields)
        writeTokenField(writer, field, reveal);
    writer.endArray();
    writer.member("unknown_fields", report.unknownFields);
    writer.member("layers", report.layers);
    writeFindings(writer, report.findings);
    more(writer);
    writer.endObject();
}

void writeUrlReport(json::Writer& writer, const ForwardUrlReport& report) {
    writer.beginObject();
    writer.member("valid", report.valid);
    writer.memberOrNull("gateway", QString::fromUtf8(report.gateway));
    writer.memberOrNull("endpoint", report.endpoint);
    writer.memberOrNull("target", QString::fromUtf8(report.target));
    writer.memberOrNull("intended", QString::fromUtf8(report.intended));
    writer.member("encoding", encodingName(report.encoding));
    writer.member("headline", report.headline);
    writeFindings(writer, report.findings);
    writer.endObject();
}

void writeDiagnosis(json::Writer& writer, const Diagnosis& diagnosis) {
    writer.beginObject();
    writer.member("kind", diagnosis.kind);
    writer.member("title", diagnosis.title);
    writer.member("fault", faultName(diagnosis.fault));
    writer.member("retry", retryName(diagnosis.retry));
    writer.member("retry_after_ms", inMilliseconds(diagnosis.retryAfter));
    writer.member("cause", diagnosis.cause);
    writer.member("steps", diagnosis.steps);
    writer.member("evidence", diagnosis.evidence);
    writer.member("rule", diagnosis.rule);
    writer.member("docs", diagnosis.docs);
    writer.memberOrNull("request_id", diagnosis.requestId);
    writer.endObject();
}

bool reportsError(const Attempt& attempt, const Transcript& transcript) {
    return transcript.error || attempt.status >= 300;
}

void writeTranscript(json::Writer& writer, const StreamReader& reader, const std::optional<Diagnosis>& error,
                     bool timed) {
    const Transcript& transcript = reader.transcript();
    writer.beginObject();
    writer.member("dialect", transcript.dialect);
    writer.member("verdict", transcript.verdict
                                 ? std::optional(QString::fromLatin1(verdictName(*transcript.verdict)))
                                 : std::nullopt);
    writeChoice(writer, transcript.first());
    writeUsage(writer, transcript.usage);
    writer.memberOrNull("model", transcript.model);
    writer.memberOrNull("response_id", transcript.responseId);
    writer.name("error");
    if (error)
        writeDiagnosis(writer, *error);
    else
        writer.null();
    writer.member("events", transcript.events);
    writer.member("comments", transcript.comments);
    writer.member("malformed", transcript.malformed);
    writeTimeline(writer, reader.timeline(), timed);
    writer.member("notes", transcript.notes);
    writeSources(writer, transcript.first());
    writeOtherChoices(writer, transcript.choices);
    writer.endObject();
}

void writeHeaders(json::Writer& writer, const Headers& headers) {
    const Headers redacted = redactedHeaders(headers);
    QList<QByteArray> written;
    writer.beginObject();
    for (const Headers::Field& field : redacted) {
        const QByteArray folded = field.name.toLower();
        if (written.contains(folded))
            continue;
        written.append(folded);
        writer.member(field.name, QString::fromUtf8(redacted.values(field.name).join(", ")));
    }
    writer.endObject();
}

} // namespace lavascope
