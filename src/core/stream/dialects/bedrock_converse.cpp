// SPDX-License-Identifier: MIT
#include "core/stream/aws_exception.h"
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"

#include <unordered_map>

namespace lavascope {

namespace {

/// Amazon Bedrock's Converse: numbered content blocks; the name of each event stands in its frame, not in its
/// JSON.
class BedrockConverse final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;

private:
    /// Counts as they came: cached tokens stand beside the input here.
    struct Counts {
        std::optional<qint64> input;
        std::optional<qint64> cacheRead;
        std::optional<qint64> cacheWrite;
    };

    size_t beginCall(qint64 block, const json::View& tool, Assembler& out);
    void takeDelta(qint64 block, const json::View& delta, Assembler& out);
    void takeUsage(const json::View& usage, Assembler& out);

    std::unordered_map<qint64, size_t> m_calls;    ///< place among the tool calls, by block
    std::unordered_map<qint64, size_t> m_pictures; ///< place among the media, by block
    Counts m_counts;
};

void takeReasoning(const json::View& reasoning, Assembler& out) {
    QString& thoughts = out.choice(0)->reasoning;
    thoughts += reasoning["text"].toString();
    thoughts += reasoning["reasoningText"]["text"].toString();
}

void takeCitation(const json::View& citation, Assembler& out) {
    const json::View location = citation["location"];
    QString url = location["web"]["url"].toString();
    if (url.isEmpty())
        url = citation["source"].toString();
    out.cite(*out.choice(0),
             {citation["title"].toString(), url, citation["sourceContent"].firstChild()["text"].toString()});
}

void BedrockConverse::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const qint64 block = payload["contentBlockIndex"].toInteger().value_or(0);
    if (eventName == "contentBlockStart") {
        if (payload["start"]["toolUse"].isObject())
            beginCall(block, payload["start"]["toolUse"], out);
    } else if (eventName == "contentBlockDelta") {
        takeDelta(block, payload["delta"], out);
    } else if (eventName == "messageStop") {
        out.offerStopReason(*out.choice(0), payload["stopReason"]);
        // Not closed: the usage comes after it.
        out.setEndSignal(true);
    } else if (eventName == "metadata") {
        takeUsage(payload["usage"], out);
    }
}

void BedrockConverse::takeWhole(const json::View& body, Assembler& out) {
    Choice& target = *out.choice(0);
    const json::View content = body["output"]["message"]["content"];
    qint64 block = 0;
    for (json::View part = content.firstChild(); part.exists(); part = part.nextSibling(), ++block) {
        out.addText(target, part["text"].toString());
        takeReasoning(part["reasoningContent"], out);
        const json::View tool = part["toolUse"];
        if (tool.isObject())
            target.toolCalls[beginCall(block, tool, out)].arguments =
                QString::fromUtf8(compactJson(tool["input"].raw()));
    }
    out.offerStopReason(target, body["stopReason"]);
    takeUsage(body["usage"], out);
    out.setEndSignal(!target.stopReason.isEmpty());
}

size_t BedrockConverse::beginCall(qint64 block, const json::View& tool, Assembler& out) {
    Choice& target = *out.choice(0);
    m_calls[block] = target.toolCalls.size();
    target.toolCalls.push_back({tool["toolUseId"].toString(), tool["name"].toString(), {}});
    return target.toolCalls.size() - 1;
}

void BedrockConverse::takeDelta(qint64 block, const json::View& delta, Assembler& out) {
    Choice& target = *out.choice(0);
    out.addText(target, delta["text"].toString());
    takeReasoning(delta["reasoningContent"], out);
    if (delta["citation"].isObject())
        takeCitation(delta["citation"], out);
    if (const json::View picture = delta["image"]["source"]["bytes"]; picture.isString())
        out.addMedia(target, m_pictures.try_emplace(block, target.media.size()).first->second, {}, picture);
    if (!delta["toolUse"].isObject())
        return;
    const auto found = m_calls.find(block);
    if (found == m_calls.end())
        out.note(QStringLiteral("tool arguments came for no call"));
    const size_t place = found == m_calls.end() ? beginCall(block, {}, out) : found->second;
    target.toolCalls[place].arguments += delta["toolUse"]["input"].toString();
}

void BedrockConverse::takeUsage(const json::View& usage, Assembler& out) {
    if (!usage.isObject())
        return;
    out.offerCount(m_counts.input, usage["inputTokens"]);
    out.offerCount(m_counts.cacheRead, usage["cacheReadInputTokens"]);
    out.offerCount(m_counts.cacheWrite, usage["cacheWriteInputTokens"]);
    Usage& normal = out.transcript().usage;
    out.offerCount(normal.outputTokens, usage["outputTokens"]);
    out.offerCount(normal.totalTokens, usage["totalTokens"]);
    normal.cachedInputTokens = m_counts.cacheRead;
    if (m_counts.input)
        normal.inputTokens =
            *m_counts.input + m_counts.cacheRead.value_or(0) + m_counts.cacheWrite.value_or(0);
}

bool pathFits(QByteArrayView path) {
    // What is invoked directly speaks its own family's events, inside the same frames.
    return path.contains("/model/") && (path.endsWith("/converse-stream") || path.endsWith("/converse") ||
                                        path.endsWith("/invoke-with-response-stream"));
}

bool hostFits(QByteArrayView host) {
    return host.startsWith("bedrock-runtime") && host.endsWith(".amazonaws.com");
}

Fit eventFits(const json::View& payload, QByteArrayView eventName) {
    if (payload["contentBlockIndex"].exists() && eventName.startsWith("contentBlock"))
        return Fit::Certain;
    if (eventName == "messageStart" || eventName == "messageStop")
        return Fit::Certain;
    return isAwsException(eventName) ? Fit::Maybe : Fit::No;
}

bool wholeFits(const json::View& body) {
    return body["output"]["message"].isObject() && body["stopReason"].isString();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<BedrockConverse>();
}

} // namespace

const DialectKind bedrockConverse = {"bedrock_converse", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
