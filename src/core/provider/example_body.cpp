// SPDX-License-Identifier: MIT
#include "core/json/edit.h"
#include "core/json/writer.h"
#include "core/provider/provider_catalogue.h"

namespace lavascope {

namespace {

// Anthropic demands a limit; this one is enough for a test and cheap.
constexpr int messagesTokenLimit = 1024;

struct Wish {
    const Provider& provider;
    const Endpoint& endpoint;
    QString model;
    QString prompt;
    bool stream;
};

void writeUserMessages(json::Writer& writer, const QString& prompt) {
    writer.name("messages");
    writer.beginArray();
    writer.beginObject();
    writer.member("role", "user");
    writer.member("content", prompt);
    writer.endObject();
    writer.endArray();
}

void writeStream(json::Writer& writer, const Wish& wish) {
    if (wish.endpoint.streaming)
        writer.member("stream", wish.stream);
}

void writeChat(json::Writer& writer, const Wish& wish) {
    writer.member("model", wish.model);
    writeUserMessages(writer, wish.prompt);
    writeStream(writer, wish);
}

void writeResponses(json::Writer& writer, const Wish& wish) {
    writer.member("model", wish.model);
    writer.member("input", wish.prompt);
    writeStream(writer, wish);
}

void writeMessages(json::Writer& writer, const Wish& wish) {
    writer.member("model", wish.model);
    writer.member("max_tokens", messagesTokenLimit);
    writeUserMessages(writer, wish.prompt);
    writeStream(writer, wish);
}

// Gemini takes model and streaming from the URL.
void writeContents(json::Writer& writer, const Wish& wish) {
    writer.name("contents");
    writer.beginArray();
    writer.beginObject();
    writer.member("role", "user");
    writer.name("parts");
    writer.beginArray();
    writer.beginObject();
    writer.member("text", wish.prompt);
    writer.endObject();
    writer.endArray();
    writer.endObject();
    writer.endArray();
}

void writeInput(json::Writer& writer, const Wish& wish) {
    writer.member("model", wish.model);
    writer.member("input", wish.prompt);
}

void writeModeration(json::Writer& writer, const Wish& wish) {
    if (!wish.model.isEmpty())
        writer.member("model", wish.model);
    writer.member("input", wish.prompt);
}

void writeImage(json::Writer& writer, const Wish& wish) {
    writer.member("model", wish.model);
    writer.member("prompt", wish.prompt);
    writeStream(writer, wish);
}

// Speech streams by another endpoint or another member, never by `stream`.
void writeSpeech(json::Writer& writer, const Wish& wish) {
    if (wish.provider.compat == QStringLiteral("elevenlabs")) {
        writer.member("text", wish.prompt);
        writer.member("model_id", wish.model);
        return;
    }
    writer.member("model", wish.model);
    writer.member("input", wish.prompt);
    writer.member("voice", "alloy");
}

void writeSearch(json::Writer& writer, const Wish& wish) {
    writer.member("q", wish.prompt);
}

struct BodyOfKind {
    const char* kind;
    void (*write)(json::Writer&, const Wish&);
};
constexpr BodyOfKind bodies[] = {
    {"chat", writeChat},
    {"responses", writeResponses},
    {"messages", writeMessages},
    {"embeddings", writeInput},
    {"generateContent", writeContents},
    {"moderation", writeModeration},
    {"image", writeImage},
    {"speech", writeSpeech},
    {"search", writeSearch},
};

} // namespace

QByteArray exampleBody(const Provider& provider, const Endpoint& endpoint, const QString& model,
                       const QString& prompt, bool stream) {
    // A transcription is sent as a form with a file; no JSON can stand for it.
    if (endpoint.method == "GET" || endpoint.kind == QStringLiteral("transcription"))
        return {};
    json::Writer writer;
    writer.beginObject();
    for (const BodyOfKind& body : bodies)
        if (endpoint.kind == QLatin1String(body.kind))
            body.write(writer, {provider, endpoint, model, prompt, stream});
    writer.endObject();
    return json::prettyPrint(writer.bytes());
}

} // namespace lavascope
