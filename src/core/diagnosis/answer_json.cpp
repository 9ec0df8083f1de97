// SPDX-License-Identifier: MIT
#include "core/diagnosis/answer_json.h"

#include <cmath>

namespace lavascope {

namespace {

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

void writeStalls(json::Writer& writer, const StreamReader& reader) {
    writer.name("stalls");
    writer.beginArray();
    for (const Stall& stall : reader.arrivals().stalls(stallThreshold, reader.eventCount())) {
        writer.beginObject();
        writer.member("at_ms", inMilliseconds(std::optional(stall.at)));
        writer.member("gap_ms", inMilliseconds(std::optional(stall.gap)));
        // Counted from 1, as `replay --events` and the window do.
        writer.member("event", stall.event ? std::optional<qint64>(*stall.event + 1) : std::nullopt);
        writer.endObject();
    }
    writer.endArray();
}

void writeBuffering(json::Writer& writer, const std::optional<Buffering>& buffering) {
    writer.name("buffering");
    if (!buffering) {
        writer.null();
        return;
    }
    writer.beginObject();
    writer.member("pattern", bufferingPatternName(buffering->pattern));
    writer.member("sentence", buffering->sentence);
    writer.member("advice", buffering->advice);
    writer.endObject();
}

void writeSpeed(json::Writer& writer, const std::optional<Speed>& speed) {
    writer.name("tokens_per_second");
    if (!speed) {
        writer.null();
        return;
    }
    constexpr double perTenth = 10;
    writer.beginObject();
    writer.member("value", std::round(speed->tokensPerSecond * perTenth) / perTenth);
    writer.member("estimated", speed->estimated);
    writer.endObject();
}

/// All null where the times are no real ones.
void writeTimeline(json::Writer& writer, const StreamReader& reader, bool timed) {
    const Timeline& timeline = reader.timeline();
    using Time = std::optional<std::chrono::microseconds>;
    const auto known = [timed](const Time& time) { return timed ? inMilliseconds(time) : std::nullopt; };
    writer.name("timeline");
    writer.beginObject();
    writer.member("first_byte_ms", known(timeline.firstByte));
    writer.member("first_text_ms", known(timeline.firstText));
    writer.member("end_ms", known(timeline.end));
    writer.member("longest_gap_ms", known(timeline.longestGap));
    writer.member("headers_ms", known(timeline.headers));
    writer.member("first_event_ms", known(timeline.firstEvent));
    if (timed) {
        writeStalls(writer, reader);
    } else {
        writer.name("stalls");
        writer.null();
    }
    writeBuffering(writer, timed ? reader.buffering() : std::nullopt);
    writeSpeed(writer, timed ? reader.speed() : std::nullopt);
    writer.endObject();
}

void writeRateLimits(json::Writer& writer, const std::vector<RateLimit>& limits) {
    writer.name("rate_limits");
    writer.beginArray();
    for (const RateLimit& limit : limits) {
        writer.beginObject();
        writer.member("name", limit.name);
        writer.memberOrNull("unit", limit.unit);
        writer.member("limit", limit.limit);
        writer.member("remaining", limit.remaining);
        writer.member("resets_in_ms", inMilliseconds(limit.resetsIn));
        writer.endObject();
    }
    writer.endArray();
}

} // namespace

/// What looks wrong about the request that was sent.
static void writeRemarks(json::Writer& writer, const std::vector<Finding>& remarks) {
    writer.name("own_side");
    writer.beginArray();
    for (const Finding& remark : remarks) {
        writer.beginObject();
        writer.member("severity", severityName(remark.severity));
        writer.member("code", remark.code);
        writer.member("message", remark.message);
        writer.memberOrNull("fix", remark.fix);
        writer.endObject();
    }
    writer.endArray();
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
    writer.member("may_have_been_billed", diagnosis.mayHaveBeenBilled);
    writeRateLimits(writer, diagnosis.rateLimits);
    writer.member("ruled_out", diagnosis.ruledOut);
    writeRemarks(writer, diagnosis.remarks);
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
    writeTimeline(writer, reader, timed);
    writer.member("notes", transcript.notes);
    writeSources(writer, transcript.first());
    writeOtherChoices(writer, transcript.choices);
    writer.endObject();
}

} // namespace lavascope
