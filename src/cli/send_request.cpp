// SPDX-License-Identifier: MIT
#include "cli/send_request.h"

#include "cli/command.h"
#include "core/json/edit.h"
#include "core/json/writer.h"
#include "core/request/header_rules.h"
#include "core/token/inspect_token.h"

#include <QUuid>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

const QString defaultProvider = QStringLiteral("openai");
constexpr std::array<const char*, 4> textKinds = {"chat", "messages", "responses", "generateContent"};

bool givesText(const Endpoint& endpoint) {
    return std::any_of(textKinds.begin(), textKinds.end(),
                       [&](const char* kind) { return endpoint.kind == QLatin1String(kind); });
}

// The endpoint that answers with text, streaming as asked where the URL decides about that.
const Endpoint* textEndpoint(const Provider& provider, bool stream) {
    const Endpoint* found = nullptr;
    for (const Endpoint& endpoint : provider.endpoints)
        if (givesText(endpoint) && (!found || (endpoint.streaming == stream && found->streaming != stream &&
                                               endpoint.kind == found->kind)))
            found = &endpoint;
    return found ? found : &provider.endpoints.front();
}

// The endpoint whose path a URL ends with; a `{model}` in the path stands for anything.
const Endpoint* endpointAt(const Provider& provider, const QByteArray& url) {
    const QString address = QString::fromUtf8(url.split('?').constFirst());
    const auto found =
        std::find_if(provider.endpoints.begin(), provider.endpoints.end(), [&](const Endpoint& endpoint) {
            const QString path = endpoint.path.section(QLatin1Char('?'), 0, 0);
            const QString end = path.section(QLatin1Char('}'), -1);
            return !end.isEmpty() && address.endsWith(end);
        });
    return found == provider.endpoints.end() ? nullptr : &*found;
}

// Whose wire format a server of the user's own speaks, such as a model on this computer: the path tells;
// where it does not, nearly all of them speak OpenAI's.
const Provider* imitatedAt(const ProviderCatalogue& catalogue, const QByteArray& url) {
    const QList<Provider>& all = catalogue.providers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Provider& provider) {
        const Endpoint* endpoint = endpointAt(provider, url);
        return endpoint && givesText(*endpoint);
    });
    return found == all.end() ? catalogue.find(defaultProvider) : &*found;
}

} // namespace

struct SendRequest::Target {
    const Provider* provider = nullptr;
    const Endpoint* endpoint = nullptr;
    QString model;
    QByteArray url;
};

void SendRequest::declare(CLI::App& app) {
    app.add_option("--provider", m_provider,
                   "Whom to call; by default the one whose host or path --url has, else openai; see "
                   "`lavascope-cli providers`")
        ->type_name("ID");
    app.add_option("--model", m_model, "Which model; by default the provider's example")->type_name("M");
    auto* prompt = app.add_option("--prompt", m_prompt, "What to ask; by default for a short greeting")
                       ->type_name("TEXT");
    app.add_option("--body", m_body, "The whole request body instead")->excludes(prompt)->type_name("SOURCE");
    app.add_option("--header", m_headers, "A header of your own; may be repeated")
        ->type_name("'K: V'")
        ->expected(1)
        ->take_all();
    app.add_option(
           "--idempotency-key", m_idempotencyKey,
           "Send this header, the same with every try; `auto` makes a value. The gateway documents it "
           "for POST in general, not for forwarded calls")
        ->type_name("auto|VALUE");
    app.add_option("--url", m_url, "The provider URL; by default the provider's endpoint for text")
        ->type_name("URL");
    app.add_flag("--no-stream", m_noStream, "Ask for the answer in one piece");
    declareCredential(app);
}

void SendRequest::declareCredential(CLI::App& app) {
    auto* token = app.add_option("--token", m_token, "A ready forward token or key to send as it is")
                      ->type_name("SOURCE");
    m_tokenOptions.declare(app);
    for (CLI::Option* field : m_tokenOptions.all())
        field->excludes(token);
}

bool SendRequest::showsCredential() const {
    return std::any_of(m_headers.begin(), m_headers.end(), [](const std::string& line) {
        return isCredentialHeader(QByteArray::fromStdString(line.substr(0, line.find(':'))).trimmed());
    });
}

Result<SendRequest::Target> SendRequest::target(const ProviderCatalogue& catalogue) const {
    Target target;
    target.url = QByteArray::fromStdString(m_url);
    const QString id = m_provider.empty() ? defaultProvider : textOf(m_provider);
    const bool toldByUrl = m_provider.empty() && !m_url.empty();
    target.provider = toldByUrl ? catalogue.forUrl(target.url) : catalogue.find(id);
    if (!target.provider && toldByUrl)
        target.provider = imitatedAt(catalogue, target.url);
    if (!target.provider)
        return fail(QStringLiteral("provider_unknown"),
                    QStringLiteral("There is no provider \"%1\".").arg(id),
                    QStringLiteral("`lavascope-cli providers` lists them."));
    if (!m_url.empty())
        target.endpoint = endpointAt(*target.provider, target.url);
    if (!target.endpoint)
        target.endpoint = textEndpoint(*target.provider, !m_noStream);
    target.model = textOf(m_model);
    if (target.model.isEmpty() && !target.provider->exampleModels.isEmpty())
        target.model = target.provider->exampleModels.front();
    if (m_url.empty())
        target.url = endpointUrl(*target.provider, *target.endpoint, target.model);
    return target;
}

Result<void> SendRequest::addHeaders(RequestDraft& draft, const Provider& provider) const {
    draft.headers = provider.requiredHeaders;
    for (const std::string& line : m_headers) {
        const Result<Headers::Field> field = parseHeaderLine(QByteArray::fromStdString(line));
        if (!field)
            return tl::unexpected(field.error());
        draft.headers.set(field->name, field->value);
    }
    if (!m_idempotencyKey.empty())
        draft.headers.set("Idempotency-Key", m_idempotencyKey == "auto"
                                                 ? QUuid::createUuid().toByteArray(QUuid::WithoutBraces)
                                                 : QByteArray::fromStdString(m_idempotencyKey));
    return {};
}

Result<void> SendRequest::addCredential(RequestDraft& draft, QByteArrayView demoKey,
                                        SourceReader& sources) const {
    const Result<TokenFields> fields = m_tokenOptions.fields(sources);
    if (!fields)
        return tl::unexpected(fields.error());
    draft.token = *fields;
    if (!m_token.empty()) {
        const Result<Secret> pasted = sources.secret(textOf(m_token), u"Token or key");
        if (!pasted)
            return tl::unexpected(pasted.error());
        // `Bearer ` and quotes are taken off; what is left is sent as it is, good or bad.
        draft.credential = inspectToken(pasted->reveal()).credential;
    } else if (!m_tokenOptions.hasSecretKey()) {
        if (demoKey.isEmpty())
            return fail(
                QStringLiteral("credential_missing"), QStringLiteral("No credential was given."),
                QStringLiteral(
                    "Use --secret-key SOURCE or --token SOURCE, or try --sandbox, which needs none."));
        draft.token.secretKey = Secret(demoKey);
    }
    return {};
}

Result<QByteArray> SendRequest::body(const Target& target, SourceReader& sources) const {
    if (m_body.empty()) {
        if (target.endpoint->method == "GET")
            return QByteArray();
        if (target.model.isEmpty())
            return fail(QStringLiteral("model_missing"),
                        QStringLiteral("No example model of %1 is known.").arg(target.provider->name),
                        QStringLiteral("Name one with --model."));
        return exampleBody(*target.provider, *target.endpoint, target.model, textOf(m_prompt), !m_noStream);
    }
    Result<QByteArray> body = sources.bytes(textOf(m_body));
    if (body && m_noStream && streamFlag(*body) == true)
        body = withStreamFlag(*body, false);
    const bool modelIsInUrl = target.endpoint->path.contains(QLatin1String("{model}"));
    if (body && !m_model.empty() && !modelIsInUrl)
        body = json::withMember(*body, "model", json::quoted(target.model));
    return body;
}

Result<RequestDraft> SendRequest::draft(const ProviderCatalogue& catalogue, const QByteArray& gateway,
                                        QByteArrayView demoKey, SourceReader& sources) const {
    const Result<Target> wanted = target(catalogue);
    if (!wanted)
        return tl::unexpected(wanted.error());
    RequestDraft draft;
    draft.gateway = gateway;
    draft.providerUrl = wanted->url;
    draft.method = wanted->endpoint->method;
    if (const Result<void> headers = addHeaders(draft, *wanted->provider); !headers)
        return tl::unexpected(headers.error());
    if (const Result<void> credential = addCredential(draft, demoKey, sources); !credential)
        return tl::unexpected(credential.error());
    const Result<QByteArray> content = body(*wanted, sources);
    if (!content)
        return tl::unexpected(content.error());
    draft.body = *content;
    return draft;
}

} // namespace lavascope
