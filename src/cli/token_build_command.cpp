// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/source.h"
#include "cli/token_options.h"
#include "core/json/writer.h"
#include "core/token/inspect_token.h"
#include "core/token/token_forms.h"

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

/// `token build`
class TokenBuild final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app =
            parent.add_subcommand("build", "Build a forward token, byte for byte as the official SDK does");
        m_options.declare(*m_app);
        m_app->get_option("--secret-key")->required();
        auto* header = m_app->add_flag("--header", m_header, "The whole Authorization header: --as header");
        auto* form =
            m_app->add_option("--as", m_form, "token, header, env (a line of .env) or curl (a command)")
                ->type_name("FORM")
                ->check(CLI::IsMember({"token", "header", "env", "curl"}))
                ->excludes(header);
        m_app->add_flag("--json", m_json, "One JSON document on standard output: token, header, payer")
            ->excludes(header)
            ->excludes(form);
        m_app->footer(
            "A field is absent, null (--null) or has a value: the gateway tells these apart. A file with a "
            "secret must be\n"
            "readable by you alone; a line break at its end is dropped. The token is as secret as the key "
            "in it. What is\n"
            "odd about the fields is said on standard error.\n\n"
            "Exit codes: 0 built; 2 wrong usage; 3 a SOURCE cannot be read.\n\n"
            "Examples:\n"
            "  lavascope-cli token build --secret-key - < key.txt\n"
            "  lavascope-cli token build --secret-key env:LAVA_SECRET_KEY --customer-id=conn_abc123 "
            "--meter-slug=my-meter --header\n"
            "  lavascope-cli token build --secret-key file:key.txt --provider-key env:OPENAI_API_KEY "
            "--null customer_id --null meter_slug");
    }

    int run(Terminal& terminal) override {
        SourceReader sources(terminal);
        const Result<TokenFields> fields = m_options.fields(sources);
        const Result<QByteArray> token = fields.and_then(buildToken);
        if (!token)
            return report(terminal, token.error());
        const TokenReport built = inspectToken(*token);
        for (const Finding& finding : built.findings)
            if (finding.severity != Severity::Note)
                terminal.note(QStringLiteral("%1: %2").arg(finding.severity == Severity::Error
                                                               ? QStringLiteral("Trouble")
                                                               : QStringLiteral("Warning"),
                                                           finding.message),
                              inkOf(finding.severity));
        if (m_json)
            writeBuilt(terminal, *token, built);
        else
            terminal.writeBytes(tokenAs(form(), *token, gatewayOf(built)) + '\n');
        return int(ExitCode::Fine);
    }

private:
    [[nodiscard]] TokenForm form() const {
        if (m_header || m_form == "header")
            return TokenForm::Header;
        if (m_form == "env")
            return TokenForm::EnvLine;
        return m_form == "curl" ? TokenForm::Curl : TokenForm::Token;
    }

    static QByteArray gatewayOf(const TokenReport& built) {
        return built.host.isEmpty() ? QByteArray("https://api.lava.so") : built.host.toLatin1();
    }

    static void writeBuilt(Terminal& terminal, const QByteArray& token, const TokenReport& built) {
        json::Writer writer;
        writer.beginObject();
        writer.member("token", QString::fromLatin1(token));
        writer.member("header", QString::fromLatin1(tokenAs(TokenForm::Header, token, {})));
        writer.member("payer", payerName(built.payer));
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    TokenOptions m_options;
    std::string m_form = "token";
    bool m_header = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeTokenBuild() {
    return std::make_unique<TokenBuild>();
}

} // namespace lavascope
