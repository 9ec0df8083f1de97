// SPDX-License-Identifier: MIT
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"

#include <algorithm>

namespace lavascope {

namespace {

using json::Writer;

constexpr qsizetype tokensInPiece = 4;

/// A whole GenerateContentResponse; every piece of a stream is one. Usage counts from the beginning.
[[nodiscard]] QByteArray contentResponse(const Question& question, const AnswerSeed& seed,
                                         const QByteArray& part, const char* finish, qint64 outputTokens) {
    Writer writer;
    writer.beginObject();
    writer.name("candidates");
    writer.beginArray();
    writer.beginObject();
    writer.name("content");
    writer.raw(R"({"parts":[)" + part + R"(],"role":"model"})");
    if (finish) {
        writer.member("finishReason", finish);
    }
    writer.member("index", 0);
    writer.endObject();
    writer.endArray();
    writer.name("usageMetadata");
    writer.beginObject();
    writer.member("promptTokenCount", question.inputTokens);
    writer.member("candidatesTokenCount", outputTokens);
    writer.member("totalTokenCount", question.inputTokens + outputTokens);
    writer.endObject();
    writer.member("modelVersion", question.model);
    writer.member("responseId", QString::fromLatin1(seed.id));
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] QByteArray toolPart(const Question& question) {
    return R"({"functionCall":{"name":)" + json::quoted(question.tool->name) + R"(,"args":)" +
           question.tool->arguments + "}}";
}

[[nodiscard]] QByteArray textPart(const QString& text) {
    return R"({"text":)" + json::quoted(text) + '}';
}

[[nodiscard]] const char* finishReason(const Reply& reply) {
    return reply.isCut ? "MAX_TOKENS" : "STOP";
}

} // namespace

QByteArray geminiBody(const Question& question, const Reply& reply, const AnswerSeed& seed) {
    const QByteArray part = reply.isTool ? toolPart(question) : textPart(reply.text());
    return contentResponse(question, seed, part, finishReason(reply), reply.outputTokens());
}

void geminiPieces(const Question& question, const Reply& reply, const AnswerSeed& seed, Script& script) {
    const bool asEvents = question.delivery == Question::Delivery::Events;
    // Google ends its events with CR LF, and writes an array when no events were asked for.
    const auto wrap = [&](const QByteArray& json, bool isFirst) {
        if (asEvents) {
            return "data: " + json + "\r\n\r\n";
        }
        return (isFirst ? QByteArrayLiteral("[") : QByteArrayLiteral(",\r\n")) + json;
    };
    if (reply.isTool) {
        script.beforeText(wrap(
            contentResponse(question, seed, toolPart(question), finishReason(reply), reply.outputTokens()),
            true));
    }
    for (qsizetype at = 0; at < reply.tokens.size() && !reply.isTool; at += tokensInPiece) {
        const QStringList tokens = reply.tokens.mid(at, tokensInPiece);
        const qsizetype written = at + tokens.size();
        const char* finish = written == reply.tokens.size() ? finishReason(reply) : nullptr;
        const QByteArray piece =
            wrap(contentResponse(question, seed, textPart(tokens.join(QString())), finish, written), at == 0);
        if (at == 0) {
            script.beforeText(piece);
        } else {
            script.afterTokens(piece, static_cast<int>(tokens.size()));
        }
    }
    if (!asEvents) {
        script.atOnce("]");
    }
}

} // namespace lavascope
