// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"

namespace lavascope {

namespace {

using json::Writer;

constexpr qint64 provisionalOutputTokens = 1;

[[nodiscard]] const char* stopReason(const Reply& reply) {
    if (reply.isTool) {
        return "tool_use";
    }
    return reply.isCut ? "max_tokens" : "end_turn";
}

[[nodiscard]] QByteArray usage(const Question& question, qint64 outputTokens) {
    Writer writer;
    writer.beginObject();
    writer.member("input_tokens", question.inputTokens);
    writer.member("cache_creation_input_tokens", 0);
    writer.member("cache_read_input_tokens", 0);
    writer.member("output_tokens", outputTokens);
    writer.member("service_tier", "standard");
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] QByteArray toolBlock(const Question& question, const AnswerSeed& seed,
                                   const QByteArray& input) {
    return R"({"type":"tool_use","id":"toolu_)" + seed.id + R"(","name":)" +
           json::quoted(question.tool->name) + R"(,"input":)" + input + '}';
}

[[nodiscard]] QByteArray textBlock(const QString& text) {
    return R"({"type":"text","text":)" + json::quoted(text) + '}';
}

/// The message; content and stop reason as JSON.
[[nodiscard]] QByteArray message(const Question& question, const AnswerSeed& seed, const QByteArray& content,
                                 const QByteArray& stop, qint64 outputTokens) {
    Writer writer;
    writer.beginObject();
    writer.member("id", QString::fromLatin1("msg_" + seed.id));
    writer.member("type", "message");
    writer.member("role", "assistant");
    writer.member("model", question.model);
    writer.name("content");
    writer.raw(content);
    writer.name("stop_reason");
    writer.raw(stop);
    writer.name("stop_sequence");
    writer.null();
    writer.name("usage");
    writer.raw(usage(question, outputTokens));
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] QByteArray quotedReason(const Reply& reply) {
    return '"' + QByteArray(stopReason(reply)) + '"';
}

} // namespace

QByteArray anthropicBody(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    const QByteArray block =
        reply.isTool ? toolBlock(question, seed, question.tool->arguments) : textBlock(reply.text());
    return message(question, seed, '[' + block + ']', quotedReason(reply), reply.outputTokens());
}

void anthropicEvents(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script) {
    script.atOnce(namedEvent("message_start",
                             R"({"type":"message_start","message":)" +
                                 message(question, seed, "[]", "null", provisionalOutputTokens) + '}'));
    const QByteArray block = reply.isTool ? toolBlock(question, seed, "{}") : textBlock(QString());
    script.atOnce(namedEvent("content_block_start",
                             R"({"type":"content_block_start","index":0,"content_block":)" + block + '}'));
    script.beforeText(namedEvent("ping", R"({"type":"ping"})"));
    for (const QString& token : reply.tokens) {
        const QByteArray delta = reply.isTool
                                     ? R"({"type":"input_json_delta","partial_json":)" + json::quoted(token)
                                     : R"({"type":"text_delta","text":)" + json::quoted(token);
        script.afterTokens(namedEvent("content_block_delta",
                                      R"({"type":"content_block_delta","index":0,"delta":)" + delta + "}}"),
                           1);
    }
    script.atOnce(namedEvent("content_block_stop", R"({"type":"content_block_stop","index":0})"));
    script.atOnce(namedEvent("message_delta", R"({"type":"message_delta","delta":{"stop_reason":)" +
                                                  quotedReason(reply) + R"(,"stop_sequence":null},"usage":)" +
                                                  usage(question, reply.outputTokens()) + '}'));
    script.atOnce(namedEvent("message_stop", R"({"type":"message_stop"})"));
}

} // namespace lavascope
