// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"

namespace lavascope {

namespace {

using json::Writer;

enum class Stage { Begun, Finished };

[[nodiscard]] QString itemId(const Reply& reply, const AnswerSeed& seed) {
    return QString::fromLatin1((reply.isTool ? "fc_" : "msg_") + seed.id);
}

[[nodiscard]] QByteArray part(const QString& text) {
    return R"({"type":"output_text","text":)" + json::quoted(text) + R"(,"annotations":[],"logprobs":[]})";
}

[[nodiscard]] QByteArray item(const Question& question, const Reply& reply, const AnswerSeed& seed,
                              Stage stage) {
    const bool finished = stage == Stage::Finished;
    Writer writer;
    writer.beginObject();
    writer.member("id", itemId(reply, seed));
    writer.member("type", reply.isTool ? "function_call" : "message");
    writer.member("status", !finished ? "in_progress" : reply.isCut ? "incomplete" : "completed");
    if (reply.isTool) {
        writer.member("arguments", finished ? reply.text() : QString());
        writer.member("call_id", QString::fromLatin1("call_" + seed.id));
        writer.member("name", question.tool->name);
    } else {
        writer.member("role", "assistant");
        writer.name("content");
        writer.raw(finished ? '[' + part(reply.text()) + ']' : QByteArrayLiteral("[]"));
    }
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] QByteArray response(const Question& question, const Reply& reply, const AnswerSeed& seed,
                                  Stage stage) {
    const bool finished = stage == Stage::Finished;
    Writer writer;
    writer.beginObject();
    writer.member("id", QString::fromLatin1("resp_" + seed.id));
    writer.member("object", "response");
    writer.member("created_at", seed.nowMs / 1000);
    writer.member("status", !finished ? "in_progress" : reply.isCut ? "incomplete" : "completed");
    writer.name("error");
    writer.null();
    writer.name("incomplete_details");
    writer.raw(finished && reply.isCut ? R"({"reason":"max_output_tokens"})" : "null");
    writer.name("instructions");
    writer.null();
    writer.member("max_output_tokens", question.maxTokens);
    writer.member("model", question.model);
    writer.name("output");
    writer.raw(finished ? '[' + item(question, reply, seed, stage) + ']' : QByteArrayLiteral("[]"));
    writer.member("parallel_tool_calls", true);
    writer.name("previous_response_id");
    writer.null();
    writer.member("tool_choice", "auto");
    writer.name("tools");
    writer.raw("[]");
    writer.name("usage");
    if (finished) {
        writer.beginObject();
        writer.member("input_tokens", question.inputTokens);
        writer.name("input_tokens_details");
        writer.raw(R"({"cached_tokens":0})");
        writer.member("output_tokens", reply.outputTokens());
        writer.name("output_tokens_details");
        writer.raw(R"({"reasoning_tokens":0})");
        writer.member("total_tokens", question.inputTokens + reply.outputTokens());
        writer.endObject();
    } else {
        writer.null();
    }
    writer.name("metadata");
    writer.raw("{}");
    writer.endObject();
    return writer.bytes();
}

/// Numbers the events of one answer.
class Events {
public:
    /// `members`: what follows type and number, without braces.
    [[nodiscard]] QByteArray make(const QByteArray& type, const QByteArray& members) {
        return namedEvent(type, R"({"type":")" + type + R"(","sequence_number":)" +
                                    QByteArray::number(m_number++) + ',' + members + '}');
    }

private:
    int m_number = 0;
};

void textEvents(const Reply& reply, const QByteArray& place, Events& events, Script& script) {
    const QByteArray inPart = place + R"(,"content_index":0)";
    script.beforeText(events.make("response.content_part.added", inPart + R"(,"part":)" + part(QString())));
    for (const QString& token : reply.tokens) {
        script.afterTokens(events.make("response.output_text.delta",
                                       inPart + R"(,"delta":)" + json::quoted(token) + R"(,"logprobs":[])"),
                           1);
    }
    script.atOnce(events.make("response.output_text.done",
                              inPart + R"(,"text":)" + json::quoted(reply.text()) + R"(,"logprobs":[])"));
    script.atOnce(events.make("response.content_part.done", inPart + R"(,"part":)" + part(reply.text())));
}

void toolEvents(const Question& question, const Reply& reply, const QByteArray& place, Events& events,
                Script& script) {
    for (const QString& token : reply.tokens) {
        script.afterTokens(events.make("response.function_call_arguments.delta",
                                       place + R"(,"delta":)" + json::quoted(token)),
                           1);
    }
    script.atOnce(events.make("response.function_call_arguments.done",
                              place + R"(,"name":)" + json::quoted(question.tool->name) + R"(,"arguments":)" +
                                  json::quoted(reply.text())));
}

} // namespace

QByteArray openAiResponsesBody(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    return response(question, reply, seed, Stage::Finished);
}

void openAiResponsesEvents(const Question& question, const Reply& reply, const AnswerSeed& seed,
                           Script& script) {
    Events events;
    const QByteArray begun = R"("response":)" + response(question, reply, seed, Stage::Begun);
    script.atOnce(events.make("response.created", begun));
    script.atOnce(events.make("response.in_progress", begun));
    const QByteArray index = R"("output_index":0)";
    const QByteArray added = events.make("response.output_item.added",
                                         index + R"(,"item":)" + item(question, reply, seed, Stage::Begun));
    reply.isTool ? script.beforeText(added) : script.atOnce(added);
    const QByteArray place = R"("item_id":)" + json::quoted(itemId(reply, seed)) + ',' + index;
    if (reply.isTool) {
        toolEvents(question, reply, place, events, script);
    } else {
        textEvents(reply, place, events, script);
    }
    script.atOnce(events.make("response.output_item.done",
                              index + R"(,"item":)" + item(question, reply, seed, Stage::Finished)));
    script.atOnce(events.make(reply.isCut ? "response.incomplete" : "response.completed",
                              R"("response":)" + response(question, reply, seed, Stage::Finished)));
}

} // namespace lavascope
