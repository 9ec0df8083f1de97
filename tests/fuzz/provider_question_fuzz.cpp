// SPDX-License-Identifier: MIT
#include "check.h"
#include "core/json/document.h"
#include "core/stream/stream_reader.h"
#include "sandbox/builtin/builtin_answer.h"

#include <array>

using namespace lavascope;

namespace {

constexpr std::array<const char*, 7> urls = {
    "https://api.openai.com/v1/chat/completions",
    "https://api.openai.com/v1/responses",
    "https://api.anthropic.com/v1/messages",
    "https://generativelanguage.googleapis.com/v1beta/models/g:generateContent",
    "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse",
    "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent",
    "https://api.openai.com/v1/embeddings",
};

void checkJson(const QByteArray& body) {
    json::Document document;
    FUZZ_CHECK(!document.scan(body));
}

} // namespace

// Whatever a body says, the answer to it is one that a provider could have sent.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0)
        return 0;
    const QByteArray url = urls.at(data[0] % urls.size());
    const QByteArray body(reinterpret_cast<const char*>(data) + 1, qsizetype(size) - 1);
    const Question question = questionOf("POST", url, {{"anthropic-version", "2023-06-01"}}, body);
    FUZZ_CHECK(question.inputTokens >= 0);
    const BuiltinAnswer answer = builtinAnswer(question, {"01FUZZ", 1780000000000, 1});
    FUZZ_CHECK(!answer.parts.empty());
    FUZZ_CHECK(answer.status == (question.complaint ? question.complaint->status : 200));

    QByteArray whole;
    StreamReader reader(StreamHints{url, {}});
    reader.takeHeaders(answer.status, answer.headers, std::chrono::microseconds(0));
    for (const TimedBytes& part : answer.parts) {
        FUZZ_CHECK(!part.bytes.isEmpty() && part.pause.count() >= 0);
        whole += part.bytes;
        reader.take(Chunk{std::chrono::microseconds(0), part.bytes});
    }
    reader.takeEnding(Ending{EndReason::Finished, {}, std::chrono::microseconds(0), 1});
    const Transcript& transcript = reader.transcript();
    FUZZ_CHECK(transcript.malformed == 0);
    if (answer.headers.value("content-type") == QByteArray("application/json"))
        checkJson(whole);
    else
        FUZZ_CHECK(transcript.verdict == Verdict::Complete);
    if (const auto length = answer.headers.value("content-length"))
        FUZZ_CHECK(length->toLongLong() == whole.size());
    return 0;
}
