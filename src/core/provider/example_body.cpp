// SPDX-License-Identifier: MIT
#include "core/json/edit.h"
#include "core/json/writer.h"
#include "core/provider/provider_catalogue.h"

namespace lavascope {

namespace {

void writeMessages(json::Writer& body, const QString& prompt) {
    body.name("messages");
    body.beginArray();
    body.beginObject();
    body.member("role", "user");
    body.member("content", prompt);
    body.endObject();
    body.endArray();
}

void writeContents(json::Writer& body, const QString& prompt) {
    body.name("contents");
    body.beginArray();
    body.beginObject();
    body.member("role", "user");
    body.name("parts");
    body.beginArray();
    body.beginObject();
    body.member("text", prompt);
    body.endObject();
    body.endArray();
    body.endObject();
    body.endArray();
}

// What the endpoint cannot do without; written in the order its documentation uses.
void writeMembers(json::Writer& body, const Provider& provider, const Endpoint& endpoint,
                  const QString& model, const QString& prompt, bool stream) {
    constexpr int exampleLimit = 1024;
    const QString& kind = endpoint.kind;
    if (kind == QStringLiteral("generateContent")) {
        writeContents(body, prompt);
        return;
    }
    if (kind == QStringLiteral("search")) {
        body.member("q", prompt);
        return;
    }
    if (kind == QStringLiteral("speech") && provider.compat == QStringLiteral("elevenlabs")) {
        body.member("text", prompt);
        body.member("model_id", model);
        return;
    }
    body.member("model", model);
    if (kind == QStringLiteral("messages"))
        body.member("max_tokens", exampleLimit);
    if (kind == QStringLiteral("chat") || kind == QStringLiteral("messages"))
        writeMessages(body, prompt);
    else if (kind == QStringLiteral("image"))
        body.member("prompt", prompt);
    else
        body.member("input", prompt);
    if (kind == QStringLiteral("speech"))
        body.member("voice", "alloy");
    if (kind == QStringLiteral("chat") || kind == QStringLiteral("messages") ||
        kind == QStringLiteral("responses"))
        body.member("stream", stream);
}

} // namespace

QByteArray exampleBody(const Provider& provider, const Endpoint& endpoint, const QString& model,
                       const QString& prompt, bool stream) {
    if (endpoint.method == "GET")
        return {};
    json::Writer body;
    body.beginObject();
    writeMembers(body, provider, endpoint, model, prompt, stream);
    body.endObject();
    return json::prettyPrint(body.bytes());
}

} // namespace lavascope
