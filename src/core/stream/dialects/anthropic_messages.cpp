// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"

#include <optional>
#include <unordered_map>

namespace lavascope {

namespace {

/// Anthropic's Messages: typed events around numbered content blocks.
class AnthropicMessages final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;
    void finish(Assembler& out) override;
    [[nodiscard]] Addition onlyAddition() const override { return m_addition; }

private:
    /// A content block that is still open.
    struct Block {
        std::optional<size_t> toolCall;
        QString initialInput; ///< holds if no fragment follows
    };
    /// Counts as they came: cached tokens stand beside the input here.
    struct Counts {
        std::optional<qint64> input;
        std::optional<qint64> cacheCreation;
        std::optional<qint64> cacheRead;
        std::optional<qint64> output;
        std::optional<qint64> thinking;
    };

    void takeMessage(const json::View& message, Assembler& out);
    void openBlock(qint64 index, const json::View& content, Assembler& out);
    void takeDelta(qint64 index, const json::View& delta, Assembler& out);
    void closeBlock(qint64 index, Assembler& out);
    void takeStop(const json::View& stop, Assembler& out);
    void takeUsage(const json::View& usage, Assembler& out);

    std::unordered_map<qint64, Block> m_blocks;
    Counts m_counts;
    Addition m_addition;
};

bool isToolUse(QByteArrayView type) {
    return type == "tool_use" || type == "server_tool_use" || type == "mcp_tool_use";
}

void takeCitation(const json::View& citation, Assembler& out) {
    QString title = citation["title"].toString();
    if (title.isEmpty())
        title = citation["document_title"].toString();
    QString url = citation["url"].toString();
    if (url.isEmpty())
        url = citation["source"].toString();
    out.cite(*out.choice(0), {title, url, citation["cited_text"].toString()});
}

void AnthropicMessages::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    const qint64 index = payload["index"].toInteger().value_or(0);
    const bool isText = type == "content_block_delta" && plainText(payload["delta"]["type"]) == "text_delta";
    m_addition = {0, isText ? payload["delta"]["text"] : json::View()};

    // The official SDK still takes what comes now, so it is shown as a client would see it.
    if (out.transcript().endSignalSeen && type != "ping")
        out.note(QStringLiteral("events came after message_stop: not every client takes them"));
    if (type == "message_start") {
        takeMessage(payload["message"], out);
    } else if (type == "content_block_start") {
        openBlock(index, payload["content_block"], out);
    } else if (type == "content_block_delta") {
        takeDelta(index, payload["delta"], out);
    } else if (type == "content_block_stop") {
        closeBlock(index, out);
    } else if (type == "message_delta") {
        takeStop(payload["delta"], out);
        takeUsage(payload["usage"], out);
    } else if (type == "message_stop") {
        // Gateways that close no block leave it to the end.
        while (!m_blocks.empty())
            closeBlock(m_blocks.begin()->first, out);
        out.setEndSignal(true);
    } else if (type == "error") {
        out.close();
    }
}

void AnthropicMessages::takeWhole(const json::View& body, Assembler& out) {
    takeMessage(body, out);
    const json::View content = body["content"];
    if (content.isArray())
        for (json::View block = content.firstChild(); block.exists(); block = block.nextSibling()) {
            openBlock(0, block, out);
            closeBlock(0, out);
        }
    takeStop(body, out);
    out.setEndSignal(!out.transcript().first().stopReason.isEmpty());
}

void AnthropicMessages::finish(Assembler& out) {
    if (!out.transcript().endSignalSeen && !out.transcript().first().stopReason.isEmpty())
        out.note(QStringLiteral("a stop reason came but message_stop did not: the answer is probably whole"));
}

void AnthropicMessages::takeMessage(const json::View& message, Assembler& out) {
    out.offerResponseId(message["id"]);
    out.offerModel(message["model"]);
    takeUsage(message["usage"], out);
}

void AnthropicMessages::openBlock(qint64 index, const json::View& content, Assembler& out) {
    Choice& target = *out.choice(0);
    Block block;
    const QByteArrayView type = plainText(content["type"]);
    if (type == "text") {
        out.addText(target, content["text"].toString());
        const json::View citations = content["citations"];
        for (json::View citation = citations.firstChild(); citation.exists();
             citation = citation.nextSibling())
            takeCitation(citation, out);
    } else if (type == "thinking") {
        target.reasoning += content["thinking"].toString();
    } else if (isToolUse(type)) {
        block.toolCall = target.toolCalls.size();
        if (content["input"].isObject())
            block.initialInput = QString::fromUtf8(compactJson(content["input"].raw()));
        target.toolCalls.push_back({content["id"].toString(), content["name"].toString(), {}});
    }
    m_blocks[index] = block;
}

void AnthropicMessages::takeDelta(qint64 index, const json::View& delta, Assembler& out) {
    Choice& target = *out.choice(0);
    const QByteArrayView type = plainText(delta["type"]);
    if (type == "text_delta") {
        out.addText(target, delta["text"].toString());
    } else if (type == "thinking_delta") {
        target.reasoning += delta["thinking"].toString();
    } else if (type == "citations_delta") {
        takeCitation(delta["citation"], out);
    } else if (type == "input_json_delta") {
        Block& block = m_blocks[index];
        if (!block.toolCall) {
            out.note(QStringLiteral("tool arguments came for a block that is no tool call"));
            block.toolCall = target.toolCalls.size();
            target.toolCalls.emplace_back();
        }
        target.toolCalls[*block.toolCall].arguments += delta["partial_json"].toString();
    }
}

void AnthropicMessages::closeBlock(qint64 index, Assembler& out) {
    const auto found = m_blocks.find(index);
    if (found == m_blocks.end())
        return;
    const Block& block = found->second;
    if (block.toolCall) {
        QString& arguments = out.choice(0)->toolCalls[*block.toolCall].arguments;
        if (arguments.isEmpty())
            arguments = block.initialInput.isEmpty() ? QStringLiteral("{}") : block.initialInput;
    }
    m_blocks.erase(found);
}

void AnthropicMessages::takeStop(const json::View& stop, Assembler& out) {
    Choice& target = *out.choice(0);
    out.offerStopReason(target, stop["stop_reason"]);
    const QString explanation = stop["stop_details"]["explanation"].toString();
    if (!explanation.isEmpty())
        target.refusal = explanation;
}

void AnthropicMessages::takeUsage(const json::View& usage, Assembler& out) {
    if (!usage.isObject())
        return;
    out.offerCount(m_counts.input, usage["input_tokens"]);
    out.offerCount(m_counts.cacheCreation, usage["cache_creation_input_tokens"]);
    out.offerCount(m_counts.cacheRead, usage["cache_read_input_tokens"]);
    out.offerCount(m_counts.output, usage["output_tokens"]);
    out.offerCount(m_counts.thinking, usage["output_tokens_details"]["thinking_tokens"]);

    Usage& normal = out.transcript().usage;
    if (m_counts.input)
        normal.inputTokens =
            *m_counts.input + m_counts.cacheCreation.value_or(0) + m_counts.cacheRead.value_or(0);
    normal.outputTokens = m_counts.output;
    normal.cachedInputTokens = m_counts.cacheRead;
    normal.reasoningTokens = m_counts.thinking;
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/messages") || path.endsWith("/messages/") || path.endsWith(":rawpredict") ||
           path.endsWith(":streamrawpredict");
}

bool hostFits(QByteArrayView host) {
    return host == "api.anthropic.com";
}

Fit eventFits(const json::View& payload, QByteArrayView eventName) {
    const QByteArrayView type = plainText(payload["type"]);
    if (type == "message_start" || type == "content_block_start" || type == "content_block_delta" ||
        type == "content_block_stop" || type == "message_delta" || type == "message_stop")
        return Fit::Certain;
    if (type == "ping" && eventName == "ping")
        return Fit::Maybe;
    if (type == "error" && plainText(payload["error"]["type"]).endsWith("_error") &&
        !payload["sequence_number"].exists())
        return Fit::Maybe;
    return Fit::No;
}

bool wholeFits(const json::View& body) {
    return plainText(body["type"]) == "message" && body["content"].isArray();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<AnthropicMessages>();
}

} // namespace

const DialectKind anthropicMessages = {"anthropic_messages", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
