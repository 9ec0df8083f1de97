// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"

#include <QHash>

namespace lavascope {

namespace {

/// Mistral's Conversations: typed events of an agent that answers, calls functions and hands over.
class MistralConversations final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    void takeCall(const json::View& call, Assembler& out);
    static void takeUsage(const json::View& usage, Assembler& out);

    QHash<QString, size_t> m_calls; ///< place among the tool calls, by the call's id
};

/// A string, one part, or an array of them.
void takeContent(const json::View& content, Assembler& out) {
    Choice& target = *out.choice(0);
    if (content.isString()) {
        out.addText(target, content.toString());
        return;
    }
    if (content.isArray()) {
        for (json::View part = content.firstChild(); part.exists(); part = part.nextSibling())
            if (!part.isArray())
                takeContent(part, out);
        return;
    }
    const QByteArrayView type = plainText(content["type"]);
    if (type == "text") {
        out.addText(target, content["text"].toString());
    } else if (type == "thinking") {
        const json::View thoughts = content["thinking"];
        target.reasoning += thoughts.toString();
        for (json::View thought = thoughts.firstChild(); thought.exists(); thought = thought.nextSibling())
            target.reasoning += thought["text"].toString();
    } else if (type == "tool_reference") {
        out.cite(target, {content["title"].toString(), content["url"].toString(), {}});
    }
}

void MistralConversations::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    if (type == "conversation.response.started") {
        out.offerResponseId(payload["conversation_id"]);
    } else if (type == "message.output.delta") {
        out.offerModel(payload["model"]);
        takeContent(payload["content"], out);
    } else if (type == "function.call.delta") {
        out.offerModel(payload["model"]);
        takeCall(payload, out);
    } else if (type == "conversation.response.done") {
        takeUsage(payload["usage"], out);
        out.close();
    } else if (type == "conversation.response.error") {
        StreamError error = errorFrom(payload);
        error.raw = payload.raw().toByteArray();
        out.fail(error);
        out.close();
    }
}

void MistralConversations::takeWhole(const json::View& body, Assembler& out) {
    out.offerResponseId(body["conversation_id"]);
    const json::View outputs = body["outputs"];
    for (json::View output = outputs.firstChild(); output.exists(); output = output.nextSibling()) {
        out.offerModel(output["model"]);
        const QByteArrayView type = plainText(output["type"]);
        if (type == "message.output")
            takeContent(output["content"], out);
        else if (type == "function.call")
            takeCall(output, out);
    }
    takeUsage(body["usage"], out);
    out.setEndSignal(true);
}

void MistralConversations::takeCall(const json::View& call, Assembler& out) {
    Choice& target = *out.choice(0);
    const QString id = call["tool_call_id"].toString();
    if (!m_calls.contains(id)) {
        m_calls.insert(id, target.toolCalls.size());
        target.toolCalls.push_back({id, call["name"].toString(), {}});
    }
    const json::View arguments = call["arguments"];
    ToolCall& tool = target.toolCalls[m_calls[id]];
    if (arguments.isString())
        tool.arguments += arguments.toString();
    else if (arguments.exists() && !arguments.isNull())
        tool.arguments += QString::fromUtf8(compactJson(arguments.raw()));
}

void MistralConversations::takeUsage(const json::View& usage, Assembler& out) {
    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, usage["prompt_tokens"]);
    out.offerCount(counts.outputTokens, usage["completion_tokens"]);
    out.offerCount(counts.totalTokens, usage["total_tokens"]);
}

bool pathFits(QByteArrayView path) {
    return path.contains("/v1/conversations");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    const QByteArrayView type = plainText(payload["type"]);
    const bool isOurs = type.startsWith("conversation.response.") || type.startsWith("message.output.") ||
                        type.startsWith("function.call.") || type.startsWith("agent.handoff.") ||
                        type.startsWith("tool.execution.");
    return isOurs ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    return body["conversation_id"].isString() && body["outputs"].isArray();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<MistralConversations>();
}

} // namespace

const DialectKind mistralConversations = {
    "mistral_conversations", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
