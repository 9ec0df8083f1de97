// SPDX-License-Identifier: MIT
#include "core/request/forward_url.h"
#include "core/request/gateway_credential.h"
#include "core/request/host_name.h"
#include "core/request/lint.h"
#include "core/token/inspect_token.h"

#include <algorithm>

namespace lavascope {

namespace {

void lintMode(Lint& lint, Mode mode) {
    const Result<QByteArray> gateway = gatewayOrigin(lint.draft.gateway);
    if (!gateway)
        return;
    const QByteArray host = UrlCheck(*gateway).url().host;
    if (mode == Mode::Live && isLoopbackHost(host))
        lint.add(Severity::Warning, "live_key_to_loopback",
                 QStringLiteral(
                     "A live key is about to go to a gateway on this computer; the built-in one refuses it."),
                 QStringLiteral("Use any aks_test_ key here."));
    if (mode == Mode::Live && host.startsWith("sandbox-api."))
        lint.add(Severity::Warning, "live_key_to_sandbox",
                 QStringLiteral("A live key is about to go to Lava's sandbox."),
                 QStringLiteral("Use an aks_test_ key there."));
    if (mode == Mode::Test && (host == "api.lava.so" || host == "api.lavapayments.com"))
        lint.add(Severity::Warning, "test_key_to_live",
                 QStringLiteral(
                     "A test key is about to go to the live gateway, and what that does is not documented."),
                 QStringLiteral("Use an aks_live_ key there, or choose the sandbox."));
}

// What the token's own inspection found; its ranges are in the token, ours would be in the body.
void lintReport(Lint& lint, const TokenReport& report) {
    for (Finding finding : report.findings) {
        if (finding.severity == Severity::Note)
            continue;
        finding.range.reset();
        lint.findings.push_back(std::move(finding));
    }
    lintMode(lint, report.mode);
}

// A ready credential goes out exactly as it is: what inspection would peel off is a fault here.
void lintPlain(Lint& lint, QByteArrayView credential) {
    const TokenReport report = inspectToken(credential);
    if (report.credential.reveal() != credential)
        lint.add(Severity::Warning, "credential_not_plain",
                 QStringLiteral("The credential would be sent with what stands around it (%1).")
                     .arg(report.layers.join(QStringLiteral(", "))),
                 QStringLiteral("Send the plain token or key."));
    lintReport(lint, report);
}

void lintOwnHeader(Lint& lint, const Headers::Field& field) {
    const QString name = QString::fromLatin1(field.name);
    QByteArrayView credential = field.value;
    if (field.name.compare("Authorization", Qt::CaseInsensitive) == 0) {
        constexpr QByteArrayView scheme = "Bearer ";
        if (credential.size() < scheme.size() ||
            credential.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0) {
            lint.add(Severity::Error, "bearer_missing",
                     QStringLiteral("The word Bearer is missing in Authorization; the gateway answers 401."),
                     QStringLiteral("Write Authorization: Bearer, a blank, and the credential."));
            return;
        }
        credential = credential.sliced(scheme.size());
    }
    if (kindByPrefix(credential) == CredentialKind::ProviderKey) {
        lint.add(
            Severity::Error, "provider_key_outside",
            QStringLiteral("%1 holds a provider's key; the gateway takes headers of that name as its own "
                           "credential.")
                .arg(name),
            QStringLiteral("Put the key into the token as provider_key and remove this header."));
        return;
    }
    lintPlain(lint, credential);
}

} // namespace

void lintCredential(Lint& lint) {
    const RequestDraft& draft = lint.draft;
    const QList<Headers::Field>& fields = draft.headers.fields();
    const auto own = std::count_if(fields.begin(), fields.end(), [](const Headers::Field& field) {
        return isGatewayCredentialHeader(field.name);
    });
    for (const Headers::Field& field : fields)
        if (isGatewayCredentialHeader(field.name))
            lintOwnHeader(lint, field);
    if (own > 1)
        lint.add(
            Severity::Warning, "several_credentials",
            QStringLiteral("The headers hold several credentials, and which one counts is not documented."),
            QStringLiteral("Send one."));
    if (own > 0) {
        if (draft.credential || !draft.token.secretKey.isEmpty())
            lint.add(Severity::Warning, "credential_header",
                     QStringLiteral("A header brings a credential of its own, so the token is not sent."),
                     QStringLiteral("Remove the header to send the token."));
        return;
    }
    if (draft.credential) {
        lintPlain(lint, draft.credential->reveal());
        return;
    }
    const Result<QByteArray> token = buildToken(draft.token);
    if (token)
        lintReport(lint, inspectToken(*token));
    else
        lint.add(Severity::Error, token.error().code.toLatin1().constData(), token.error().message,
                 token.error().fix);
}

std::vector<Finding> lintToken(const TokenFields& token, const QByteArray& gateway) {
    RequestDraft draft;
    draft.gateway = gateway;
    draft.token = token;
    Lint lint{draft, UrlCheck({}), {}};
    lintCredential(lint);
    return std::move(lint.findings);
}

} // namespace lavascope
