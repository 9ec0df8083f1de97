// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/gateway_credential.h"
#include "core/request/lint.h"
#include "core/request/sent_request.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype largestBody = 8 * 1024 * 1024; // beyond, looking at it would hold up whoever waits

/// Added to every call, so the user cannot mend it.
bool isOurs(const Headers::Field& field) {
    constexpr std::array<QByteArrayView, 3> names = {"accept-encoding", "user-agent", "content-length"};
    const QByteArray name = field.name.toLower();
    return isGatewayCredentialHeader(field.name) ||
           std::any_of(names.begin(), names.end(), [&](QByteArrayView ours) { return name == ours; });
}

RequestDraft draftOf(const HttpRequest& request, const ForwardUrlReport& url) {
    RequestDraft draft;
    draft.method = request.method;
    draft.providerUrl = url.endpoint.isEmpty() ? request.url : url.intended;
    draft.body = request.body;
    for (const Headers::Field& field : request.headers)
        if (!isOurs(field))
            draft.headers.append(field.name, field.value);
    return draft;
}

} // namespace

std::vector<Finding> lintSent(const HttpRequest& request) {
    const ForwardUrlReport url = inspectForwardUrl(request.url);
    const RequestDraft draft = draftOf(request, url);
    Lint lint{draft, UrlCheck(draft.providerUrl), {}};
    if (!url.endpoint.isEmpty())
        for (Finding finding : url.findings) {
            finding.range.reset(); // it is in the URL
            lint.findings.push_back(std::move(finding));
        }
    lintHeaders(lint);
    // Elsewhere the gateway translates, or answers itself, and the body is not in the target's format.
    const bool isForwarded =
        url.endpoint != QStringLiteral("rewrite") && url.gateway.isEmpty() == url.endpoint.isEmpty();
    if (isForwarded && !draft.providerUrl.isEmpty() && !lint.target.fault())
        lintEndpoint(lint);
    const bool mayHaveBody = !request.body.isEmpty() || request.method == "POST";
    if (isForwarded && mayHaveBody && request.body.size() <= largestBody)
        lintBody(lint);
    std::erase_if(lint.findings, [](const Finding& finding) { return finding.severity == Severity::Note; });
    std::stable_sort(lint.findings.begin(), lint.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(lint.findings);
}

} // namespace lavascope
