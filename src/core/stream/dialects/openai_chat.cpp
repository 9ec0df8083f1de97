// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"
#include "core/stream/dialects/content_filter.h"
#include "core/stream/dialects/dialects.h"
#include "core/stream/stream_error.h"
#include "core/stream/tool_call_tracker.h"

#include <unordered_map>
#include <unordered_set>

namespace lavascope {

namespace {

/// Chat completions, and everybody who speaks something alike: Azure, DeepSeek, Groq, Mistral, OpenRouter,
/// xAI and many more. Also the completions that came before them.
class OpenAiChat final : public Dialect {
public:
    void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) override;
    void takeDone(Assembler& out) override;
    void takeWhole(const json::View& body, Assembler& out) override;
    void finish(Assembler& out) override;
    [[nodiscard]] Addition onlyAddition() const override { return m_addition; }

private:
    /// Counts as they came, before anything is added to them.
    struct Counts {
        std::optional<qint64> prompt;
        std::optional<qint64> completion;
        std::optional<qint64> total;
        std::optional<qint64> cached;
        std::optional<qint64> reasoning;
    };

    void takeChoice(const json::View& choice, Assembler& out);
    void takeMessage(const json::View& message, qint64 index, Choice& target, Assembler& out);
    void takeToolCalls(const json::View& delta, qint64 index, Choice& target, Assembler& out);
    void takeFailure(const json::View& choice, const Choice& target, Assembler& out);
    void takeUsage(const json::View& usage, Assembler& out);

    std::unordered_map<qint64, ToolCallTracker> m_trackers; ///< by choice
    std::unordered_set<qint64> m_begun;                     ///< choices that have brought something
    std::unordered_set<qint64> m_unfinished;                ///< those of them that gave no finish reason
    std::unordered_set<qint64> m_grown;                     ///< choices that came in deltas
    Counts m_counts;
    Addition m_addition;
    bool m_isDone = false;
};

// No server numbers its calls so; the one call of the old protocol has no number.
constexpr qint64 functionCallIndex = -1;

QString rawOrText(const json::View& value) {
    if (value.isString() || !value.exists() || value.isNull())
        return value.toString();
    return QString::fromUtf8(compactJson(value.raw()));
}

/// A string, or an array of parts, some of which hold thoughts.
void takeContent(const json::View& content, Choice& target, Assembler& out) {
    out.addText(target, content.toString());
    if (!content.isArray())
        return;
    for (json::View part = content.firstChild(); part.exists(); part = part.nextSibling()) {
        if (plainText(part["type"]) == "text")
            out.addText(target, part["text"].toString());
        if (plainText(part["type"]) != "thinking")
            continue;
        const json::View thoughts = part["thinking"];
        target.reasoning += thoughts.toString();
        if (thoughts.isArray())
            for (json::View thought = thoughts.firstChild(); thought.exists();
                 thought = thought.nextSibling())
                target.reasoning += thought["text"].toString();
    }
}

void takeCitations(const json::View& delta, Choice& target, Assembler& out) {
    const json::View annotations = delta["annotations"];
    for (json::View annotation = annotations.firstChild(); annotation.exists();
         annotation = annotation.nextSibling()) {
        const json::View source = annotation["url_citation"];
        out.cite(target, {source["title"].toString(), source["url"].toString(), {}});
    }
}

/// Spoken answers: the sound in pieces, and what it says.
void takeAudio(const json::View& audio, Choice& target, Assembler& out) {
    if (!audio.isObject())
        return;
    out.addText(target, audio["transcript"].toString());
    out.addMedia(target, 0, {}, audio["data"]);
}

/// Of the only choice, if its delta holds nothing but text: names, counts and reasons may come as often as
/// they like.
Dialect::Addition additionOf(const json::View& payload) {
    const json::View choices = payload["choices"];
    if (choices.size() != 1)
        return {};
    const json::View choice = choices.firstChild();
    const json::View delta = choice["delta"];
    if (!delta.isObject() || choice["text"].exists() || choice["error"].exists())
        return {};
    for (json::View member = delta.firstChild(); member.exists(); member = member.nextSibling())
        if (member.rawName() != "content" && member.rawName() != "role" && !member.isNull())
            return {};
    // OpenAI pads its events against those who listen to their lengths.
    return {choice["index"].toInteger().value_or(0), delta["content"], payload["obfuscation"]};
}

/// MiniMax sends the whole answer once more behind its deltas.
void compareWhole(const json::View& message, const Choice& target, Assembler& out) {
    const json::View content = message["content"];
    if (content.isString() && content.toString() != target.text)
        out.note(QStringLiteral("the whole text at the end differs from its pieces"));
}

ToolFragment fragmentOf(const json::View& call) {
    ToolFragment fragment;
    fragment.index = call["index"].toInteger();
    fragment.id = call["id"].toString();
    if (fragment.id == QLatin1String("null"))
        fragment.id.clear();
    const json::View custom = call["custom"];
    const json::View function = call["function"];
    fragment.name = custom.isObject() ? custom["name"].toString() : function["name"].toString();
    fragment.arguments = rawOrText(custom.isObject() ? custom["input"] : function["arguments"]);
    fragment.isFreeText = custom.isObject();
    return fragment;
}

void OpenAiChat::takeEvent(const json::View& payload, QByteArrayView, Assembler& out) {
    out.offerResponseId(payload["id"]);
    out.offerModel(payload["model"]);
    const json::View choices = payload["choices"];
    if (choices.isArray())
        for (json::View choice = choices.firstChild(); choice.exists(); choice = choice.nextSibling())
            takeChoice(choice, out);
    m_addition = additionOf(payload);
    takeUsage(payload["usage"], out);
    takePromptFilterResults(payload, out);
    // xAI and Perplexity: bare addresses beside the choices.
    const json::View citations = payload["citations"];
    if (citations.size() > 0)
        for (json::View url = citations.firstChild(); url.exists(); url = url.nextSibling())
            out.cite(*out.choice(0), {{}, url.toString(), {}});

    const json::View groq = payload["x_groq"];
    takeUsage(groq["usage"], out);
    if (!groq["error"].toString().isEmpty()) {
        StreamError error = errorFrom(groq["error"]);
        error.raw = payload.raw().toByteArray();
        out.fail(error);
    }
    // Either sign suffices, as some servers send only one of them; but a finished choice does not end its
    // neighbours.
    out.setEndSignal(m_isDone || (!m_begun.empty() && m_unfinished.empty()));
}

void OpenAiChat::takeDone(Assembler& out) {
    if (m_isDone)
        out.noteAfterEnd();
    m_isDone = true;
    out.close();
}

void OpenAiChat::takeWhole(const json::View& body, Assembler& out) {
    takeEvent(body, {}, out);
}

void OpenAiChat::finish(Assembler& out) {
    if (out.transcript().endSignalSeen && (m_begun.empty() || !m_unfinished.empty()))
        out.note(QStringLiteral("finished, reason not given"));
}

void OpenAiChat::takeChoice(const json::View& choice, Assembler& out) {
    const qint64 index = choice["index"].toInteger().value_or(0);
    Choice* const target = out.choice(index);
    if (!target)
        return;

    const json::View delta = choice["delta"].isObject() ? choice["delta"] : choice["message"];
    // A chunk that only brings the content filter's opinion begins no answer.
    if ((delta.isObject() || choice["text"].isString()) && m_begun.insert(index).second)
        m_unfinished.insert(index);

    // Together repeats a delta's words beside it.
    const json::View content = delta["content"];
    if (!content.exists() || content.isNull())
        out.addText(*target, choice["text"].toString());
    if (choice["delta"].isObject())
        m_grown.insert(index);
    if (choice["delta"].isObject() || !m_grown.contains(index))
        takeMessage(delta, index, *target, out);
    else
        compareWhole(delta, *target, out);
    takeUsage(choice["usage"], out);
    takeFilterResults(choice, out);

    out.offerStopReason(*target, choice["finish_reason"]);
    if (!target->stopReason.isEmpty()) {
        m_begun.insert(index);
        m_unfinished.erase(index);
    }
    takeFailure(choice, *target, out);
}

/// The words of a delta, or of an answer that came whole.
void OpenAiChat::takeMessage(const json::View& message, qint64 index, Choice& target, Assembler& out) {
    takeContent(message["content"], target, out);
    takeAudio(message["audio"], target, out);
    takeCitations(message, target, out);
    const json::View reasoning =
        message["reasoning_content"].isString() ? message["reasoning_content"] : message["reasoning"];
    target.reasoning += reasoning.toString();
    target.refusal += message["refusal"].toString();
    takeToolCalls(message, index, target, out);
}

void OpenAiChat::takeToolCalls(const json::View& delta, qint64 index, Choice& target, Assembler& out) {
    const json::View calls = delta["tool_calls"];
    if (calls.isArray())
        for (json::View call = calls.firstChild(); call.exists(); call = call.nextSibling())
            m_trackers[index].take(fragmentOf(call), target, out);

    const json::View only = delta["function_call"];
    if (only.isObject())
        m_trackers[index].take({functionCallIndex, {}, only["name"].toString(), rawOrText(only["arguments"])},
                               target, out);
}

void OpenAiChat::takeFailure(const json::View& choice, const Choice& target, Assembler& out) {
    const json::View error = choice["error"];
    if (error.isObject() || !error.toString().isEmpty()) {
        StreamError failure = errorFrom(error);
        failure.raw = choice.raw().toByteArray();
        out.fail(failure);
    } else if (target.stopReason == QLatin1String("error") ||
               target.stopReason == QLatin1String("insufficient_system_resource")) {
        out.fail({target.stopReason,
                  {},
                  QStringLiteral("The provider gave up while answering."),
                  effectiveStatus(target.stopReason, {}),
                  choice.raw().toByteArray()});
    }
}

void OpenAiChat::takeUsage(const json::View& usage, Assembler& out) {
    if (!usage.isObject())
        return;
    out.offerCount(m_counts.prompt, usage["prompt_tokens"]);
    out.offerCount(m_counts.completion, usage["completion_tokens"]);
    out.offerCount(m_counts.total, usage["total_tokens"]);
    out.offerCount(m_counts.cached, usage["num_cached_tokens"]);
    out.offerCount(m_counts.cached, usage["prompt_cache_hit_tokens"]);
    out.offerCount(m_counts.cached, usage["prompt_token_details"]["cached_tokens"]);
    out.offerCount(m_counts.cached, usage["prompt_tokens_details"]["cached_tokens"]);
    out.offerCount(m_counts.reasoning, usage["completion_tokens_details"]["reasoning_tokens"]);

    Usage& normal = out.transcript().usage;
    normal = {m_counts.prompt, m_counts.completion, m_counts.total, m_counts.cached, m_counts.reasoning};
    // xAI counts reasoning beside the completion, and sometimes cached tokens beside the prompt. The numbers
    // themselves say so, so it does not matter whose host they come from.
    const qint64 prompt = m_counts.prompt.value_or(0);
    const qint64 completion = m_counts.completion.value_or(0);
    const qint64 reasoning = m_counts.reasoning.value_or(0);
    const qint64 cached = m_counts.cached.value_or(0);
    const bool cachedIsBeside = m_counts.prompt && cached > prompt;
    if (cachedIsBeside)
        normal.inputTokens = prompt + cached;
    const qint64 input = cachedIsBeside ? prompt + cached : prompt;
    const bool totalCountsReasoning = m_counts.total && (*m_counts.total == prompt + completion + reasoning ||
                                                         *m_counts.total == input + completion + reasoning);
    if (m_counts.completion && reasoning > 0 && (reasoning > completion || totalCountsReasoning))
        normal.outputTokens = completion + reasoning;
}

bool endsWith(QByteArrayView path, QByteArrayView ending) {
    return path.endsWith(ending) || path.endsWith(QByteArray(ending.toByteArray() + '/'));
}

bool pathFits(QByteArrayView path) {
    return endsWith(path, "/chat/completions") || endsWith(path, "/completions");
}

bool hostFits(QByteArrayView host) {
    for (QByteArrayView known :
         {"api.openai.com", "api.groq.com", "api.deepseek.com", "api.x.ai", "api.mistral.ai",
          "api.together.ai", "api.together.xyz", "api.fireworks.ai", "openrouter.ai"})
        if (host == known)
            return true;
    return host.endsWith(".openai.azure.com") || host.endsWith(".cognitiveservices.azure.com") ||
           host.endsWith(".services.ai.azure.com");
}

bool looksLikeChat(const json::View& payload) {
    const QByteArrayView object = plainText(payload["object"]);
    if (object == "chat.completion.chunk" || object == "chat.completion" || object == "text_completion")
        return true;
    const json::View choices = payload["choices"];
    if (!choices.isArray())
        return false;
    const json::View first = choices.firstChild();
    if (!first.exists())
        return payload["usage"].isObject() || payload["prompt_filter_results"].exists() ||
               payload["prompt_annotations"].exists();
    return first["delta"].exists() || first["message"].exists() || first["text"].isString() ||
           first["finish_reason"].exists();
}

Fit eventFits(const json::View& payload, QByteArrayView) {
    return looksLikeChat(payload) ? Fit::Certain : Fit::No;
}

std::unique_ptr<Dialect> make() {
    return std::make_unique<OpenAiChat>();
}

} // namespace

const DialectKind openAiChat = {"openai_chat", pathFits, hostFits, eventFits, looksLikeChat, make};

} // namespace lavascope
