// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/diagnosis_text.h"
#include "cli/json_output.h"
#include "cli/send_output.h"
#include "cli/source.h"
#include "session/workbench.h"

#include <QDateTime>

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

/// `replay`
class Replay final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("replay",
                                      "Read a recording, or the raw body of an answer, as if it came now");
        m_app->add_option("source", m_source, "A recording (JSON Lines), or a .sse, NDJSON or JSON body")
            ->type_name("SOURCE");
        m_app->add_option("--url", m_url, "The provider URL it came from, to know what is being spoken")
            ->type_name("URL");
        m_app->add_option("--dialect", m_dialect, "Read it as this, whatever it looks like")->type_name("D");
        auto* output = m_app->add_option_group("output", "What to print; the text is the default");
        output->add_flag("--json", m_json, "One JSON document on standard output");
        output->add_flag("--text", m_text, "The assembled text");
        output->add_flag("--events", m_events, "Every event on a line");
        output->require_option(0, 1);
        m_app->footer(
            "SOURCE is - (standard input, up to 64 MiB; the default), env:NAME or file:PATH (up to 1 GiB). "
            "Of a recording the\n"
            "last attempt is read. Nothing is sent. --dialect takes: " +
            dialectNames().join(QStringLiteral(", ")).toStdString() +
            ".\n\n"
            "Exit codes: 0 a whole answer without error; 1 cut off, stopped, an error, or no recording "
            "that can be read;\n"
            "2 wrong usage; 3 SOURCE cannot be read.\n\n"
            "Examples:\n"
            "  lavascope-cli replay file:call.jsonl --events\n"
            "  curl -sN ... | lavascope-cli replay --json");
    }

    int run(Terminal& terminal) override {
        const QString dialect = QString::fromStdString(m_dialect);
        if (!dialect.isEmpty() && !dialectNames().contains(dialect)) {
            terminal.note(QStringLiteral("There is no dialect \"%1\". Known: %2.")
                              .arg(dialect, dialectNames().join(QStringLiteral(", "))));
            return int(ExitCode::Usage);
        }
        SourceReader sources(terminal);
        const Result<QByteArray> bytes =
            sources.bytes(QString::fromStdString(m_source), SourceReader::largestRecording);
        if (!bytes)
            return report(terminal, bytes.error());
        return looksLikeRecording(*bytes) ? replayRecording(terminal, *bytes) : replayBody(terminal, *bytes);
    }

private:
    int replayRecording(Terminal& terminal, const QByteArray& bytes) const {
        const Result<Recording> recording = readRecording(bytes);
        if (!recording || recording->attempts.empty()) {
            terminal.note(recording ? QStringLiteral("The recording holds no attempt.")
                                    : recording.error().message);
            return int(ExitCode::Bad);
        }
        StreamHints hints = hintsFor(recording->request);
        if (!m_url.empty())
            hints.url = QByteArray::fromStdString(m_url);
        return show(terminal, recording->attempts.back(), hints, true);
    }

    int replayBody(Terminal& terminal, const QByteArray& bytes) const {
        Attempt attempt;
        attempt.status = 200;
        attempt.chunks.push_back({std::chrono::microseconds(0), bytes});
        attempt.ending = Ending{EndReason::Finished, {}, {}, 1};
        StreamHints hints;
        hints.url = QByteArray::fromStdString(m_url);
        return show(terminal, attempt, hints, false);
    }

    int show(Terminal& terminal, const Attempt& attempt, StreamHints hints, bool timed) const {
        hints.forcedDialect = QString::fromStdString(m_dialect);
        const StreamReader reader = readAttempt(attempt, hints);
        const Workbench workbench;
        Outcome outcome;
        outcome.status = attempt.status;
        outcome.headers = attempt.headers;
        outcome.body = attempt.body();
        outcome.ending = attempt.ending;
        outcome.url = hints.url;
        const bool good = succeeded(outcome, reader.transcript());
        outcome.nowMs = QDateTime::currentMSecsSinceEpoch();
        std::optional<Diagnosis> diagnosis;
        if (!good)
            diagnosis = diagnose(workbench.rules(), outcome, &reader.transcript());
        if (m_json) {
            json::Writer writer;
            writeTranscript(writer, reader,
                            reportsError(attempt, reader.transcript()) ? diagnosis : std::nullopt, timed);
            terminal.writeJson(writer.bytes());
        } else if (m_events) {
            for (qsizetype i = 0; i < reader.eventCount(); ++i)
                terminal.printLine(eventLine(reader.event(i), i, timed));
        } else {
            if (const QString& text = reader.transcript().first().text; !text.isEmpty())
                terminal.printLine(text);
        }
        if (!m_json)
            terminal.note(summaryLine(reader, timed));
        if (!m_json && diagnosis)
            for (const QString& line : diagnosisLines(*diagnosis))
                terminal.note(line);
        return int(good ? ExitCode::Fine : ExitCode::Bad);
    }

    std::string m_source = "-";
    std::string m_url;
    std::string m_dialect;
    bool m_json = false;
    bool m_text = false;
    bool m_events = false;
};

} // namespace

std::unique_ptr<Command> makeReplay() {
    return std::make_unique<Replay>();
}

} // namespace lavascope
