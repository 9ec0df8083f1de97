// SPDX-License-Identifier: MIT
#include "core/json/document.h"
#include "core/request/forward_url.h"
#include "core/request/header_rules.h"
#include "core/request/host_name.h"
#include "core/request/request_draft.h"
#include "core/request/url_pieces.h"
#include "core/token/credential.h"

namespace lavascope {

namespace {

/// Looks at one draft from every side that is known to go wrong.
class Lint {
public:
    explicit Lint(const RequestDraft& draft)
        : m_draft(draft)
        , m_target(splitUrl(draft.providerUrl))
        , m_gateway(splitUrl(draft.gateway)) {}

    std::vector<Finding> run() {
        checkBody();
        checkAnthropic();
        checkModel();
        checkHeaders();
        checkKeyAndGateway();
        return std::move(m_findings);
    }

private:
    void add(Severity severity, const char* code, const QString& message, const QString& fix,
             std::optional<ByteRange> range = {}) {
        m_findings.push_back({severity, QString::fromLatin1(code), message, fix, range});
    }

    void checkBody() {
        if (m_draft.method == "GET" && !m_draft.body.isEmpty())
            add(Severity::Warning, "body_on_get",
                QStringLiteral("A GET request has a body, which most servers ignore."),
                QStringLiteral("Empty the body or choose another endpoint."));
        if (m_draft.body.trimmed().isEmpty())
            return;
        const auto fault = m_body.scan(m_draft.body);
        if (fault) {
            add(Severity::Error, "json_invalid",
                QStringLiteral("The body is not valid JSON: line %1, column %2: %3.")
                    .arg(fault->line)
                    .arg(fault->column)
                    .arg(fault->message),
                QStringLiteral("Correct it there."), ByteRange{fault->offset, fault->offset});
            return;
        }
        for (const json::Duplicate& duplicate : json::duplicateNames(m_body))
            add(Severity::Warning, "json_duplicate_member",
                QStringLiteral("\"%1\" stands twice in one object.").arg(duplicate.name),
                QStringLiteral("Remove one; servers differ in which one counts."), duplicate.second);
    }

    [[nodiscard]] bool goesToAnthropic() const {
        return m_target.path.endsWith("/messages") || m_target.host.contains("anthropic.com");
    }

    void checkAnthropic() {
        if (!goesToAnthropic())
            return;
        if (!m_draft.headers.contains("anthropic-version"))
            add(Severity::Error, "anthropic_version_missing",
                QStringLiteral("The header anthropic-version is missing; Anthropic answers 400 without it."),
                QStringLiteral("Add \"anthropic-version: 2023-06-01\"."));
        const json::View messages = m_body.root()["messages"];
        for (json::View message = messages.firstChild(); message.exists(); message = message.nextSibling())
            if (message["role"].toString() == QStringLiteral("system"))
                add(Severity::Error, "anthropic_system_role",
                    QStringLiteral("Anthropic knows no message with the role \"system\"."),
                    QStringLiteral("Put the text into the top-level member \"system\"."),
                    message["role"].range());
        if (m_target.path.endsWith("/messages") && m_body.root().isObject() &&
            !m_body.root()["max_tokens"].exists())
            add(Severity::Error, "anthropic_max_tokens_missing",
                QStringLiteral("\"max_tokens\" is missing, which Anthropic requires."),
                QStringLiteral("Add \"max_tokens\": 1024."));
    }

    void checkModel() {
        const json::View model = m_body.root()["model"];
        const QString name = model.toString();
        const bool claude = name.startsWith(QStringLiteral("claude"));
        const bool gpt = name.startsWith(QStringLiteral("gpt-"));
        const bool wrong =
            (claude && m_target.host == "api.openai.com") || (gpt && m_target.host == "api.anthropic.com");
        if (wrong)
            add(Severity::Warning, "model_of_another_provider",
                QStringLiteral("The model %1 is not one of %2.").arg(name, QString::fromUtf8(m_target.host)),
                QStringLiteral("Choose a model of this provider, or the provider of this model."),
                model.range());
        if (model.isString() && name.isEmpty())
            add(Severity::Warning, "model_empty", QStringLiteral("The model is empty."),
                QStringLiteral("Name a model."), model.range());
    }

    void checkHeaders() {
        if (m_draft.headers.contains("Origin"))
            add(Severity::Warning, "origin_header",
                QStringLiteral(
                    "A header Origin makes the call look like a browser's; the gateway blocks those."),
                QStringLiteral("Remove it."));
        for (const Headers::Field& field : m_draft.headers) {
            if (isCredentialHeader(field.name))
                add(Severity::Warning, "credential_header",
                    QStringLiteral(
                        "The header %1 brings a credential of its own, so the token above is not sent.")
                        .arg(QString::fromLatin1(field.name)),
                    QStringLiteral("A provider's key belongs into the token as provider key."));
            if (field.name.compare("Host", Qt::CaseInsensitive) == 0)
                add(Severity::Warning, "host_header", QStringLiteral("The header Host is replaced by hand."),
                    QStringLiteral("Remove it unless that is meant."));
        }
    }

    void checkKeyAndGateway() {
        const Mode mode = modeOf(m_draft.token.secretKey);
        const HostName host = readHost(m_gateway.host);
        if (m_draft.credential)
            return;
        if (mode == Mode::Live && isLoopbackHost(host.name))
            add(Severity::Warning, "live_key_to_loopback",
                QStringLiteral("A live key is about to go to a gateway on this computer, which refuses it."),
                QStringLiteral("Use any aks_test_… key here."));
        if (mode == Mode::Test && host.name == "api.lava.so")
            add(Severity::Warning, "test_key_to_live",
                QStringLiteral("A test key is about to go to Lava's live gateway."),
                QStringLiteral("Use an aks_live_… key there, or choose the sandbox."));
    }

    const RequestDraft& m_draft;
    UrlPieces m_target;
    UrlPieces m_gateway;
    json::Document m_body;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> lintRequest(const RequestDraft& draft) {
    return Lint(draft).run();
}

} // namespace lavascope
