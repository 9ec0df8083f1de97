// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/header_rules.h"
#include "core/request/request_draft.h"

namespace lavascope {

namespace {

constexpr qsizetype largestBody = 50 * 1000 * 1000;

Result<QByteArray> credentialOf(const RequestDraft& draft) {
    if (!draft.credential)
        return buildToken(draft.token);
    return draft.credential->reveal();
}

bool bringsCredential(const Headers& headers) {
    for (const Headers::Field& field : headers)
        if (isCredentialHeader(field.name))
            return true;
    return false;
}

} // namespace

Result<HttpRequest> buildRequest(const RequestDraft& draft) {
    Result<QByteArray> url = buildForwardUrl(draft.gateway, draft.providerUrl);
    if (!url)
        return tl::unexpected(url.error());
    if (const Result<void> method = checkMethod(draft.method); !method)
        return tl::unexpected(method.error());
    if (draft.body.size() > largestBody)
        return fail(
            QStringLiteral("body_too_large"),
            QStringLiteral("The body has %1 bytes; at most 50 MB can be sent.").arg(draft.body.size()),
            QStringLiteral("Send large files by URL or file id instead."));

    HttpRequest request{draft.method, *std::move(url), {}, draft.body};
    if (!bringsCredential(draft.headers)) {
        const Result<QByteArray> credential = credentialOf(draft);
        if (!credential)
            return tl::unexpected(credential.error());
        request.headers.append("Authorization", "Bearer " + *credential);
    }
    if (!draft.body.isEmpty())
        request.headers.append("Content-Type", "application/json");
    // A provider that can stream or not decides by the body; naming both keeps picky proxies from refusing
    // either.
    request.headers.append("Accept", "text/event-stream, application/json, */*");
    // A compressed stream arrives in bursts, and what is shown would not be what came over the wire.
    request.headers.append("Accept-Encoding", "identity");
    request.headers.append("User-Agent", "Lavascope/" LAVASCOPE_VERSION);
    for (const Headers::Field& field : draft.headers)
        request.headers.set(field.name, field.value);
    for (const Headers::Field& field : request.headers)
        if (const Result<void> good = checkHeader(field); !good)
            return tl::unexpected(good.error());
    return request;
}

} // namespace lavascope
