// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"

namespace lavascope {

namespace {

/// Ollama's own chat and generate: lines of JSON, the last with `done`. It streams unless told not to.
class Ollama final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override { takeEvent(body, {}, out); }
    void finish(Assembler& out) override;
};

/// Some versions give a call an id, none needs one.
ToolCall callFrom(const json::View& call) {
    const json::View function = call["function"];
    const json::View arguments = function["arguments"];
    QString text = arguments.toString();
    if (!arguments.isString())
        text = arguments.exists() ? QString::fromUtf8(compactJson(arguments.raw())) : QStringLiteral("{}");
    return {call["id"].toString(), function["name"].toString(), text};
}

void Ollama::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    out.offerModel(payload["model"]);
    Choice& target = *out.choice(0);
    const json::View message = payload["message"];
    out.addText(target, message["content"].toString());
    out.addText(target, payload["response"].toString());
    target.reasoning += message["thinking"].toString();
    target.reasoning += payload["thinking"].toString();
    const json::View calls = message["tool_calls"];
    for (json::View call = calls.firstChild(); call.exists(); call = call.nextSibling())
        target.toolCalls.push_back(callFrom(call));

    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, payload["prompt_eval_count"]);
    out.offerCount(counts.outputTokens, payload["eval_count"]);
    out.offerStopReason(target, payload["done_reason"]);
    // The line of an error is the last one too, and holds nothing else.
    const bool isError = payload["error"].isString() && !payload["model"].exists();
    if (payload["done"].toBool().value_or(false) || isError)
        out.close();
}

void Ollama::finish(Assembler& out) {
    if (out.transcript().endSignalSeen && !out.hasFailed() && out.transcript().first().stopReason.isEmpty())
        out.note(QStringLiteral("finished, reason not given"));
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/api/chat") || path.endsWith("/api/generate");
}

bool hostFits(QByteArrayView host) {
    return host.endsWith(":11434") || host == "ollama.com";
}

bool looksLikeOllama(const json::View& payload) {
    return payload["done"].isBool() && payload["model"].isString() &&
           (payload["message"].isObject() || payload["response"].isString());
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    return looksLikeOllama(payload) ? Fit::Certain : Fit::No;
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<Ollama>();
}

} // namespace

const DialectKind ollama = {"ollama", pathFits, hostFits, eventFits, looksLikeOllama, make};

} // namespace lavascope
