// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/dialects/partial_arguments.h"
#include "core/stream/stream_error.h"

#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace lavascope {

namespace {

/// Google's generateContent: every event is a whole response that holds the next parts.
class Gemini final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;
    void finish(Assembler& out) override;

private:
    /// Counts as they came: thoughts stand beside the candidates' tokens here.
    struct Counts {
        std::optional<qint64> prompt;
        std::optional<qint64> candidates;
        std::optional<qint64> thoughts;
        std::optional<qint64> total;
        std::optional<qint64> cached;
    };

    /// A call whose arguments are still coming.
    struct Growing {
        size_t toolCall = 0;
        PartialArguments arguments;
    };

    void takeCandidate(const json::View& candidate, Assembler& out);
    void takePart(const json::View& part, qint64 index, Choice& target, Assembler& out);
    static void takeCall(const json::View& call, std::optional<Growing>& growing, Choice& target,
                         Assembler& out);
    static void settle(std::optional<Growing>& growing, Choice& target);
    void takePrompt(const json::View& feedback, Assembler& out);
    void takeUsage(const json::View& usage, Assembler& out);

    std::unordered_set<qint64> m_begun;
    std::unordered_set<qint64> m_unfinished;
    std::unordered_map<qint64, std::optional<Growing>> m_growing; ///< by candidate
    bool m_isBlocked = false;
    Counts m_counts;
};

void takeCitations(const json::View& candidate, Choice& target, Assembler& out) {
    const json::View grounds = candidate["groundingMetadata"]["groundingChunks"];
    for (json::View ground = grounds.firstChild(); ground.exists(); ground = ground.nextSibling()) {
        const json::View source = ground["web"].isObject() ? ground["web"] : ground["retrievedContext"];
        out.cite(target, {source["title"].toString(), source["uri"].toString(), {}});
    }
    const json::View metadata = candidate["citationMetadata"];
    const json::View cited =
        metadata["citations"].isArray() ? metadata["citations"] : metadata["citationSources"];
    for (json::View source = cited.firstChild(); source.exists(); source = source.nextSibling())
        out.cite(target, {source["title"].toString(), source["uri"].toString(), {}});
}

void Gemini::takePart(const json::View& part, qint64 index, Choice& target, Assembler& out) {
    const QString text = part["text"].toString();
    if (part["thought"].toBool().value_or(false))
        target.reasoning += text;
    else
        out.addText(target, text);
    const json::View inlineData = part["inlineData"];
    if (inlineData["data"].isString())
        out.addMedia(target, target.media.size(), inlineData["mimeType"].toString(), inlineData["data"]);
    if (part["functionCall"].isObject())
        takeCall(part["functionCall"], m_growing[index], target, out);
}

/// A call comes whole, or as its name, the pieces of its arguments, and a part that no longer continues.
void Gemini::takeCall(const json::View& call, std::optional<Growing>& growing, Choice& target,
                      Assembler& out) {
    const bool continues = call["willContinue"].toBool().value_or(false);
    const QString name = call["name"].toString();
    if (!name.isEmpty()) {
        settle(growing, target);
        const json::View arguments = call["args"];
        target.toolCalls.push_back(
            {call["id"].toString(), name,
             arguments.exists() ? QString::fromUtf8(compactJson(arguments.raw())) : QStringLiteral("{}")});
        if (continues || call["partialArgs"].isArray())
            growing = Growing{target.toolCalls.size() - 1, {}};
    }
    const json::View pieces = call["partialArgs"];
    if (pieces.size() > 0 && !growing)
        out.note(QStringLiteral("pieces of arguments came for no call"));
    if (!growing)
        return;
    for (json::View piece = pieces.firstChild(); piece.exists(); piece = piece.nextSibling())
        if (!growing->arguments.take(piece))
            out.note(QStringLiteral("a piece of arguments has a path that leads nowhere"));
    if (!continues)
        settle(growing, target);
}

void Gemini::settle(std::optional<Growing>& growing, Choice& target) {
    if (!growing)
        return;
    target.toolCalls[growing->toolCall].arguments = QString::fromUtf8(growing->arguments.json());
    growing.reset();
}

void Gemini::finish(Assembler& out) {
    for (auto& [index, growing] : m_growing)
        if (growing)
            settle(growing, *out.choice(index));
}

void Gemini::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    out.offerResponseId(payload["responseId"]);
    out.offerModel(payload["modelVersion"]);
    const json::View candidates = payload["candidates"];
    if (candidates.isArray())
        for (json::View candidate = candidates.firstChild(); candidate.exists();
             candidate = candidate.nextSibling())
            takeCandidate(candidate, out);
    takePrompt(payload["promptFeedback"], out);
    takeUsage(payload["usageMetadata"], out);
    out.setEndSignal(m_isBlocked || (!m_begun.empty() && m_unfinished.empty()));
}

void Gemini::takeWhole(const json::View& body, Assembler& out) {
    if (!body.isArray()) {
        takeEvent(body, {}, out);
        return;
    }
    for (json::View response = body.firstChild(); response.exists(); response = response.nextSibling()) {
        if (auto error = errorIn(response))
            out.fail(*error);
        takeEvent(response, {}, out);
    }
}

void Gemini::takeCandidate(const json::View& candidate, Assembler& out) {
    const qint64 index = candidate["index"].toInteger().value_or(0);
    Choice* const target = out.choice(index);
    if (!target)
        return;
    m_begun.insert(index);

    const json::View parts = candidate["content"]["parts"];
    if (parts.isArray())
        for (json::View part = parts.firstChild(); part.exists(); part = part.nextSibling())
            takePart(part, index, *target, out);

    takeCitations(candidate, *target, out);
    const json::View reason = candidate["finishReason"];
    out.offerStopReason(*target, reason);
    // When a built-in tool ran, a finish can stand in the middle: parts after it open the candidate again.
    if (!reason.toString().isEmpty())
        m_unfinished.erase(index);
    else if (target->stopReason.isEmpty() || parts.size() > 0)
        m_unfinished.insert(index);
}

void Gemini::takePrompt(const json::View& feedback, Assembler& out) {
    const json::View reason = feedback["blockReason"];
    if (reason.toString().isEmpty())
        return;
    m_isBlocked = true;
    Choice& target = *out.choice(0);
    out.offerStopReason(target, reason);
    target.refusal = feedback["blockReasonMessage"].toString();
    out.note(QStringLiteral("the prompt was blocked"));
}

void Gemini::takeUsage(const json::View& usage, Assembler& out) {
    if (!usage.isObject())
        return;
    out.offerCount(m_counts.prompt, usage["promptTokenCount"]);
    out.offerCount(m_counts.candidates, usage["candidatesTokenCount"]);
    out.offerCount(m_counts.thoughts, usage["thoughtsTokenCount"]);
    out.offerCount(m_counts.total, usage["totalTokenCount"]);
    out.offerCount(m_counts.cached, usage["cachedContentTokenCount"]);

    Usage& normal = out.transcript().usage;
    normal.inputTokens = m_counts.prompt;
    if (m_counts.candidates || m_counts.thoughts)
        normal.outputTokens = m_counts.candidates.value_or(0) + m_counts.thoughts.value_or(0);
    normal.totalTokens = m_counts.total;
    normal.cachedInputTokens = m_counts.cached;
    normal.reasoningTokens = m_counts.thoughts;
}

bool pathFits(QByteArrayView path) {
    return path.endsWith(":streamgeneratecontent") || path.endsWith(":generatecontent");
}

bool hostFits(QByteArrayView host) {
    return host == "generativelanguage.googleapis.com" || host.endsWith("aiplatform.googleapis.com");
}

bool looksLikeGemini(const json::View& payload) {
    return payload["candidates"].exists() || payload["promptFeedback"].exists() ||
           payload["usageMetadata"].exists();
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    return looksLikeGemini(payload) ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    return looksLikeGemini(body.isArray() ? body.firstChild() : body);
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<Gemini>();
}

} // namespace

const DialectKind gemini = {"gemini", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
