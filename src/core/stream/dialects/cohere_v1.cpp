// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"

namespace lavascope {

namespace {

/// Cohere's first chat API: lines of JSON, the last of which holds the whole answer once more.
class CohereV1 final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    static void takeCalls(const json::View& calls, Assembler& out);
    static void takeCitations(const json::View& citations, Assembler& out);
    static void takeResponse(const json::View& response, Assembler& out);
    static void takeReason(const json::View& holder, Assembler& out);
};

void CohereV1::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    const QByteArrayView type = plainText(payload["event_type"]);
    if (type == "stream-start") {
        out.offerResponseId(payload["generation_id"]);
    } else if (type == "text-generation") {
        out.addText(*out.choice(0), payload["text"].toString());
    } else if (type == "tool-calls-chunk") {
        out.choice(0)->reasoning += payload["text"].toString();
    } else if (type == "tool-calls-generation") {
        takeCalls(payload["tool_calls"], out);
    } else if (type == "citation-generation") {
        takeCitations(payload["citations"], out);
    } else if (type == "stream-end") {
        takeResponse(payload["response"], out);
        takeReason(payload, out);
        out.close();
    }
}

void CohereV1::takeWhole(const json::View& body, Assembler& out) {
    takeResponse(body, out);
    takeReason(body, out);
    out.setEndSignal(!out.transcript().first().stopReason.isEmpty());
}

void CohereV1::takeCalls(const json::View& calls, Assembler& out) {
    Choice& target = *out.choice(0);
    // The end repeats the calls that were announced before.
    if (calls.size() > 0)
        target.toolCalls.clear();
    for (json::View call = calls.firstChild(); call.exists(); call = call.nextSibling())
        target.toolCalls.push_back(
            {{}, call["name"].toString(), QString::fromUtf8(compactJson(call["parameters"].raw()))});
}

void CohereV1::takeCitations(const json::View& citations, Assembler& out) {
    Choice& target = *out.choice(0);
    for (json::View citation = citations.firstChild(); citation.exists(); citation = citation.nextSibling()) {
        const json::View documents = citation["document_ids"];
        // One string for all: a long one must not be held once for each document.
        const QString quote = citation["text"].toString();
        if (documents.size() == 0)
            out.cite(target, {{}, {}, quote});
        for (json::View id = documents.firstChild(); id.exists(); id = id.nextSibling())
            out.cite(target, {id.toString(), {}, quote});
    }
}

void CohereV1::takeResponse(const json::View& response, Assembler& out) {
    if (!response.isObject())
        return;
    Choice& target = *out.choice(0);
    out.offerResponseId(response["generation_id"]);
    const json::View text = response["text"];
    if (target.text.isEmpty())
        out.addText(target, text.toString());
    else if (text.isString() && text.toString() != target.text)
        out.note(QStringLiteral("the whole text at the end differs from its pieces"));
    takeCalls(response["tool_calls"], out);
    takeCitations(response["citations"], out);
    const json::View meta = response["meta"];
    Usage& counts = out.transcript().usage;
    for (const char* kind : {"billed_units", "tokens"}) {
        out.offerCount(counts.inputTokens, meta[QByteArrayView(kind)]["input_tokens"]);
        out.offerCount(counts.outputTokens, meta[QByteArrayView(kind)]["output_tokens"]);
    }
}

void CohereV1::takeReason(const json::View& holder, Assembler& out) {
    Choice& target = *out.choice(0);
    out.offerStopReason(target, holder["finish_reason"]);
    const QString reason = target.stopReason;
    if (!reason.startsWith(QLatin1String("ERROR")))
        return;
    const std::optional<int> status =
        reason == QLatin1String("ERROR_LIMIT") ? std::optional(429) : effectiveStatus(reason, {});
    const QString message = holder["error"].toString();
    out.fail({reason,
              {},
              message.isEmpty() ? QStringLiteral("The provider gave up while answering.") : message,
              status,
              holder.raw().toByteArray()});
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/v1/chat");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    const QByteArrayView type = plainText(payload["event_type"]);
    const bool isOurs = type == "stream-start" || type == "text-generation" || type == "stream-end" ||
                        type == "citation-generation" || type == "tool-calls-chunk" ||
                        type == "tool-calls-generation" || type == "search-results" ||
                        type == "search-queries-generation";
    return isOurs ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    return body["generation_id"].isString() && body["text"].isString();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<CohereV1>();
}

} // namespace

const DialectKind cohereV1 = {"cohere_v1", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
