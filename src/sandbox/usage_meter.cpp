// SPDX-License-Identifier: MIT
#include "sandbox/usage_meter.h"

namespace lavascope {

namespace {

// The reader keeps every event. Beyond this the count stands on what was read so far.
constexpr qint64 mostRead = 16 * 1024 * 1024;

[[nodiscard]] qint64 writtenTokens(const Transcript& transcript) {
    qint64 tokens = 0;
    for (const Choice& choice : transcript.choices) {
        tokens += tokensOf(choice.text).size() + tokensOf(choice.reasoning).size() +
                  tokensOf(choice.refusal).size();
        for (const ToolCall& call : choice.toolCalls) {
            tokens += tokensOf(call.arguments).size();
        }
    }
    return tokens;
}

} // namespace

UsageMeter::UsageMeter(const HttpRequest& request)
    : m_question(questionOf(request.method, request.url, request.headers, request.body))
    , m_reader(StreamHints{request.url, {}}) {}

void UsageMeter::takeHeaders(int status, const Headers& headers) {
    m_status = status;
    m_reader.takeHeaders(status, headers, std::chrono::microseconds(0));
}

void UsageMeter::take(QByteArrayView bytes) {
    if (m_taken < mostRead) {
        m_taken += bytes.size();
        m_reader.take(Chunk{std::chrono::microseconds(0), bytes.toByteArray()});
    }
}

UsageMeter::Reading UsageMeter::finish(EndReason reason) {
    m_reader.takeEnding(Ending{reason, {}, std::chrono::microseconds(0), 1});
    const Transcript& transcript = m_reader.transcript();
    Reading reading;
    reading.model = transcript.model.isEmpty() ? m_question.model : transcript.model;
    reading.responseId = transcript.responseId;
    if (m_status < 200 || m_status >= 300) {
        return reading;
    }
    const bool understood = m_question.kind != Question::Kind::Unknown;
    const Usage& usage = transcript.usage;
    reading.estimated = !usage.inputTokens || !usage.outputTokens;
    reading.inputTokens = usage.inputTokens.value_or(understood ? m_question.inputTokens : 0);
    reading.outputTokens = usage.outputTokens.value_or(understood ? writtenTokens(transcript) : 0);
    return reading;
}

} // namespace lavascope
