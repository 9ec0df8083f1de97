// SPDX-License-Identifier: MIT
#include "core/request/mend_request.h"

#include "core/json/document.h"
#include "core/json/edit.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

using Body = std::optional<QByteArray>;

Body bodyOf(const Result<QByteArray>& edited) {
    return edited ? Body(*edited) : std::nullopt;
}

Body withLimit(const QByteArray& body) {
    json::Document document;
    if (document.scan(body) || !document.root().isObject() || document.root()["max_tokens"].exists())
        return std::nullopt;
    return bodyOf(json::withMember(body, "max_tokens", "1024"));
}

bool isSystem(const json::View& message) {
    return message["role"].raw() == "\"system\"";
}

/// The list without that one message of it; every other byte as it was.
QByteArray without(const json::View& message, const json::View& list, const QByteArray& body) {
    qint64 begin = message.range().begin;
    qint64 end = message.range().end;
    if (const json::View next = message.nextSibling(); next.exists())
        end = next.range().begin;
    else
        for (json::View item = list.firstChild(); item.range().end < begin; item = item.nextSibling())
            if (item.nextSibling().range() == message.range())
                begin = item.range().end;
    const ByteRange all = list.range();
    return body.sliced(all.begin, begin - all.begin) + body.sliced(end, all.end - end);
}

/// Moves the one message from `system` to where Anthropic wants it. Of several, which would have to become
/// one text, that is the user's to do.
Body withSystemOnTop(const QByteArray& body) {
    json::Document document;
    if (document.scan(body) || document.root()["system"].exists())
        return std::nullopt;
    const json::View messages = document.root()["messages"];
    json::View system;
    int found = 0;
    for (json::View message = messages.firstChild(); message.exists(); message = message.nextSibling())
        if (isSystem(message)) {
            ++found;
            system = message;
        }
    const json::View content = system["content"];
    constexpr int roleAndContent = 2; // anything else of the message would have no place
    if (found != 1 || messages.size() < 2 || system.size() != roleAndContent || !content.exists() ||
        content.isNull())
        return std::nullopt;
    const Result<QByteArray> list = json::withMember(body, "messages", without(system, messages, body));
    return list ? bodyOf(json::withMember(*list, "system", content.raw())) : std::nullopt;
}

Body withBoolStream(const QByteArray& body) {
    json::Document document;
    if (document.scan(body))
        return std::nullopt;
    const QByteArrayView value = document.root()["stream"].raw();
    if (value == "\"true\"" || value == "1")
        return bodyOf(withStreamFlag(body, true));
    if (value == "\"false\"" || value == "0")
        return bodyOf(withStreamFlag(body, false));
    return std::nullopt;
}

std::optional<RequestDraft> withBody(const RequestDraft& draft, const Body& body) {
    if (!body)
        return std::nullopt;
    RequestDraft changed = draft;
    changed.body = *body;
    return changed;
}

std::optional<RequestDraft> withoutHeader(const RequestDraft& draft, QByteArrayView name) {
    if (!draft.headers.contains(name))
        return std::nullopt;
    RequestDraft changed = draft;
    changed.headers.remove(name);
    return changed;
}

std::optional<RequestDraft> withVersion(const RequestDraft& draft) {
    if (draft.headers.contains("anthropic-version"))
        return std::nullopt;
    RequestDraft changed = draft;
    changed.headers.append("anthropic-version", "2023-06-01");
    return changed;
}

/// The URL by which Gemini streams the same; nothing if it is none of Gemini's.
std::optional<QByteArray> streamingUrl(const QByteArray& url) {
    const qsizetype pathEnd = url.contains('?') ? url.indexOf('?') : url.size();
    const QByteArray path = url.left(pathEnd);
    const QByteArray query = url.mid(pathEnd);
    constexpr QByteArrayView whole = ":generateContent";
    if (path.endsWith(":streamGenerateContent"))
        return url;
    if (!path.endsWith(whole) || query.contains("alt="))
        return std::nullopt;
    return path.chopped(whole.size()) + ":streamGenerateContent" + (query.isEmpty() ? "?" : query + '&') +
           "alt=sse";
}

std::optional<RequestDraft> streamingByUrl(const RequestDraft& draft) {
    const std::optional<bool> wanted = streamFlag(draft.body);
    const std::optional<QByteArray> url = streamingUrl(draft.providerUrl);
    if (!wanted || (*wanted && !url))
        return std::nullopt;
    std::optional<RequestDraft> changed = withBody(draft, bodyOf(json::withoutMember(draft.body, "stream")));
    if (changed && *wanted)
        changed->providerUrl = *url;
    return changed;
}

/// How each remark is seen to.
struct Mend {
    const char* code;
    std::optional<RequestDraft> (*apply)(const RequestDraft&);
};
constexpr std::array<Mend, 8> mends = {{
    {"anthropic_version_missing", withVersion},
    {"anthropic_max_tokens_missing",
     [](const RequestDraft& draft) { return withBody(draft, withLimit(draft.body)); }},
    {"anthropic_system_role",
     [](const RequestDraft& draft) { return withBody(draft, withSystemOnTop(draft.body)); }},
    {"stream_not_bool",
     [](const RequestDraft& draft) { return withBody(draft, withBoolStream(draft.body)); }},
    {"stream_by_url", streamingByUrl},
    {"content_type_not_json", [](const RequestDraft& draft) { return withoutHeader(draft, "Content-Type"); }},
    {"origin_header", [](const RequestDraft& draft) { return withoutHeader(draft, "Origin"); }},
    {"host_header", [](const RequestDraft& draft) { return withoutHeader(draft, "Host"); }},
}};

const Mend* mendOf(const QString& code) {
    const auto* const found = std::find_if(
        mends.begin(), mends.end(), [&](const Mend& mend) { return code == QLatin1String(mend.code); });
    return found == mends.end() ? nullptr : found;
}

} // namespace

bool canBeMended(const QString& code) {
    return mendOf(code) != nullptr;
}

std::optional<RequestDraft> mended(const RequestDraft& draft, const QString& code) {
    const Mend* const mend = mendOf(code);
    return mend ? mend->apply(draft) : std::nullopt;
}

} // namespace lavascope
