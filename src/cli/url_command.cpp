// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "core/token/credential_finder.h"

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

/// The same report, fit to be seen: a URL may carry a key in its query.
ForwardUrlReport masked(ForwardUrlReport report) {
    const CredentialFinder finder;
    const auto maskText = [&](QString& text) { text = QString::fromUtf8(finder.masked(text.toUtf8())); };
    report.target = finder.masked(report.target);
    report.intended = finder.masked(report.intended);
    maskText(report.headline);
    for (Finding& finding : report.findings) {
        maskText(finding.message);
        maskText(finding.fix);
    }
    return report;
}

/// `url build`
class UrlBuild final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("build", "Make the forward URL for a provider URL");
        m_app->add_option("provider-url", m_url, "The provider's own URL")
            ->required()
            ->type_name("PROVIDER_URL");
        m_app->add_option("--gateway", m_gateway, "The gateway's address")
            ->capture_default_str()
            ->type_name("URL");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "Prints <gateway>/v1/forward?u=<provider URL, percent-encoded once>. Plain http is for this "
            "computer only.\n\n"
            "Exit codes: 0 built; 2 a URL that cannot be used.\n\n"
            "Examples:\n"
            "  lavascope-cli url build https://api.openai.com/v1/chat/completions\n"
            "  lavascope-cli url build https://api.anthropic.com/v1/messages --gateway "
            "http://127.0.0.1:9000");
    }

    int run(Terminal& terminal) override {
        const Result<QByteArray> url =
            buildForwardUrl(QByteArray::fromStdString(m_gateway), QByteArray::fromStdString(m_url));
        if (!url)
            return report(terminal, url.error());
        if (m_json)
            writeBuilt(terminal, *url);
        else
            terminal.writeBytes(*url + '\n');
        return int(ExitCode::Fine);
    }

private:
    static void writeBuilt(Terminal& terminal, const QByteArray& url) {
        json::Writer writer;
        writer.beginObject();
        writer.member("url", QString::fromUtf8(url));
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    std::string m_url;
    std::string m_gateway = liveGateway;
    bool m_json = false;
};

/// `url inspect`
class UrlInspect final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app =
            parent.add_subcommand("inspect", "Say where a forward URL goes, and what was lost on the way");
        m_app->add_option("url", m_url, "A forward URL")->required()->type_name("URL");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "Target is the provider URL as the gateway will see it, intended the one that was probably "
            "meant; credentials in\n"
            "them are masked. Quote the URL: & and ? mean something to a shell.\n\n"
            "Exit codes: 0 a forward URL whose target arrives as written; 1 anything else; 2 wrong "
            "usage.\n\n"
            "Example:\n"
            "  lavascope-cli url inspect "
            "'https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fmodels'");
    }

    int run(Terminal& terminal) override {
        const QByteArray url = QByteArray::fromStdString(m_url);
        if (!CredentialFinder().find(url).empty())
            terminal.note(
                u"Note: a credential on the command line can be seen by other users of this computer.");
        const ForwardUrlReport found = masked(inspectForwardUrl(url));
        if (m_json) {
            json::Writer writer;
            writeUrlReport(writer, found);
            terminal.writeJson(writer.bytes());
        } else {
            print(terminal, found);
        }
        return int(found.valid ? ExitCode::Fine : ExitCode::Bad);
    }

private:
    static void print(Terminal& terminal, const ForwardUrlReport& found) {
        terminal.printLine(found.headline);
        if (!found.gateway.isEmpty())
            terminal.printLine(QStringLiteral("  gateway   ") + QString::fromUtf8(found.gateway));
        if (!found.target.isEmpty())
            terminal.printLine(QStringLiteral("  target    ") + QString::fromUtf8(found.target));
        if (found.intended != found.target)
            terminal.printLine(QStringLiteral("  intended  ") + QString::fromUtf8(found.intended));
        for (const Finding& finding : found.findings) {
            const QString where =
                finding.range ? QStringLiteral(" at byte %1").arg(finding.range->begin) : QString();
            terminal.printLine(QStringLiteral("  %1%2: %3 %4")
                                   .arg(QString::fromLatin1(severityName(finding.severity)), where,
                                        finding.message, finding.fix),
                               inkOf(finding.severity));
        }
    }

    std::string m_url;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeUrlBuild() {
    return std::make_unique<UrlBuild>();
}

std::unique_ptr<Command> makeUrlInspect() {
    return std::make_unique<UrlInspect>();
}

} // namespace lavascope
