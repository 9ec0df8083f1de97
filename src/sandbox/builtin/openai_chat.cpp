// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"

namespace lavascope {

namespace {

using json::Writer;

[[nodiscard]] const char* finishReason(const Reply& reply) {
    if (reply.isTool) {
        return "tool_calls";
    }
    return reply.isCut ? "length" : "stop";
}

void writeUsage(Writer& writer, const Question& question, const Reply& reply) {
    writer.beginObject();
    writer.member("prompt_tokens", question.inputTokens);
    writer.member("completion_tokens", reply.outputTokens());
    writer.member("total_tokens", question.inputTokens + reply.outputTokens());
    writer.name("prompt_tokens_details");
    writer.raw(R"({"cached_tokens":0,"audio_tokens":0})");
    writer.name("completion_tokens_details");
    writer.raw(
        R"({"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0})");
    writer.endObject();
}

void writeCommon(Writer& writer, const char* object, const Question& question, const AnswerSeed& seed) {
    writer.member("id", QString::fromLatin1("chatcmpl-" + seed.id));
    writer.member("object", object);
    writer.member("created", seed.nowMs / 1000);
    writer.member("model", question.model);
    writer.member("service_tier", "default");
    writer.member("system_fingerprint", "fp_lavascope");
}

[[nodiscard]] QString callId(const AnswerSeed& seed) {
    return QString::fromLatin1("call_" + seed.id);
}

/// One chunk with one choice; `finish` is null until the last.
class Chunk {
public:
    Chunk(const Question& question, const AnswerSeed& seed) {
        m_writer.beginObject();
        writeCommon(m_writer, "chat.completion.chunk", question, seed);
        m_includesUsage = question.includeUsage;
    }
    [[nodiscard]] QByteArray withDelta(const QByteArray& delta, const char* finish = nullptr) {
        m_writer.name("choices");
        m_writer.beginArray();
        m_writer.beginObject();
        m_writer.member("index", 0);
        m_writer.name("delta");
        m_writer.raw(delta);
        m_writer.name("logprobs");
        m_writer.null();
        m_writer.name("finish_reason");
        finish ? m_writer.value(finish) : m_writer.null();
        m_writer.endObject();
        m_writer.endArray();
        if (m_includesUsage) {
            m_writer.name("usage");
            m_writer.null();
        }
        m_writer.endObject();
        return dataEvent(m_writer.bytes());
    }
    [[nodiscard]] QByteArray withUsage(const Question& question, const Reply& reply) {
        m_writer.name("choices");
        m_writer.raw("[]");
        m_writer.name("usage");
        writeUsage(m_writer, question, reply);
        m_writer.endObject();
        return dataEvent(m_writer.bytes());
    }

private:
    Writer m_writer;
    bool m_includesUsage = false;
};

[[nodiscard]] QByteArray toolDelta(const QString& arguments) {
    return R"({"tool_calls":[{"index":0,"function":{"arguments":)" + json::quoted(arguments) + "}}]}";
}

[[nodiscard]] QByteArray openingDelta(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    Writer writer;
    writer.beginObject();
    writer.member("role", "assistant");
    writer.name("content");
    reply.isTool ? writer.null() : writer.value("");
    if (reply.isTool) {
        writer.name("tool_calls");
        writer.raw(R"([{"index":0,"id":)" + json::quoted(callId(seed)) +
                   R"(,"type":"function","function":{"name":)" + json::quoted(question.tool->name) +
                   R"(,"arguments":""}}])");
    }
    writer.name("refusal");
    writer.null();
    writer.endObject();
    return writer.bytes();
}

} // namespace

QByteArray openAiChatBody(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    Writer writer;
    writer.beginObject();
    writeCommon(writer, "chat.completion", question, seed);
    writer.name("choices");
    writer.beginArray();
    writer.beginObject();
    writer.member("index", 0);
    writer.name("message");
    writer.beginObject();
    writer.member("role", "assistant");
    writer.name("content");
    reply.isTool ? writer.null() : writer.value(reply.text());
    if (reply.isTool) {
        writer.name("tool_calls");
        writer.raw(R"([{"id":)" + json::quoted(callId(seed)) + R"(,"type":"function","function":{"name":)" +
                   json::quoted(question.tool->name) + R"(,"arguments":)" + json::quoted(reply.text()) +
                   "}}]");
    }
    writer.name("refusal");
    writer.null();
    writer.name("annotations");
    writer.raw("[]");
    writer.endObject();
    writer.name("logprobs");
    writer.null();
    writer.member("finish_reason", finishReason(reply));
    writer.endObject();
    writer.endArray();
    writer.name("usage");
    writeUsage(writer, question, reply);
    writer.endObject();
    return writer.bytes();
}

void openAiChatEvents(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script) {
    script.beforeText(Chunk(question, seed).withDelta(openingDelta(question, reply, seed)));
    for (const QString& token : reply.tokens) {
        const QByteArray delta =
            reply.isTool ? toolDelta(token) : R"({"content":)" + json::quoted(token) + '}';
        script.afterTokens(Chunk(question, seed).withDelta(delta), 1);
    }
    script.atOnce(Chunk(question, seed).withDelta("{}", finishReason(reply)));
    if (question.includeUsage) {
        script.atOnce(Chunk(question, seed).withUsage(question, reply));
    }
    script.atOnce("data: [DONE]\n\n");
}

} // namespace lavascope
