// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/replay_output.h"
#include "cli/source.h"
#include "core/stream/played_recording.h"
#include "core/stream/replay_pace.h"
#include "session/workbench.h"

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
        m_app
            ->add_option("--speed", m_speed,
                         "How fast it comes: once (the default), original, or so many times as fast "
                         "(0.01 to 1000000), e.g. x10")
            ->type_name("SPEED");
        auto* output = m_app->add_option_group("output", "What to print; the text is the default");
        output->add_flag("--json", m_json, "One JSON document on standard output");
        output->add_flag("--text", m_text, "The assembled text");
        output->add_flag("--events", m_events, "Every event on a line");
        output->add_flag("--raw", m_raw, "The body as it was recorded");
        output->require_option(0, 1);
        m_app->footer(
            "SOURCE is - (standard input, up to 64 MiB; the default), env:NAME or file:PATH (up to 1 GiB). "
            "Of a recording the\n"
            "last attempt is read. Nothing is sent. --dialect takes: " +
            dialectNames().join(QStringLiteral(", ")).toStdString() +
            ".\n\n"
            "With --speed everything is printed at the time it came then, --json at the end. A bare body has "
            "no times, and is\n"
            "read at once. Ctrl+C stops the replay; what came until then is kept and shown.\n\n"
            "Exit codes: 0 a whole answer without error; 1 cut off, stopped, an error, or no recording "
            "that can be read;\n"
            "2 wrong usage; 3 SOURCE cannot be read.\n\n"
            "Examples:\n"
            "  lavascope-cli replay file:call.jsonl --events\n"
            "  lavascope-cli replay file:call.jsonl --speed original\n"
            "  curl -sN ... | lavascope-cli replay --json");
    }

    int run(Terminal& terminal) override {
        const QString dialect = QString::fromStdString(m_dialect);
        if (!dialect.isEmpty() && !dialectNames().contains(dialect)) {
            terminal.note(QStringLiteral("There is no dialect \"%1\". Known: %2.")
                              .arg(dialect, dialectNames().join(QStringLiteral(", "))));
            return int(ExitCode::Usage);
        }
        const std::optional<ReplayPace> pace = replayPaceByName(QString::fromStdString(m_speed));
        if (!pace) {
            terminal.note(QStringLiteral("\"%1\" is no speed. Give once, original, or a number from 0.01 to "
                                         "1000000, e.g. x2.")
                              .arg(QString::fromStdString(m_speed)));
            return int(ExitCode::Usage);
        }
        SourceReader sources(terminal);
        const Result<QByteArray> bytes =
            sources.bytes(QString::fromStdString(m_source), SourceReader::largestRecording);
        if (!bytes)
            return report(terminal, bytes.error());
        Result<Recording> recording = recordingIn(*bytes);
        if (!recording) {
            terminal.note(recording.error().message);
            return int(ExitCode::Bad);
        }
        return play(terminal, *std::move(recording), *pace);
    }

private:
    /// The last attempt of a recording, or a bare body, which may be empty here.
    static Result<Recording> recordingIn(const QByteArray& bytes) {
        if (bytes.isEmpty())
            return recordingOfBody(bytes);
        return readRecordingOrBody(bytes).map([](Recording recording) {
            recording.attempts.erase(recording.attempts.begin(), recording.attempts.end() - 1);
            return recording;
        });
    }

    int play(Terminal& terminal, Recording recording, ReplayPace pace) const {
        if (!m_url.empty())
            recording.request.url = QByteArray::fromStdString(m_url);
        const bool isTimed = hasTimes(recording);
        if (!pace.isAtOnce() && !isTimed) {
            terminal.note(u"Note: there are no times in it, so it is read at once.");
            pace = ReplayPace::atOnce();
        }
        Workbench workbench;
        ReplayOutput output(terminal, format(), isTimed);
        const QString dialect = QString::fromStdString(m_dialect);
        if (pace.isAtOnce())
            return output.showAtOnce(recording, dialect, workbench.rules());
        const Result<std::unique_ptr<Run>> run = workbench.replay(recording, pace, dialect);
        if (!run)
            return report(terminal, run.error());
        if (m_json && terminal.errIsTty())
            terminal.note(QStringLiteral("The document comes at the end, in %1 s.")
                              .arg(std::chrono::ceil<std::chrono::seconds>(
                                       pace.playedAfter(endingOf(recording.attempts.back()).at))
                                       .count()));
        return output.follow(**run);
    }

    SendFormat format() const {
        return m_events ? SendFormat::Events
               : m_raw  ? SendFormat::Raw
               : m_json ? SendFormat::Json
                        : SendFormat::Text;
    }

    std::string m_source = "-";
    std::string m_url;
    std::string m_dialect;
    std::string m_speed = "once";
    bool m_json = false;
    bool m_text = false;
    bool m_events = false;
    bool m_raw = false;
};

} // namespace

std::unique_ptr<Command> makeReplay() {
    return std::make_unique<Replay>();
}

} // namespace lavascope
