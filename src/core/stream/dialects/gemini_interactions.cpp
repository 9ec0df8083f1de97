// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"

#include <unordered_map>

namespace lavascope {

namespace {

/// Google's Interactions: numbered steps that start, grow and stop, told apart by `event_type`.
class GeminiInteractions final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    void takeStep(qint64 index, const json::View& step, Assembler& out);
    void takeDelta(qint64 index, const json::View& delta, Assembler& out);
    static void takePart(const json::View& part, bool isThought, Assembler& out);
    void takeInteraction(const json::View& interaction, Assembler& out);
    static void takeStatus(const json::View& status, Assembler& out);
    static void takeUsage(const json::View& usage, Assembler& out);

    std::unordered_map<qint64, size_t> m_calls; ///< place among the tool calls, by step
    std::unordered_map<qint64, size_t> m_media; ///< place among the media, by step
};

/// Arguments come as an object at once, or as text that grows.
QString argumentsText(const json::View& arguments) {
    if (arguments.isString())
        return arguments.toString();
    return arguments.size() > 0 ? QString::fromUtf8(compactJson(arguments.raw())) : QString();
}

void GeminiInteractions::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["event_type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    const qint64 index = payload["index"].toInteger().value_or(0);
    if (type == "interaction.created") {
        takeInteraction(payload["interaction"], out);
    } else if (type == "interaction.status_update") {
        takeStatus(payload["status"], out);
        takeUsage(payload["usage"], out);
    } else if (type == "step.start") {
        takeStep(index, payload["step"], out);
    } else if (type == "step.delta") {
        takeDelta(index, payload["delta"], out);
    } else if (type == "step.stop") {
        takeUsage(payload["usage"], out);
    } else if (type == "interaction.completed") {
        const json::View interaction = payload["interaction"];
        takeInteraction(interaction, out);
        takeStatus(interaction["status"], out);
        if (plainText(interaction["status"]) != "requires_continuation")
            out.close();
    } else if (type == "error") {
        out.close();
    }
}

void GeminiInteractions::takeWhole(const json::View& body, Assembler& out) {
    takeInteraction(body, out);
    for (const char* member : {"steps", "outputs"}) {
        const json::View steps = body[QByteArrayView(member)];
        qint64 index = 0;
        for (json::View step = steps.firstChild(); step.exists(); step = step.nextSibling())
            takeStep(index++, step, out);
    }
    takeStatus(body["status"], out);
    const QByteArrayView status = plainText(body["status"]);
    out.setEndSignal(status != "in_progress" && status != "queued" && status != "requires_continuation");
}

void GeminiInteractions::takeStep(qint64 index, const json::View& step, Assembler& out) {
    Choice& target = *out.choice(0);
    const QByteArrayView type = plainText(step["type"]);
    if (type == "function_call") {
        m_calls[index] = target.toolCalls.size();
        target.toolCalls.push_back(
            {step["id"].toString(), step["name"].toString(), argumentsText(step["arguments"])});
        return;
    }
    const bool isThought = type == "thought";
    takePart(step, isThought, out);
    const json::View parts = step[isThought ? QByteArrayView("summary") : QByteArrayView("content")];
    if (parts.isObject())
        takePart(parts, isThought, out);
    else
        for (json::View part = parts.firstChild(); part.exists(); part = part.nextSibling())
            takePart(part, isThought, out);
}

void GeminiInteractions::takePart(const json::View& part, bool isThought, Assembler& out) {
    Choice& target = *out.choice(0);
    if (isThought)
        target.reasoning += part["text"].toString();
    else
        out.addText(target, part["text"].toString());
    if (part["data"].isString())
        out.addMedia(target, target.media.size(), part["mime_type"].toString(), part["data"]);
}

void GeminiInteractions::takeDelta(qint64 index, const json::View& delta, Assembler& out) {
    Choice& target = *out.choice(0);
    const QByteArrayView type = plainText(delta["type"]);
    if (type == "text") {
        out.addText(target, delta["text"].toString());
    } else if (type == "thought_summary") {
        const json::View content = delta["content"];
        target.reasoning += content.isString() ? content.toString() : content["text"].toString();
    } else if (type == "arguments_delta") {
        const auto found = m_calls.find(index);
        if (found == m_calls.end()) {
            out.note(QStringLiteral("tool arguments came for no call"));
            m_calls[index] = target.toolCalls.size();
            target.toolCalls.emplace_back();
        }
        target.toolCalls[m_calls[index]].arguments += argumentsText(delta["arguments"]);
    } else if (type == "audio" || type == "image" || type == "video") {
        const auto place = m_media.try_emplace(index, target.media.size()).first;
        out.addMedia(target, place->second, delta["mime_type"].toString(), delta["data"]);
    }
}

void GeminiInteractions::takeInteraction(const json::View& interaction, Assembler& out) {
    out.offerResponseId(interaction["id"]);
    out.offerModel(interaction["model"]);
    takeUsage(interaction["usage"], out);
}

void GeminiInteractions::takeStatus(const json::View& status, Assembler& out) {
    const QByteArrayView word = plainText(status);
    if (word == "in_progress" || word == "queued")
        return;
    out.offerStopReason(*out.choice(0), status);
    if (word == "failed" || word == "budget_exceeded")
        out.fail({word == "failed" ? QStringLiteral("failed") : QStringLiteral("budget_exceeded"),
                  {},
                  QStringLiteral("The interaction failed."),
                  word == "failed" ? std::optional(500) : std::optional(429),
                  status.raw().toByteArray()});
}

void GeminiInteractions::takeUsage(const json::View& usage, Assembler& out) {
    if (!usage.isObject())
        return;
    Usage& counts = out.transcript().usage;
    out.offerCount(counts.inputTokens, usage["total_input_tokens"]);
    out.offerCount(counts.reasoningTokens, usage["total_thought_tokens"]);
    out.offerCount(counts.cachedInputTokens, usage["total_cached_tokens"]);
    out.offerCount(counts.totalTokens, usage["total_tokens"]);
    // Thoughts stand beside the output here, as in generateContent.
    std::optional<qint64> output;
    out.offerCount(output, usage["total_output_tokens"]);
    if (output)
        counts.outputTokens = *output + counts.reasoningTokens.value_or(0);
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/interactions") || path.contains("/interactions/");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    const QByteArrayView type = plainText(payload["event_type"]);
    const bool isOurs = type.startsWith("interaction.") || type.startsWith("step.");
    return isOurs ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    return plainText(body["object"]) == "interaction" ||
           (body["status"].isString() && body["model"].isString() &&
            (body["steps"].isArray() || body["outputs"].isArray()));
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<GeminiInteractions>();
}

} // namespace

const DialectKind geminiInteractions = {
    "gemini_interactions", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
