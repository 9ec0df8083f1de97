// SPDX-License-Identifier: MIT
#include "core/stream/dialect_registry.h"

#include "core/request/forward_url.h"
#include "core/stream/dialects/dialects.h"

#include <array>

namespace lavascope {

namespace {

// The first that fits wins, so what is told by one exact word stands before what is told by a likeness.
constexpr std::array dialects = {
    &anthropicMessages,  &openAiResponses, &openAiMedia,          &cohereChat,      &cohereV1,
    &geminiInteractions, &gemini,          &mistralConversations, &bedrockConverse, &ollama,
    &elevenLabs,         &embeddings,      &openAiChat,           &workersAi,
};

struct UrlParts {
    QByteArray host;
    QByteArray path;
};

/// Takes apart what may be no valid URL at all: only host and path are wanted, to compare them with words.
UrlParts partsOf(const QByteArray& url) {
    const QByteArray lower = providerUrlOf(url).toLower();
    const qsizetype scheme = lower.indexOf("://");
    const QByteArray rest = scheme < 0 ? lower : lower.sliced(scheme + 3);
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != '?' && rest[end] != '#')
        ++end;
    const qsizetype slash = rest.first(end).indexOf('/');
    const qsizetype hostEnd = slash < 0 ? end : slash;
    QByteArray host = rest.first(hostEnd);
    host = host.sliced(host.lastIndexOf('@') + 1);
    // The usual port says nothing; any other may be what tells a local server.
    if (host.endsWith(":443"))
        host.chop(int(qstrlen(":443")));
    return {host, rest.sliced(hostEnd, end - hostEnd)};
}

} // namespace

const DialectKind* dialectNamed(const QString& name) {
    for (const DialectKind* kind : dialects)
        if (name == QLatin1String(kind->name))
            return kind;
    return nullptr;
}

const DialectKind* dialectForUrl(const QByteArray& url) {
    const UrlParts parts = partsOf(url);
    for (const DialectKind* kind : dialects)
        if (kind->pathFits(parts.path))
            return kind;
    for (const DialectKind* kind : dialects)
        if (kind->hostFits(parts.host))
            return kind;
    return nullptr;
}

Recognised dialectForEvent(const json::View& payload, QByteArrayView eventName) {
    Recognised best;
    for (const DialectKind* kind : dialects) {
        const Fit fit = kind->eventFits(payload, eventName);
        if (fit == Fit::Certain)
            return {kind, fit};
        if (fit == Fit::Maybe && !best.kind)
            best = {kind, fit};
    }
    return best;
}

const DialectKind* dialectForWhole(const json::View& body) {
    for (const DialectKind* kind : dialects)
        if (kind->wholeFits(body))
            return kind;
    return nullptr;
}

QStringList registeredDialects() {
    QStringList names;
    for (const DialectKind* kind : dialects)
        names.append(QLatin1String(kind->name));
    return names;
}

} // namespace lavascope
