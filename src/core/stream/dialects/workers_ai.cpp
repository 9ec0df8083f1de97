// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"

namespace lavascope {

namespace {

/// Cloudflare Workers AI as it speaks of its own: `{"response":"text"}` and `[DONE]`.
class WorkersAi final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeDone(Assembler& out) override { out.close(); }
    void takeWhole(const json::View& body, Assembler& out) override;
    void finish(Assembler& out) override;
};

void WorkersAi::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    Choice& target = *out.choice(0);
    out.addText(target, payload["response"].toString());
    const json::View calls = payload["tool_calls"];
    for (json::View call = calls.firstChild(); call.exists(); call = call.nextSibling())
        target.toolCalls.push_back({call["id"].toString(), call["name"].toString(),
                                    QString::fromUtf8(compactJson(call["arguments"].raw()))});
    const json::View usage = payload["usage"];
    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, usage["prompt_tokens"]);
    out.offerCount(counts.outputTokens, usage["completion_tokens"]);
    out.offerCount(counts.totalTokens, usage["total_tokens"]);
}

void WorkersAi::takeWhole(const json::View& body, Assembler& out) {
    takeEvent(body["result"], {}, out);
    out.setEndSignal(body["success"].toBool().value_or(false));
}

void WorkersAi::finish(Assembler& out) {
    if (out.transcript().endSignalSeen)
        out.note(QStringLiteral("finished, reason not given"));
}

bool pathFits(QByteArrayView path) {
    return path.contains("/ai/run/");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    if (!payload["response"].isString() || payload["done"].exists() || payload["model"].exists())
        return Fit::No;
    return payload["p"].isString() ? Fit::Certain : Fit::Maybe;
}

bool wholeFits(const json::View& body) {
    return body["result"]["response"].isString() && body["success"].isBool();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<WorkersAi>();
}

} // namespace

const DialectKind workersAi = {"workers_ai", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
