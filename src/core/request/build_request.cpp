// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/gateway_credential.h"
#include "core/request/header_rules.h"
#include "core/request/request_draft.h"

namespace lavascope {

namespace {

constexpr qsizetype largestBody = 50'000'000;

// A field of ours, unless the user wrote one of that name: then theirs is what they want to see sent.
void appendOurs(Headers& headers, const RequestDraft& draft, const QByteArray& name,
                const QByteArray& value) {
    if (!draft.headers.contains(name))
        headers.append(name, value);
}

Result<QByteArray> credentialOf(const RequestDraft& draft) {
    return draft.credential ? Result<QByteArray>(draft.credential->reveal()) : buildToken(draft.token);
}

} // namespace

bool isGatewayCredentialHeader(QByteArrayView name) {
    for (QByteArrayView known : {"authorization", "x-api-key", "x-goog-api-key", "xi-api-key"})
        if (name.compare(known, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

bool bringsOwnCredential(const Headers& headers) {
    for (const Headers::Field& field : headers)
        if (isGatewayCredentialHeader(field.name))
            return true;
    return false;
}

Result<HttpRequest> buildRequest(const RequestDraft& draft) {
    if (Result<void> method = checkMethod(draft.method); !method)
        return tl::unexpected(method.error());
    const Result<QByteArray> url = buildForwardUrl(draft.gateway, draft.providerUrl);
    if (!url)
        return tl::unexpected(url.error());
    if (draft.body.size() > largestBody)
        return fail(QStringLiteral("body_too_large"), QStringLiteral("The body is larger than 50 MB."),
                    QStringLiteral("Send a smaller one."));

    HttpRequest request{draft.method, *url, {}, draft.body};
    if (!bringsOwnCredential(draft.headers)) {
        const Result<QByteArray> credential = credentialOf(draft);
        if (!credential)
            return tl::unexpected(credential.error());
        request.headers.append("Authorization", "Bearer " + *credential);
    }
    if (!draft.body.isEmpty())
        appendOurs(request.headers, draft, "Content-Type", "application/json");
    // What comes back is decided by URL and body, and may be an event stream, JSON, audio or an image. `*/*`
    // is also what curl and fetch send, so a call that works there works here.
    appendOurs(request.headers, draft, "Accept", "*/*");
    // Qt would inflate by itself, past every limit, and we promise to show the bytes that came.
    appendOurs(request.headers, draft, "Accept-Encoding", "identity");
    appendOurs(request.headers, draft, "User-Agent", "Lavascope/" LAVASCOPE_VERSION);
    for (const Headers::Field& field : draft.headers)
        request.headers.append(field.name, field.value);

    for (const Headers::Field& field : request.headers)
        if (Result<void> checked = checkHeader(field); !checked)
            return tl::unexpected(checked.error());
    return request;
}

} // namespace lavascope
