// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/retry_options.h"
#include "cli/send_output.h"
#include "cli/send_request.h"
#include "core/request/forward_url.h"
#include "session/workbench.h"

#include <QEventLoop>

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

constexpr QByteArrayView demoKey = "aks_test_demo_key_0000";
/// `send`
class Send final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("send",
                                      "Make one call through the gateway and print the answer as it comes");
        m_request.declare(*m_app);
        declareGateway();
        declareOutput();
        m_app->footer(
            "A call to the live gateway may be billed. Nothing is sent twice unless --retry asks for it, and "
            "then only where\n"
            "nothing tells that it may have been billed: not once an answer has begun, nor after a request "
            "that "
            "went out\n"
            "and was not answered; a 502 is tried again, as Lava advises. Headers that a provider demands\n"
            "(anthropic-version) are added. A summary, and what went wrong, goes to standard error. Ctrl+C "
            "stops "
            "the call;\n"
            "what came is kept and shown.\n\n"
            "Exit codes: 0 a whole answer; 1 failed for good, or stopped; 2 wrong usage, nothing was sent; 3 "
            "a file "
            "or port\n"
            "cannot be used; 75 failed, worth trying again later.\n\n"
            "Examples:\n"
            "  lavascope-cli send --sandbox\n"
            "  lavascope-cli send --secret-key env:LAVA_SECRET_KEY --provider anthropic --prompt 'Why does "
            "it "
            "rain?'\n"
            "  lavascope-cli send --token file:token.txt --body file:body.json --retry 3 --json\n"
            "  lavascope-cli send --sandbox --url https://api.openai.com/v1/models");
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
        if (m_request.showsCredential())
            terminal.note(
                u"Note: a credential on the command line can be seen by other users of this computer.");
        const QByteArray gateway =
            m_sandbox ? workbench.sandbox().origin() : QByteArray::fromStdString(m_gateway);
        const Result<RequestDraft> wanted =
            m_request.draft(workbench.catalogue(), gateway, m_sandbox ? demoKey : QByteArrayView(), sources);
        if (!wanted)
            return report(terminal, wanted.error());
        SendOptions options;
        options.retry = m_retry.policy();
        const Result<std::unique_ptr<Run>> run = workbench.send(*wanted, options);
        if (!run)
            return report(terminal, run.error());
        const int code = follow(terminal, workbench, **run);
        if (const QString why = whyNotTriedAgain(**run); !why.isEmpty())
            terminal.note(why);
        return code;
    }

private:
    void declareGateway() {
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
        m_retry.declare(*m_app);
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
        QObject::connect(&run, &Run::waiting, &loop, [&] { terminal.note(nextTryNote(run)); });
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

    SendRequest m_request;
    std::string m_gateway = liveGateway;
    std::vector<std::string> m_faults;
    std::string m_record;
    RetryOptions m_retry;
    bool m_sandbox = false;
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
