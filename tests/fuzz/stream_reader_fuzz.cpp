// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/stream/stream_reader.h"

#include <algorithm>
#include <array>

using namespace lavascope;

namespace {

constexpr std::array<const char*, 16> urls = {
    "",
    "https://api.openai.com/v1/chat/completions",
    "https://api.openai.com/v1/responses",
    "https://api.anthropic.com/v1/messages",
    "https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent?alt=sse",
    "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions",
    "not a url at all ::::",
    "https://llm.example.org/",
    "https://api.cohere.com/v2/chat",
    "https://api.cohere.com/v1/chat",
    "http://localhost:11434/api/chat",
    "https://api.mistral.ai/v1/conversations",
    "https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse-stream",
    "https://api.elevenlabs.io/v1/text-to-speech/v/stream/with-timestamps",
    "https://api.openai.com/v1/images/generations",
    "https://generativelanguage.googleapis.com/v1beta/interactions",
};
constexpr std::array<const char*, 8> contentTypes = {"",
                                                     "text/event-stream",
                                                     "application/json",
                                                     "text/html",
                                                     "application/x-ndjson",
                                                     "application/vnd.amazon.eventstream",
                                                     "application/json-seq",
                                                     "audio/mpeg"};
constexpr std::array<int, 4> statuses = {200, 0, 429, 500};
constexpr std::array<EndReason, 4> endings = {EndReason::Finished, EndReason::StoppedByUser,
                                              EndReason::CutOff, EndReason::IdleTimeout};

/// The call around the body, taken from three bytes of the input.
struct Call {
    StreamHints hints;
    QByteArray contentType;
    int status = 200;
    EndReason end = EndReason::Finished;
};

Call callFrom(uint8_t a, uint8_t b, uint8_t dialect) {
    const QStringList names = dialectNames();
    Call call;
    call.hints.url = urls[a % urls.size()];
    if (dialect < names.size())
        call.hints.forcedDialect = names[dialect];
    call.contentType = contentTypes[b % 8];
    call.status = statuses[(b / 8) % 4];
    call.end = endings[(b / 32) % 4];
    return call;
}

StreamReader readInPieces(const Call& call, const QByteArray& body, qsizetype pieceSize) {
    constexpr std::chrono::microseconds at(1000);
    StreamReader reader(call.hints);
    if (call.status != 0)
        reader.takeHeaders(call.status, {{"Content-Type", call.contentType}}, at);
    for (qsizetype from = 0; from < body.size(); from += pieceSize)
        reader.take({at, body.mid(from, pieceSize)});
    Ending ending;
    ending.reason = call.end;
    ending.at = at;
    reader.takeEnding(ending);
    return reader;
}

void checkSense(const Call& call, const QByteArray& body, const StreamReader& reader) {
    const Transcript& read = reader.transcript();
    FUZZ_CHECK(read.verdict.has_value());
    const bool good = call.status == 0 || call.status / 100 == 2;
    FUZZ_CHECK((read.verdict == Verdict::ErrorInStream) == read.error.has_value());
    FUZZ_CHECK(!read.error || good);
    FUZZ_CHECK(read.verdict != Verdict::Complete || read.endSignalSeen);
    FUZZ_CHECK(read.verdict != Verdict::Stopped || call.end == EndReason::StoppedByUser);
    FUZZ_CHECK(read.verdict != Verdict::CutOff || call.end != EndReason::StoppedByUser);
    FUZZ_CHECK(read.malformed <= std::max<qint64>(read.events, 1));
    for (const auto& count : {read.usage.inputTokens, read.usage.outputTokens, read.usage.totalTokens,
                              read.usage.cachedInputTokens, read.usage.reasoningTokens})
        FUZZ_CHECK(!count || *count >= 0);

    qint64 events = 0;
    qint64 comments = 0;
    for (qsizetype i = 0; i < reader.eventCount(); ++i) {
        const StreamEvent event = reader.event(i);
        events += event.kind == StreamEvent::Kind::Event;
        comments += event.kind == StreamEvent::Kind::Comment;
        FUZZ_CHECK(event.gap.count() >= 0);
        FUZZ_CHECK(!event.name.isEmpty() || event.kind == StreamEvent::Kind::Event);
    }
    FUZZ_CHECK(events == read.events && comments == read.comments);
    FUZZ_CHECK(reader.timeline().bytes == body.size());
    const auto speed = reader.speed();
    FUZZ_CHECK(!speed || speed->tokensPerSecond >= 0);
}

void checkSame(const StreamReader& a, const StreamReader& b) {
    FUZZ_CHECK(a.transcript() == b.transcript());
    FUZZ_CHECK(a.eventCount() == b.eventCount());
    for (qsizetype i = 0; i < a.eventCount(); ++i) {
        FUZZ_CHECK(a.event(i).name == b.event(i).name && a.event(i).data == b.event(i).data);
        FUZZ_CHECK(a.event(i).malformed == b.event(i).malformed);
        FUZZ_CHECK(a.event(i).terminated == b.event(i).terminated);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    constexpr size_t callSize = 4;
    if (size < callSize)
        return 0;
    const Call call = callFrom(data[0], data[1], data[3]);
    const QByteArray body(reinterpret_cast<const char*>(data) + callSize, qsizetype(size - callSize));
    const StreamReader whole = readInPieces(call, body, std::max<qsizetype>(1, body.size()));
    checkSense(call, body, whole);
    checkSame(whole, readInPieces(call, body, 1 + data[2] % 32));
    return 0;
}
