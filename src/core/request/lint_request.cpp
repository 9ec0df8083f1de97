// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/header_rules.h"
#include "core/request/lint.h"
#include "core/request/target_check.h"

namespace lavascope {

void lintAddresses(Lint& lint) {
    if (const Result<QByteArray> gateway = gatewayOrigin(lint.draft.gateway); !gateway)
        lint.add(Severity::Error, gateway.error().code.toLatin1().constData(), gateway.error().message,
                 gateway.error().fix);
    for (const Finding& finding : targetFindings(lint.draft.providerUrl))
        lint.findings.push_back(finding);
    if (lint.target.fault())
        return;
    lintEndpoint(lint);
    if (const Result<void> method = checkMethod(lint.draft.method); !method)
        lint.add(Severity::Error, "method_invalid", method.error().message, method.error().fix);
}

void lintEndpoint(Lint& lint) {
    const QByteArrayView path = lint.target.pieces().path;
    if (path.isEmpty() || path == "/" || path == "/v1" || path == "/v1/")
        lint.add(Severity::Warning, "url_without_endpoint",
                 QStringLiteral("The provider URL ends before the endpoint."),
                 QStringLiteral("Append it, for example /chat/completions."));
}

std::vector<Finding> lintRequest(const RequestDraft& draft) {
    Lint lint{draft, UrlCheck(draft.providerUrl), {}};
    lintAddresses(lint);
    lintCredential(lint);
    lintHeaders(lint);
    lintBody(lint);
    return std::move(lint.findings);
}

} // namespace lavascope
