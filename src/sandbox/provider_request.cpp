// SPDX-License-Identifier: MIT
#include "sandbox/provider_request.h"

#include "core/request/header_rules.h"
#include "core/token/credential.h"
#include "sandbox/http_grammar.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

/// Fields that are between two neighbours and go no further (RFC 9110 section 7.6.1).
constexpr auto hopByHop = std::to_array<const char*>(
    {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te",
     "trailer", "transfer-encoding", "upgrade", "http2-settings"});

[[nodiscard]] bool isHopByHop(QByteArrayView name, const QList<QByteArray>& named) {
    const auto same = [&](QByteArrayView other) { return sameWord(name, other); };
    return std::any_of(hopByHop.begin(), hopByHop.end(), same) ||
           std::any_of(named.begin(), named.end(), same);
}

/// The fields that `Connection` names.
[[nodiscard]] QList<QByteArray> namedByConnection(const Headers& headers) {
    QList<QByteArray> names;
    const QList<QByteArray> values = headers.values("connection");
    for (const QByteArray& value : values) {
        const QList<QByteArray> items = value.split(',');
        for (const QByteArray& item : items) {
            names.append(item.trimmed());
        }
    }
    return names;
}

[[nodiscard]] bool beginsWith(QByteArrayView name, QByteArrayView prefix) {
    return name.size() >= prefix.size() && sameWord(name.first(prefix.size()), prefix);
}

[[nodiscard]] bool isGoogle(const ForwardTarget& target) {
    return target.host.endsWith(QLatin1String(".googleapis.com"));
}

/// The header in which a provider takes its key. Hosts that are not known get it where the client had put the
/// gateway's, because that is how the client's own library speaks to such a provider.
[[nodiscard]] QByteArray keyHeader(const ForwardTarget& target, const Caller& caller) {
    const auto isAt = [&](const char* domain) {
        const QLatin1String name(domain);
        return target.host == name || target.host.endsWith(QLatin1Char('.') + QString(name));
    };
    if (isAt("anthropic.com") || isAt("serper.dev")) {
        return "x-api-key";
    }
    if (isAt("elevenlabs.io")) {
        return "xi-api-key";
    }
    if (isGoogle(target)) {
        return target.path.contains("/openai/") ? "authorization" : "x-goog-api-key";
    }
    const bool known =
        isAt("openai.com") || isAt("groq.com") || isAt("mistral.ai") || isAt("x.ai") || isAt("deepseek.com");
    if (known || caller.place == "key") {
        return "authorization";
    }
    return caller.place;
}

[[nodiscard]] Secret providerKey(const ForwardTarget& target, const Caller& caller,
                                 const SandboxConfig& config) {
    if (caller.fields.providerKey.hasValue() && !caller.fields.providerKey.value().isEmpty()) {
        return caller.fields.providerKey.value();
    }
    return config.providerKeys.value(target.host);
}

/// `key=` goes when it is a credential of the gateway, and from Google's URLs whenever another key takes its
/// place.
[[nodiscard]] QByteArray urlWithoutKey(const ForwardTarget& target, bool replaced) {
    const qsizetype mark = target.url.indexOf('?');
    if (mark < 0) {
        return target.url;
    }
    QByteArray kept;
    const QList<QByteArray> pairs = target.url.sliced(mark + 1).split('&');
    for (const QByteArray& pair : pairs) {
        const Query parsed = Query::ofTarget('?' + pair);
        const std::optional<QByteArray> key = parsed.value("key");
        if (key) {
            const CredentialKind kind = kindByPrefix(*key);
            const bool ours = kind != CredentialKind::Unknown && kind != CredentialKind::ProviderKey;
            if (ours || (replaced && isGoogle(target))) {
                continue;
            }
        }
        kept += (kept.isEmpty() ? '?' : '&') + pair;
    }
    return target.url.first(mark) + kept;
}

} // namespace

HttpRequest providerRequest(const ReceivedRequest& request, const ForwardTarget& target, const Caller& caller,
                            const SandboxConfig& config) {
    HttpRequest out;
    out.method = request.method;
    out.body = request.body;
    const QList<QByteArray> named = namedByConnection(request.headers);
    for (const Headers::Field& field : request.headers) {
        const bool transport = sameWord(field.name, "host") || sameWord(field.name, "content-length") ||
                               sameWord(field.name, "expect") || sameWord(field.name, "accept-encoding");
        const bool ours = beginsWith(field.name, "x-lava-") || isCredentialHeader(field.name);
        if (!transport && !ours && !isHopByHop(field.name, named)) {
            out.headers.append(field.name, field.value);
        }
    }
    out.headers.append("Accept-Encoding", "identity");
    const Secret key = providerKey(target, caller, config);
    out.url = urlWithoutKey(target, !key.isEmpty());
    if (!key.isEmpty()) {
        const QByteArray header = keyHeader(target, caller);
        out.headers.append(header, header == "authorization" ? "Bearer " + key.reveal() : key.reveal());
    }
    return out;
}

Headers relayedHeaders(const Headers& headers) {
    Headers relayed;
    const QList<QByteArray> named = namedByConnection(headers);
    for (const Headers::Field& field : headers) {
        const bool dropped = isHopByHop(field.name, named) || beginsWith(field.name, "access-control-") ||
                             sameWord(field.name, "x-lava-request-id");
        if (!dropped) {
            relayed.append(field.name, field.value);
        }
    }
    return relayed;
}

} // namespace lavascope
