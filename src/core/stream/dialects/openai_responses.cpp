// SPDX-License-Identifier: MIT
#include "core/stream/dialects/dialects.h"
#include "core/stream/dialects/response_output.h"
#include "core/stream/stream_error.h"

#include <array>

namespace lavascope {

namespace {

/// OpenAI's Responses: typed events that add to the items of an output, and snapshots of what was added.
class OpenAiResponses final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;
    void finish(Assembler& out) override;

private:
    void takeLifecycle(QByteArrayView type, const json::View& response, Assembler& out);
    void takeSnapshot(const json::View& response, Assembler& out);
    void takeSequence(const json::View& number, Assembler& out);

    ResponseOutput m_output;
    std::optional<qint64> m_sequence;
};

/// Which events carry which part of the output.
struct PartEvent {
    const char* delta;
    const char* done;
    ResponseOutput::Sort sort;
    const char* member; ///< of the done event that holds the whole part
    const char* index;  ///< of the part in its item
};

constexpr std::array<PartEvent, 4> partEvents = {{
    {"response.output_text.delta", "response.output_text.done", ResponseOutput::Sort::Text, "text",
     "content_index"},
    {"response.refusal.delta", "response.refusal.done", ResponseOutput::Sort::Refusal, "refusal",
     "content_index"},
    {"response.reasoning_summary_text.delta", "response.reasoning_summary_text.done",
     ResponseOutput::Sort::Summary, "text", "summary_index"},
    {"response.reasoning_text.delta", "response.reasoning_text.done", ResponseOutput::Sort::Reasoning, "text",
     "content_index"},
}};

struct CallEvent {
    const char* delta;
    const char* done;
    const char* member;
};

constexpr std::array<CallEvent, 3> callEvents = {{
    {"response.function_call_arguments.delta", "response.function_call_arguments.done", "arguments"},
    {"response.custom_tool_call_input.delta", "response.custom_tool_call_input.done", "input"},
    {"response.mcp_call_arguments.delta", "response.mcp_call_arguments.done", "arguments"},
}};

ResponseOutput::ItemKey itemKey(const json::View& payload) {
    return {payload["item_id"].toString(), payload["output_index"].toInteger()};
}

void OpenAiResponses::takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) {
    const json::View typed = payload["type"];
    const QByteArrayView type = typed.isString() ? plainText(typed) : eventName;
    takeSequence(payload["sequence_number"], out);

    for (const PartEvent& event : partEvents) {
        const auto part = payload[QByteArrayView(event.index)].toInteger().value_or(0);
        if (type == QByteArrayView(event.delta))
            m_output.append(itemKey(payload), event.sort, part, payload["delta"].toString(), out);
        else if (type == QByteArrayView(event.done))
            m_output.replace(itemKey(payload), event.sort, part, payload[QByteArrayView(event.member)], out);
    }
    for (const CallEvent& event : callEvents) {
        if (type == QByteArrayView(event.delta))
            m_output.appendArguments(itemKey(payload), payload["delta"].toString(), out);
        else if (type == QByteArrayView(event.done))
            m_output.replaceArguments(itemKey(payload), payload[QByteArrayView(event.member)],
                                      payload["name"], out);
    }
    const json::View item = payload["item"];
    const ResponseOutput::ItemKey place = {item["id"].toString(), payload["output_index"].toInteger()};
    if (type == "response.output_item.added")
        m_output.beginItem(place, item, out);
    else if (type == "response.output_item.done")
        m_output.takeItem(place, item, out);
    else if (type == "response.content_part.done")
        m_output.takePart(itemKey(payload), payload["content_index"].toInteger().value_or(0), payload["part"],
                          out);
    else if (type == "response.reasoning_summary_part.done")
        m_output.takePart(itemKey(payload), payload["summary_index"].toInteger().value_or(0), payload["part"],
                          out);
    else if (type == "response.output_text.annotation.added")
        ResponseOutput::takeAnnotation(payload["annotation"], out);
    else if (type == "response.image_generation_call.partial_image")
        m_output.replacePicture(itemKey(payload), payload["partial_image_b64"], payload["output_format"],
                                out);
    else if (type == "response.audio.delta" || type == "response.output_audio.delta")
        m_output.addSound(itemKey(payload), payload["delta"], out);
    else if (type == "response.audio.transcript.delta" || type == "response.output_audio_transcript.delta")
        m_output.append(itemKey(payload), ResponseOutput::Sort::Text, 0, payload["delta"].toString(), out);
    takeLifecycle(type, payload["response"], out);
    if (type == "error")
        out.close();
}

void OpenAiResponses::takeLifecycle(QByteArrayView type, const json::View& response, Assembler& out) {
    if (type == "response.created" || type == "response.queued" || type == "response.in_progress") {
        out.offerResponseId(response["id"]);
        out.offerModel(response["model"]);
    } else if (type == "response.completed" || type == "response.incomplete" || type == "response.failed" ||
               type == "response.done") {
        takeSnapshot(response, out);
        if (type == "response.failed" && !out.hasFailed())
            out.fail({QStringLiteral("response.failed"), {}, {}, std::nullopt, response.raw().toByteArray()});
        out.close();
    }
}

void OpenAiResponses::takeWhole(const json::View& body, Assembler& out) {
    takeSnapshot(body, out);
    const QByteArrayView status = plainText(body["status"]);
    out.setEndSignal(status != "in_progress" && status != "queued");
}

void OpenAiResponses::finish(Assembler& out) {
    m_output.settle(out);
}

void OpenAiResponses::takeSnapshot(const json::View& response, Assembler& out) {
    out.offerResponseId(response["id"]);
    out.offerModel(response["model"]);

    const json::View output = response["output"];
    if (output.isArray()) {
        qint64 index = 0;
        for (json::View item = output.firstChild(); item.exists(); item = item.nextSibling())
            m_output.takeItem({item["id"].toString(), index++}, item, out);
    }
    m_output.settle(out);

    Choice& target = *out.choice(0);
    out.offerStopReason(target, response["status"]);
    out.offerStopReason(target, response["incomplete_details"]["reason"]);

    const json::View usage = response["usage"];
    Usage& normal = out.transcript().usage;
    out.offerCount(normal.inputTokens, usage["input_tokens"]);
    out.offerCount(normal.outputTokens, usage["output_tokens"]);
    out.offerCount(normal.totalTokens, usage["total_tokens"]);
    out.offerCount(normal.cachedInputTokens, usage["input_tokens_details"]["cached_tokens"]);
    out.offerCount(normal.reasoningTokens, usage["output_tokens_details"]["reasoning_tokens"]);

    if (response["error"].isObject()) {
        StreamError error = errorFrom(response["error"]);
        error.raw = response["error"].raw().toByteArray();
        out.fail(error);
    }
}

/// Every event is numbered, so a gap shows that some were lost on the way.
void OpenAiResponses::takeSequence(const json::View& number, Assembler& out) {
    const std::optional<qint64> sequence = number.toInteger();
    if (!sequence)
        return;
    if (m_sequence && *sequence - 1 != *m_sequence)
        out.note(QStringLiteral("sequence numbers jump: events were lost or reordered"));
    m_sequence = sequence;
}

bool pathFits(QByteArrayView path) {
    return path.endsWith("/responses") || path.endsWith("/responses/");
}

bool hostFits(QByteArrayView) {
    return false;
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    const QByteArrayView type = plainText(payload["type"]);
    if (type.startsWith("response."))
        return Fit::Certain;
    return type == "error" && payload["sequence_number"].exists() ? Fit::Certain : Fit::No;
}

bool wholeFits(const json::View& body) {
    return plainText(body["object"]) == "response" && body["output"].isArray();
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<OpenAiResponses>();
}

} // namespace

const DialectKind openAiResponses = {"openai_responses", pathFits, hostFits, eventFits, wholeFits, make};

} // namespace lavascope
