// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/source.h"
#include "core/diagnosis/retry_report_text.h"
#include "session/workbench.h"

#include <QDateTime>
#include <QEventLoop>

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

/// `sandbox`
class Sandbox final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("sandbox", "Run the built-in Lava gateway on 127.0.0.1 until Ctrl+C");
        m_app->add_option("--port", m_port, "0 takes a free one")
            ->check(CLI::Range(0, 65535))
            ->capture_default_str()
            ->type_name("N");
        m_app->add_option("--config", m_config, "Money, customers, meters, limits; see docs/sandbox.md")
            ->type_name("FILE");
        m_app->add_option("--upstream", m_upstream, "Who answers")
            ->check(CLI::IsMember({"builtin", "passthrough"}))
            ->capture_default_str();
        m_app->add_option("--fault", m_faults, "Misbehave on purpose; may be repeated")
            ->type_name("SPEC")
            ->expected(1)
            ->take_all();
        m_app
            ->add_option("--coach", m_coach,
                         "Let every call fail first, and judge the client; may be repeated")
            ->type_name("SPEC")
            ->expected(1)
            ->take_all();
        m_app->add_flag("--json", m_json,
                        "The coach's reports also as JSON, one line each, on standard output");
        m_app
            ->add_option("--allow-target", m_targets,
                         "A private host that passthrough may reach; may be repeated")
            ->type_name("HOST")
            ->expected(1)
            ->take_all();
        m_app->footer(
            "The first line of standard output is: listening on http://127.0.0.1:PORT; each request served "
            "becomes a "
            "line on\n"
            "standard error. Any aks_test_... key is a merchant with a wallet and example customers and "
            "meters; "
            "aks_live_... keys\n"
            "are refused. Nothing leaves this computer, unless --upstream passthrough is given.\n\n" +
            SandboxHost::faultHelp().trimmed().toStdString() + "\n\n" +
            SandboxHost::coachHelp().toStdString() +
            "\n"
            "Its reports go to standard error, with --json also to standard output; GET /sandbox/coach shows "
            "them all, POST ends\n"
            "what is open first.\n\n"
            "Exit codes: 0 ended by Ctrl+C or a terminate signal; 1 the same, and the coach judged a client "
            "to "
            "be bad; 2 wrong\n"
            "usage; 3 the port or the configuration file cannot be used.\n\n"
            "Examples:\n"
            "  lavascope-cli sandbox --port 9000\n"
            "  lavascope-cli sandbox --fault 429:times=2,retry_after=3\n"
            "  lavascope-cli sandbox --coach 429:times=2,retry_after=1 --coach 503:times=3 --json");
    }

    int run(Terminal& terminal) override {
        SandboxWish wish;
        wish.port = quint16(m_port);
        wish.passthrough = m_upstream == "passthrough";
        for (const std::string& fault : m_faults)
            wish.faults += QString::fromStdString(fault);
        for (const std::string& step : m_coach)
            wish.coach += QString::fromStdString(step);
        for (const std::string& target : m_targets)
            wish.allowedTargets += QString::fromStdString(target);
        if (!m_config.empty()) {
            SourceReader sources(terminal);
            const Result<QByteArray> config =
                sources.bytes(QStringLiteral("file:") + QString::fromStdString(m_config));
            if (!config)
                return report(terminal, config.error());
            wish.configJson = *config;
        }
        return serve(terminal, wish);
    }

private:
    [[nodiscard]] int serve(Terminal& terminal, const SandboxWish& wish) const {
        Workbench workbench;
        SandboxHost& sandbox = workbench.sandbox();
        const Interrupt interrupt;
        QEventLoop loop;
        QObject::connect(&interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);
        QObject::connect(&sandbox, &SandboxHost::served, &loop, [&](const SandboxLogLine& line) {
            terminal.note(QStringLiteral("%1 %2 %3 %4 · %5 · %6 · %7%8")
                              .arg(QDateTime::fromMSecsSinceEpoch(line.atMs).toString(Qt::ISODate),
                                   QString::number(line.status), line.method, line.target, line.payer,
                                   line.cost, line.requestId,
                                   line.note.isEmpty() ? QString() : QStringLiteral(" · ") + line.note));
        });
        ExitCode code = ExitCode::Fine;
        QObject::connect(&sandbox, &SandboxHost::coached, &loop, [&](const RetryReport& report) {
            const QStringList lines = retryReportLines(report);
            for (const QString& line : lines)
                terminal.note(line);
            if (m_json)
                terminal.writeBytes(retryReportJson(report) + '\n');
            if (report.verdict == RetryVerdict::Bad)
                code = ExitCode::Bad;
        });
        const Result<quint16> port = sandbox.start(wish);
        if (!port)
            return report(terminal, port.error());
        terminal.writeBytes("listening on " + sandbox.origin() + '\n');
        loop.exec();
        sandbox.stop(); // with a report on each call that is open
        return int(code);
    }

    int m_port = 0;
    std::string m_config;
    std::string m_upstream = "builtin";
    std::vector<std::string> m_faults;
    std::vector<std::string> m_coach;
    std::vector<std::string> m_targets;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeSandbox() {
    return std::make_unique<Sandbox>();
}

} // namespace lavascope
