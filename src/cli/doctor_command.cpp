// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "core/json/writer.h"
#include "session/doctor.h"
#include "session/load_lines.h"
#include "session/workbench.h"

#include <QEventLoop>

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

double milliseconds(std::chrono::microseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

void writeChecks(json::Writer& writer, const std::vector<HealthCheck>& checks) {
    writer.name("checks");
    writer.beginArray();
    for (const HealthCheck& check : checks) {
        writer.beginObject();
        writer.member("name", check.name);
        writer.member("state", stateName(check.state));
        writer.member("detail", check.detail);
        writer.member("fix", check.fix);
        writer.endObject();
    }
    writer.endArray();
}

void writeLoad(json::Writer& writer, const LoadFigures& figures) {
    writer.beginObject();
    writer.member("events", figures.events);
    writer.member("bytes", figures.bytes);
    writer.member("seconds", milliseconds(figures.took) / 1000);
    writer.member("plain_read_seconds", milliseconds(figures.plainTook) / 1000);
    writer.member("events_per_second", figures.eventsPerSecond());
    writer.member("megabytes_per_second", figures.megabytesPerSecond());
    writer.member("longest_wait_ms", milliseconds(figures.longestWait));
    const std::vector<LoadBar> bars = loadBars(figures);
    for (const LoadBar& bar : bars)
        writer.member(bar.name.toLatin1(), bar.value);
    writer.name("bars");
    writer.beginArray();
    for (const LoadBar& bar : bars) {
        writer.beginObject();
        writer.member("name", bar.name);
        writer.member("limit", bar.limit);
        writer.member("kept", bar.isKept());
        writer.endObject();
    }
    writer.endArray();
    writer.endObject();
}

/// `doctor`
class DoctorVerb final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app =
            parent.add_subcommand("doctor", "What works on this computer, and what to do where it does not");
        m_app->add_flag("--load", m_load,
                        "Also run 10,000 events from this computer through network and reading, and show the "
                        "figures");
        m_app->add_flag("--network", m_network,
                        "Also look up the name of the gateway; nothing is sent to it");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "Without --network nothing leaves this computer. Secrets are never shown, those in proxy\n"
            "settings included. The load test tells whether its figures are as they should be, and\n"
            "does not change the exit code: a computer may be busy.\n\n"
            "Exit codes: 0 fine, warnings included; 1 something does not work; 2 wrong usage.\n\n"
            "Examples:\n"
            "  lavascope-cli doctor\n"
            "  lavascope-cli doctor --load --json");
    }

    int run(Terminal& terminal) override {
        Workbench workbench;
        Doctor doctor(workbench);
        QEventLoop loop;
        QObject::connect(&doctor, &Doctor::finished, &loop, &QEventLoop::quit);
        doctor.start(m_network ? Doctor::Network::LookedAt : Doctor::Network::LeftAlone);
        loop.exec();
        if (!m_json)
            printChecks(terminal, doctor.checks());

        std::optional<Result<LoadFigures>> load;
        if (m_load) {
            LoadTest test(workbench);
            QObject::connect(&test, &LoadTest::finished, &loop, &QEventLoop::quit);
            test.start();
            loop.exec();
            load = test.result();
        }
        return conclude(terminal, doctor.checks(), load);
    }

private:
    int conclude(Terminal& terminal, const std::vector<HealthCheck>& checks,
                 const std::optional<Result<LoadFigures>>& load) const {
        if (m_json)
            printJson(terminal, checks, load);
        else if (load && *load)
            printLoad(terminal, **load);
        const bool loadFailed = load && !*load;
        if (loadFailed)
            terminal.note(load->error().message);
        return int(isHealthy(checks) && !loadFailed ? ExitCode::Fine : ExitCode::Bad);
    }

    static void printChecks(Terminal& terminal, const std::vector<HealthCheck>& checks) {
        constexpr int stateWidth = 9;
        constexpr int nameWidth = 13;
        for (const HealthCheck& check : checks) {
            terminal.printLine(QString::fromLatin1(stateName(check.state)).leftJustified(stateWidth) +
                               check.name.leftJustified(nameWidth) + check.detail);
            if (!check.fix.isEmpty())
                terminal.printLine(QString(stateWidth + nameWidth, QLatin1Char(' ')) + check.fix);
        }
    }

    static void printLoad(Terminal& terminal, const LoadFigures& figures) {
        constexpr int nameWidth = 44;
        terminal.printLine({});
        for (const LoadLine& line : loadLines(figures))
            terminal.printLine(line.name.leftJustified(nameWidth) + line.value +
                               (line.verdict.isEmpty() ? QString() : QStringLiteral("  ") + line.verdict));
    }

    static void printJson(Terminal& terminal, const std::vector<HealthCheck>& checks,
                          const std::optional<Result<LoadFigures>>& load) {
        json::Writer writer;
        writer.beginObject();
        writeChecks(writer, checks);
        writer.name("load");
        if (load && *load)
            writeLoad(writer, **load);
        else
            writer.null();
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    bool m_load = false;
    bool m_network = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeDoctor() {
    return std::make_unique<DoctorVerb>();
}

} // namespace lavascope
