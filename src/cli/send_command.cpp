// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/send_output.h"
#include "cli/token_options.h"
#include "core/request/forward_url.h"
#include "core/request/header_rules.h"
#include "core/token/inspect_token.h"
#include "session/workbench.h"

#include <QEventLoop>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr QByteArrayView demoKey = "aks_test_demo_key_0000";
constexpr std::array<const char*, 4> textKinds = {"chat", "messages", "responses", "generateContent"};

// The endpoint that answers with text, streaming as asked where the URL decides about that.
const Endpoint* textEndpoint(const Provider& provider, bool stream) {
    const auto isText = [](const Endpoint& endpoint) {
        return std::any_of(textKinds.begin(), textKinds.end(),
                           [&](const char* kind) { return endpoint.kind == QLatin1String(kind); });
    };
    const Endpoint* found = nullptr;
    for (const Endpoint& endpoint : provider.endpoints)
        if (isText(endpoint) && (!found || (endpoint.streaming == stream && found->streaming != stream &&
                                            endpoint.kind == found->kind)))
            found = &endpoint;
    return found ? found : &provider.endpoints.front();
}

/// `send`
class Send final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("send",
                                      "Make one call through the gateway and print the answer as it comes");
        declareRequest();
        declareCredential();
        declareOutput();
        m_app->footer("Example: LAVA_SECRET_KEY=... lavascope-cli send --secret-key env:LAVA_SECRET_KEY "
                      "--provider anthropic --prompt hello");
    }

    int run(Terminal& terminal) override {
        Workbench workbench;
        SourceReader sources(terminal);
        if (m_sandbox) {
            SandboxWish wish;
            for (const std::string& fault : m_faults)
                wish.faults += QString::fromStdString(fault);
            if (const Result<quint16> port = workbench.sandbox().start(wish); !port)
                return report(terminal, port.error());
        }
        const Result<RequestDraft> wanted = draft(workbench, sources);
        if (!wanted)
            return report(terminal, wanted.error());
        SendOptions options;
        options.retry.maxRetries = m_retries;
        const Result<std::unique_ptr<Run>> run = workbench.send(*wanted, options);
        if (!run)
            return report(terminal, run.error());
        return follow(terminal, workbench, **run);
    }

private:
    void declareRequest() {
        m_app->add_option("--provider", m_provider, "Whom to call; see `lavascope-cli providers`")
            ->capture_default_str()
            ->type_name("ID");
        m_app->add_option("--model", m_model, "Which model; by default the provider's example")
            ->type_name("M");
        auto* prompt =
            m_app->add_option("--prompt", m_prompt, "What to ask")->capture_default_str()->type_name("TEXT");
        m_app->add_option("--body", m_body, "The whole request body instead")
            ->excludes(prompt)
            ->type_name("SOURCE");
        m_app->add_option("--header", m_headers, "A header of your own; may be repeated")
            ->type_name("'K: V'")
            ->expected(1)
            ->take_all();
        m_app->add_option("--url", m_url, "The provider URL; by default the provider's endpoint for text")
            ->type_name("URL");
        m_app->add_flag("--no-stream", m_noStream, "Ask for the answer in one piece");
        m_app
            ->add_option("--retry", m_retries,
                         "Try again up to N times where that can help; never by default")
            ->check(CLI::Range(0, 20))
            ->type_name("N");
    }

    void declareCredential() {
        auto* token = m_app->add_option("--token", m_token, "A ready forward token or key to send as it is")
                          ->type_name("SOURCE");
        m_tokenOptions.declare(*m_app);
        for (CLI::Option* field : m_tokenOptions.all())
            field->excludes(token);
        auto* gateway = m_app->add_option("--gateway", m_gateway, "The gateway's address")
                            ->capture_default_str()
                            ->type_name("URL");
        auto* sandbox =
            m_app->add_flag("--sandbox", m_sandbox, "Start the built-in gateway for this call; needs no key")
                ->excludes(gateway);
        m_app->add_option("--fault", m_faults, "Let the built-in gateway misbehave; see `sandbox --help`")
            ->needs(sandbox)
            ->type_name("SPEC")
            ->expected(1)
            ->take_all();
    }

    void declareOutput() {
        m_app->add_option("--record", m_record, "Save the call, every credential masked")->type_name("FILE");
        m_app->add_flag("--no-history", m_noHistory,
                        "Keep nothing of the call (this version keeps nothing anyway)");
        auto* output = m_app->add_option_group("output", "What to print; the text is the default");
        output->add_flag("--text", m_asText, "The answer's text");
        output->add_flag("--events", m_asEvents, "Every event on a line");
        output->add_flag("--raw", m_asRaw, "The body as it comes");
        output->add_flag("--json", m_asJson, "One JSON document at the end");
        output->require_option(0, 1);
    }

    SendFormat format() const {
        return m_asEvents ? SendFormat::Events
               : m_asRaw  ? SendFormat::Raw
               : m_asJson ? SendFormat::Json
                          : SendFormat::Text;
    }

    Result<void> addCredential(RequestDraft& draft, SourceReader& sources) const {
        const Result<TokenFields> fields = m_tokenOptions.fields(sources);
        if (!fields)
            return tl::unexpected(fields.error());
        draft.token = *fields;
        if (!m_token.empty()) {
            const Result<Secret> pasted = sources.secret(QString::fromStdString(m_token));
            if (!pasted)
                return tl::unexpected(pasted.error());
            // `Bearer ` and quotes are taken off; what is left is sent as it is, good or bad.
            draft.credential = inspectToken(pasted->reveal()).credential;
        } else if (!m_tokenOptions.hasSecretKey()) {
            if (!m_sandbox)
                return fail(
                    QStringLiteral("credential_missing"), QStringLiteral("No credential was given."),
                    QStringLiteral(
                        "Use --secret-key SOURCE or --token SOURCE, or try --sandbox, which needs none."));
            draft.token.secretKey = Secret(demoKey);
        }
        return {};
    }

    Result<void> addBody(RequestDraft& draft, const Provider& provider, const Endpoint& endpoint,
                         const QString& model, SourceReader& sources) const {
        if (m_body.empty()) {
            draft.body =
                exampleBody(provider, endpoint, model, QString::fromStdString(m_prompt), !m_noStream);
            return {};
        }
        const Result<QByteArray> body = sources.bytes(QString::fromStdString(m_body));
        if (!body)
            return tl::unexpected(body.error());
        draft.body = *body;
        if (m_noStream && streamFlag(draft.body) == true) {
            const Result<QByteArray> edited = withStreamFlag(draft.body, false);
            if (!edited)
                return tl::unexpected(edited.error());
            draft.body = *edited;
        }
        return {};
    }

    Result<RequestDraft> draft(Workbench& workbench, SourceReader& sources) const {
        const Provider* provider = workbench.catalogue().find(QString::fromStdString(m_provider));
        if (!provider)
            return fail(
                QStringLiteral("provider_unknown"),
                QStringLiteral("There is no provider \"%1\".").arg(QString::fromStdString(m_provider)),
                QStringLiteral("`lavascope-cli providers` lists them."));
        const Endpoint& endpoint = *textEndpoint(*provider, !m_noStream);
        QString model = QString::fromStdString(m_model);
        if (model.isEmpty() && !provider->exampleModels.isEmpty())
            model = provider->exampleModels.front();
        if (model.isEmpty() && m_body.empty())
            return fail(QStringLiteral("model_missing"),
                        QStringLiteral("No example model of %1 is known.").arg(provider->name),
                        QStringLiteral("Name one with --model."));

        RequestDraft draft;
        draft.gateway = m_sandbox ? workbench.sandbox().origin() : QByteArray::fromStdString(m_gateway);
        draft.providerUrl =
            m_url.empty() ? endpointUrl(*provider, endpoint, model) : QByteArray::fromStdString(m_url);
        draft.headers = provider->requiredHeaders;
        for (const std::string& line : m_headers) {
            const Result<Headers::Field> field = parseHeaderLine(QByteArray::fromStdString(line));
            if (!field)
                return tl::unexpected(field.error());
            draft.headers.set(field->name, field->value);
        }
        if (const Result<void> credential = addCredential(draft, sources); !credential)
            return tl::unexpected(credential.error());
        if (const Result<void> body = addBody(draft, *provider, endpoint, model, sources); !body)
            return tl::unexpected(body.error());
        return draft;
    }

    int follow(Terminal& terminal, const Workbench& workbench, Run& run) const {
        SendOutput output(terminal, format());
        const Interrupt interrupt;
        QEventLoop loop;
        QObject::connect(&interrupt, &Interrupt::requested, &run, &Run::stop);
        QObject::connect(&run, &Run::attemptStarted, &loop, [&] { output.startAttempt(); });
        QObject::connect(&run, &Run::changed, &loop, [&] {
            output.printNew(run);
            // Nobody reads any more: `| head -1` is no reason to let a provider go on.
            if (!terminal.outIsOpen())
                run.stop();
        });
        QObject::connect(&run, &Run::waiting, &loop, [&] {
            terminal.note(QStringLiteral("%1; trying again in %2 ms")
                              .arg(run.diagnosis()->title)
                              .arg(run.waitLeft().count()));
        });
        QObject::connect(&run, &Run::finished, &loop, &QEventLoop::quit);
        loop.exec();
        if (terminal.outIsOpen())
            output.finish(run);
        if (!m_record.empty())
            if (const Result<void> saved = workbench.saveRecording(QString::fromStdString(m_record), run);
                !saved)
                return report(terminal, saved.error());
        return exitCode(run);
    }

    static int exitCode(const Run& run) {
        if (run.succeeded())
            return int(ExitCode::Fine);
        const bool stopped = run.reader().transcript().verdict == Verdict::Stopped;
        const bool later = !stopped && run.diagnosis() && run.diagnosis()->retry != Retry::No;
        return int(later ? ExitCode::TryLater : ExitCode::Bad);
    }

    std::string m_provider = "openai";
    std::string m_model;
    std::string m_prompt = "Say hello in one short sentence.";
    std::string m_body;
    std::vector<std::string> m_headers;
    std::string m_url;
    std::string m_token;
    TokenOptions m_tokenOptions;
    std::string m_gateway = liveGateway;
    std::vector<std::string> m_faults;
    std::string m_record;
    int m_retries = 0;
    bool m_sandbox = false;
    bool m_noStream = false;
    bool m_noHistory = false;
    bool m_asText = false;
    bool m_asEvents = false;
    bool m_asRaw = false;
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> makeSend() {
    return std::make_unique<Send>();
}

} // namespace lavascope
