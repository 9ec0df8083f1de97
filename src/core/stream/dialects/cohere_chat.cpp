// SPDX-License-Identifier: MIT
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"

#include <array>
#include <unordered_map>

namespace lavascope {

namespace {

/// Cohere's second chat API: typed events whose names are written with hyphens, each with a `delta.message`
/// that holds the one part that grows.
class CohereChat final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    void beginCall(qint64 index, const json::View& call, Assembler& out);
    void continueCall(qint64 index, const json::View& call, Assembler& out);
    static void takeEnd(const json::View& end, Assembler& out);

    std::unordered_map<qint64, size_t> m_calls; ///< place among the tool calls, by the provider's index
};

void takeContent(const json::View& content, Assembler& out) {
    Choice& target = *out.choice(0);
    out.addText(target, content["text"].toString());
    target.reasoning += content["thinking"].toString();
}

void takeCitation(const json::View& citation, Assembler& out) {
    Choice& target = *out.choice(0);
    const json::View sources = citation["sources"];
    // One string for all: a long one must not be held once for each source.
    const QString quote = citation["text"].toString();
    if (sources.size() == 0)
        out.cite(target, {{}, {}, quote});
    for (json::View source = sources.firstChild(); source.exists(); source = source.nextSibling()) {
        const json::View document = source["document"];
        const QString title = document["title"].toString();
        out.cite(target,
                 {title.isEmpty() ? source["id"].toString() : title, document["url"].toString(), quote});
    }
}

void CohereChat::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    const qint64 index = payload["index"].toInteger().value_or(0);
    const json::View message = payload["delta"]["message"];

    if (type == "message-start") {
        out.offerResponseId(payload["id"]);
    } else if (type == "content-start" || type == "content-delta") {
        takeContent(message["content"], out);
    } else if (type == "tool-plan-delta") {
        out.choice(0)->reasoning += message["tool_plan"].toString();
    } else if (type == "tool-call-start") {
        beginCall(index, message["tool_calls"], out);
    } else if (type == "tool-call-delta") {
        continueCall(index, message["tool_calls"], out);
    } else if (type == "citation-start") {
        takeCitation(message["citations"], out);
    } else if (type == "message-end") {
        takeEnd(payload["delta"], out);
        out.close();
    }
}

void CohereChat::takeWhole(const json::View& body, Assembler& out) {
    out.offerResponseId(body["id"]);
    const json::View message = body["message"];
    out.choice(0)->reasoning += message["tool_plan"].toString();
    const json::View content = message["content"];
    out.addText(*out.choice(0), content.toString());
    for (json::View part = content.firstChild(); part.exists(); part = part.nextSibling())
        takeContent(part, out);
    const json::View calls = message["tool_calls"];
    qint64 index = 0;
    for (json::View call = calls.firstChild(); call.exists(); call = call.nextSibling())
        beginCall(index++, call, out);
    const json::View citations = message["citations"];
    for (json::View citation = citations.firstChild(); citation.exists(); citation = citation.nextSibling())
        takeCitation(citation, out);
    takeEnd(body, out);
    out.setEndSignal(!out.transcript().first().stopReason.isEmpty());
}

void CohereChat::beginCall(qint64 index, const json::View& call, Assembler& out) {
    Choice& target = *out.choice(0);
    m_calls[index] = target.toolCalls.size();
    const json::View function = call["function"];
    target.toolCalls.push_back(
        {call["id"].toString(), function["name"].toString(), function["arguments"].toString()});
}

void CohereChat::continueCall(qint64 index, const json::View& call, Assembler& out) {
    const auto found = m_calls.find(index);
    if (found == m_calls.end()) {
        out.note(QStringLiteral("tool arguments came for no call"));
        beginCall(index, call, out);
    } else {
        out.choice(0)->toolCalls[found->second].arguments += call["function"]["arguments"].toString();
    }
}

void CohereChat::takeEnd(const json::View& end, Assembler& out) {
    Choice& target = *out.choice(0);
    out.offerStopReason(target, end["finish_reason"]);
    const json::View usage = end["usage"];
    Usage& counts = out.transcript().usage;
    // What was billed leaves out what the model was really given, so it only fills in.
    for (const char* kind : {"billed_units", "tokens"}) {
        out.offerCount(counts.inputTokens, usage[QByteArrayView(kind)]["input_tokens"]);
        out.offerCount(counts.outputTokens, usage[QByteArrayView(kind)]["output_tokens"]);
    }
    out.offerCount(counts.cachedInputTokens, usage["cached_tokens"]);

    const QString reason = target.stopReason;
    const QString message = end["error"].toString();
    if (reason == QLatin1String("ERROR") || reason == QLatin1String("TIMEOUT") || !message.isEmpty())
        out.fail({reason,
                  {},
                  message.isEmpty() ? QStringLiteral("The provider gave up while answering.") : message,
                  effectiveStatus(reason, {}),
                  end.raw().toByteArray()});
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/v2/chat");
}

bool hostFits(QByteArrayView host) {
    return host == "api.cohere.com" || host == "api.cohere.ai";
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    static constexpr std::array<const char*, 10> types = {
        "message-start",   "content-start",   "content-delta", "content-end",    "tool-plan-delta",
        "tool-call-start", "tool-call-delta", "tool-call-end", "citation-start", "message-end"};
    const QByteArrayView type = plainText(payload["type"]);
    for (const char* known : types)
        if (type == QByteArrayView(known))
            return Fit::Certain;
    return Fit::No;
}

bool wholeFits(const json::View& body) {
    return body["finish_reason"].isString() && body["message"].isObject() && body["id"].isString();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<CohereChat>();
}

} // namespace

const DialectKind cohereChat = {"cohere_chat", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
