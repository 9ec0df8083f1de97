// SPDX-License-Identifier: MIT
#include "sandbox/builtin/builtin_answer.h"

#include "sandbox/builtin/reply.h"

namespace lavascope {

namespace {

constexpr const char* json = "application/json";

[[nodiscard]] Headers headersFor(const Question& question, const QByteArray& contentType,
                                 const AnswerSeed& seed) {
    Headers headers{{"Content-Type", contentType}};
    if (question.kind == Question::Kind::AnthropicMessages) {
        headers.append("request-id", "req_" + seed.id);
    } else if (question.kind != Question::Kind::GeminiContent &&
               question.kind != Question::Kind::GeminiModelList) {
        headers.append("x-request-id", "req_" + seed.id.toLower());
    }
    return headers;
}

/// Written by a model, word for word, rather than looked up.
[[nodiscard]] bool isGenerated(Question::Kind kind) {
    return kind == Question::Kind::OpenAiChat || kind == Question::Kind::OpenAiResponses ||
           kind == Question::Kind::AnthropicMessages || kind == Question::Kind::GeminiContent;
}

[[nodiscard]] QByteArray bodyFor(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    switch (question.kind) {
    case Question::Kind::OpenAiChat:
        return openAiChatBody(question, reply, seed);
    case Question::Kind::OpenAiResponses:
        return openAiResponsesBody(question, reply, seed);
    case Question::Kind::AnthropicMessages:
        return anthropicBody(question, reply, seed);
    case Question::Kind::GeminiContent:
        return geminiBody(question, reply, seed);
    case Question::Kind::Embeddings:
        return embeddingsBody(question);
    case Question::Kind::ModelList:
    case Question::Kind::GeminiModelList:
        return modelsBody(question, seed.nowMs);
    case Question::Kind::Unknown:
        break;
    }
    Q_ASSERT(false);
    return {};
}

[[nodiscard]] std::vector<TimedBytes> piecesFor(const Question& question, const Reply& reply,
                                                const AnswerSeed& seed) {
    Script script(seed.jitter);
    switch (question.kind) {
    case Question::Kind::OpenAiChat:
        openAiChatEvents(question, reply, seed, script);
        break;
    case Question::Kind::OpenAiResponses:
        openAiResponsesEvents(question, reply, seed, script);
        break;
    case Question::Kind::AnthropicMessages:
        anthropicEvents(question, reply, seed, script);
        break;
    default:
        geminiPieces(question, reply, seed, script);
        break;
    }
    return script.take();
}

} // namespace

BuiltinAnswer builtinAnswer(const Question& question, const AnswerSeed& seed) {
    Q_ASSERT(question.kind != Question::Kind::Unknown);
    const auto whole = [&](int status, std::chrono::milliseconds pause, const QByteArray& body) {
        BuiltinAnswer answer{status, headersFor(question, json, seed), {}};
        answer.headers.append("Content-Length", QByteArray::number(body.size()));
        answer.parts.push_back({pause, body});
        return answer;
    };
    if (question.complaint) {
        return whole(question.complaint->status, std::chrono::milliseconds(0), complaintBody(question, seed));
    }
    if (!isGenerated(question.kind)) {
        return whole(200, std::chrono::milliseconds(0), bodyFor(question, {}, seed));
    }
    const Reply reply = replyTo(question);
    if (question.delivery == Question::Delivery::Whole) {
        return whole(200, thinkingTime(reply), bodyFor(question, reply, seed));
    }
    const bool asEvents = question.delivery == Question::Delivery::Events;
    BuiltinAnswer streamed{
        200, headersFor(question, asEvents ? "text/event-stream; charset=utf-8" : json, seed), {}};
    streamed.headers.append("Cache-Control", "no-cache");
    streamed.parts = piecesFor(question, reply, seed);
    return streamed;
}

} // namespace lavascope
