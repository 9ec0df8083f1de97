// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "session/workbench.h"

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

void writeProvider(json::Writer& writer, const Provider& provider) {
    writer.beginObject();
    writer.member("id", provider.id);
    writer.member("name", provider.name);
    writer.member("base_url", provider.baseUrl);
    writer.member("compat", provider.compat);
    writer.member("auth_style", provider.authStyle);
    writer.name("required_headers");
    writeHeaders(writer, provider.requiredHeaders);
    writer.name("endpoints");
    writer.beginArray();
    for (const Endpoint& endpoint : provider.endpoints) {
        writer.beginObject();
        writer.member("method", QString::fromLatin1(endpoint.method));
        writer.member("path", endpoint.path);
        writer.member("kind", endpoint.kind);
        writer.member("streaming", endpoint.streaming);
        writer.endObject();
    }
    writer.endArray();
    writer.member("example_models", provider.exampleModels);
    writer.endObject();
}

/// `providers`
class Providers final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("providers", "List the providers that the gateway forwards to");
        m_app->add_option("id", m_id, "Only this one, with its endpoints")->type_name("ID");
        m_app->add_flag("--json", m_json,
                        "One JSON document on standard output: a list, or the one provider");
        m_app->footer("Exit codes: 0 fine; 1 there is no provider of that ID; 2 wrong usage.\n\n"
                      "Examples:\n"
                      "  lavascope-cli providers\n"
                      "  lavascope-cli providers anthropic --json");
    }

    int run(Terminal& terminal) override {
        const Workbench workbench;
        const ProviderCatalogue& catalogue = workbench.catalogue();
        if (m_id.empty()) {
            listAll(terminal, catalogue);
            return int(ExitCode::Fine);
        }
        const Provider* provider = catalogue.find(QString::fromStdString(m_id));
        if (!provider) {
            terminal.note(QStringLiteral("There is no provider \"%1\"; `lavascope-cli providers` lists them.")
                              .arg(QString::fromStdString(m_id)));
            return int(ExitCode::Bad);
        }
        showOne(terminal, *provider);
        return int(ExitCode::Fine);
    }

private:
    void listAll(Terminal& terminal, const ProviderCatalogue& catalogue) const {
        if (m_json) {
            json::Writer writer;
            writer.beginArray();
            for (const Provider& provider : catalogue.providers())
                writeProvider(writer, provider);
            writer.endArray();
            terminal.writeJson(writer.bytes());
            return;
        }
        for (const Provider& provider : catalogue.providers())
            terminal.printLine(provider.id.leftJustified(24) + provider.name.leftJustified(34) +
                               provider.baseUrl);
    }

    void showOne(Terminal& terminal, const Provider& provider) const {
        if (m_json) {
            json::Writer writer;
            writeProvider(writer, provider);
            terminal.writeJson(writer.bytes());
            return;
        }
        terminal.printLine(QStringLiteral("%1 (%2)\n  %3").arg(provider.name, provider.id, provider.baseUrl));
        for (const Headers::Field& field : provider.requiredHeaders)
            terminal.printLine(QStringLiteral("  needs %1: %2")
                                   .arg(QString::fromLatin1(field.name), QString::fromLatin1(field.value)));
        for (const Endpoint& endpoint : provider.endpoints)
            terminal.printLine(QStringLiteral("  %1 %2  %3%4")
                                   .arg(QString::fromLatin1(endpoint.method).leftJustified(4), endpoint.path,
                                        endpoint.kind,
                                        endpoint.streaming ? QStringLiteral(", can stream") : QString()));
    }

    std::string m_id;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeProviders() {
    return std::make_unique<Providers>();
}

} // namespace lavascope
