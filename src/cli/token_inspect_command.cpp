// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/source.h"
#include "cli/token_batch.h"
#include "cli/token_check.h"
#include "cli/token_lines.h"
#include "cli/token_text.h"
#include "core/token/safe_report.h"
#include "session/workbench.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace lavascope {

namespace {

/// Cuts bytes into whole lines as they come, and writes what each is as soon as it is there.
class LineStream {
public:
    LineStream(Terminal& terminal, bool reveal)
        : m_terminal(terminal)
        , m_reveal(reveal) {}

    void feed(QByteArrayView bytes) {
        const qsizetype lastEnd = bytes.lastIndexOf('\n');
        if (lastEnd < 0) {
            keep(bytes);
            return;
        }
        // A line that began earlier is joined to its end alone, so that the rest need not be copied.
        if (!m_begun.isEmpty()) {
            const qsizetype firstEnd = bytes.indexOf('\n');
            keep(bytes.first(firstEnd));
            write(std::exchange(m_begun, {}));
            bytes = bytes.sliced(firstEnd + 1);
            return feed(bytes);
        }
        write(bytes.first(lastEnd + 1));
        keep(bytes.sliced(lastEnd + 1));
    }
    int end() {
        write(std::exchange(m_begun, {}));
        return int(m_any && m_allUsable ? ExitCode::Fine : ExitCode::Bad);
    }

private:
    // One byte more than a token may have, so that the report can say that it is too long.
    void keep(QByteArrayView part) {
        m_begun.append(part.first(qMin(part.size(), SourceReader::largestInput + 1 - m_begun.size())));
    }
    void write(QByteArrayView lines) {
        m_any = m_any || !lines.trimmed().isEmpty();
        const bool usable = inspectLines(
            lines, m_reveal, [this](QByteArrayView documents) { m_terminal.writeJsonLines(documents); });
        m_allUsable = m_allUsable && usable;
    }

    Terminal& m_terminal;
    bool m_reveal;
    QByteArray m_begun; ///< of a line whose end has not come
    bool m_any = false; ///< credential, usable or not
    bool m_allUsable = true;
};

/// `token inspect`
class TokenInspect final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app =
            parent.add_subcommand("inspect", "Say what a pasted token or key is, with every secret masked");
        m_app
            ->add_option("source", m_source,
                         "-, env:NAME, file:PATH, or the token itself (others can see it then)")
            ->type_name("SOURCE");
        auto* lines =
            m_app->add_flag("--lines", m_lines, "One credential a line in, one JSON document a line out");
        auto* batch = m_app->add_flag(
            "--batch", m_batch,
            "Find every credential in a list, CSV, JSON Lines or log; one JSON line for each");
        auto* reveal = m_app->add_flag("--reveal", m_reveal, "Show the secrets too");
        auto* json = m_app->add_flag("--json", m_json, "One JSON document on standard output");
        auto* csv = m_app->add_flag("--csv", m_csv, "With --batch: CSV, safe to open in a spreadsheet");
        auto* summary = m_app->add_flag("--summary", m_summary,
                                        "With --batch: only how many are live, broken and why, per customer");
        auto* ticket = m_app->add_flag("--report", m_report,
                                       "Markdown for a ticket; refused if a secret were still in it");
        auto* check = m_app->add_flag(
            "--check", m_check, "Ask a gateway whether it knows the key, customer and meter (reads only)");
        auto* gateway = m_app
                            ->add_option("--gateway", m_gateway,
                                         "With --check: which one; by default the one that fits the key")
                            ->type_name("URL")
                            ->needs(check);
        m_app->add_flag("--sandbox", m_sandbox, "With --check: start the built-in gateway and ask that")
            ->needs(check)
            ->excludes(gateway);
        check->excludes(lines)->excludes(batch)->excludes(ticket);
        batch->excludes(lines)->excludes(ticket)->excludes(reveal);
        csv->needs(batch)->excludes(summary)->excludes(json);
        summary->needs(batch);
        ticket->excludes(lines)->excludes(reveal)->excludes(json);
        m_app->footer(
            "A forward token given here itself can be seen by other users of this computer, and a bare "
            "secret key is refused.\n"
            "With --lines each answer comes out as soon as its line has come in; blank lines are passed "
            "over.\n\n"
            "Nothing is sent anywhere without --check.\n\n"
            "Exit codes: 0 usable (and --check: all known); 1 not (--lines, --batch: one is not, or none is "
            "there);\n"
            "2 wrong usage; 3 SOURCE cannot be read; 75 --check may work later.\n\n"
            "Examples:\n"
            "  lavascope-cli token inspect < token.txt\n"
            "  lavascope-cli token inspect env:LAVA_TOKEN --json\n"
            "  lavascope-cli token inspect --lines file:tokens.txt\n"
            "  lavascope-cli token inspect --batch --csv file:customers.csv > checked.csv\n"
            "  lavascope-cli token inspect --batch --summary < gateway.log\n"
            "  lavascope-cli token inspect --report env:LAVA_TOKEN\n"
            "  lavascope-cli token inspect --check env:LAVA_TOKEN");
    }

    int run(Terminal& terminal) override {
        return m_lines && m_source == "-" ? inspectStream(terminal) : inspectWhole(terminal);
    }

private:
    int inspectWhole(Terminal& terminal) {
        SourceReader sources(terminal);
        if (m_batch) {
            const Result<QByteArray> text =
                sources.bytesOrLiteral(textOf(m_source), SourceReader::largestRecording);
            return text ? inspectBatch(terminal, *text, batchOutput()) : report(terminal, text.error());
        }
        const Result<QByteArray> text = sources.bytesOrLiteral(textOf(m_source));
        if (!text)
            return report(terminal, text.error());
        if (m_report)
            return writeReport(terminal, inspectToken(*text));
        if (m_check)
            return check(terminal, inspectToken(*text));
        if (!m_lines)
            return int(show(terminal, inspectToken(*text), m_json) ? ExitCode::Fine : ExitCode::Bad);
        LineStream lines(terminal, m_reveal);
        constexpr qsizetype piece = 1024 * 1024;
        for (qsizetype at = 0; at < text->size() && terminal.outIsOpen(); at += piece)
            lines.feed(QByteArrayView(*text).sliced(at, qMin(piece, text->size() - at)));
        return lines.end();
    }

    // Line by line as they come, so that it can stand in a pipe.
    int inspectStream(Terminal& terminal) {
        LineStream lines(terminal, m_reveal);
        while (terminal.outIsOpen()) {
            const Result<QByteArray> more = terminal.read();
            if (!more) // a line that had begun may be cut, so nothing is said of it
                return report(terminal, more.error());
            if (more->isEmpty())
                break;
            lines.feed(*more);
        }
        return lines.end();
    }

    bool show(Terminal& terminal, const TokenReport& report, bool asJson) const {
        if (asJson) {
            json::Writer writer;
            writeTokenReport(writer, report, m_reveal);
            terminal.writeJson(writer.bytes());
        } else {
            printTokenReport(terminal, report, m_reveal);
        }
        return report.usable;
    }

    int check(Terminal& terminal, const TokenReport& inspected) const {
        Workbench workbench;
        const Result<std::unique_ptr<CredentialCheck>> checked =
            checkInspected(workbench, inspected, {QByteArray::fromStdString(m_gateway), m_sandbox});
        if (!checked && checked.error().code != QStringLiteral("nothing_to_check"))
            return report(terminal, checked.error());
        if (m_json) {
            json::Writer writer;
            writeTokenReport(writer, inspected, m_reveal, [&](json::Writer& more) {
                if (checked)
                    writeCheck(more, **checked);
                else
                    more.member("check", std::optional<QString>());
            });
            terminal.writeJson(writer.bytes());
        } else {
            printTokenReport(terminal, inspected, m_reveal);
            if (checked)
                printCheck(terminal, **checked);
        }
        if (!checked) {
            terminal.note(checked.error().message);
            return int(ExitCode::Bad);
        }
        return inspected.usable ? exitCodeOf(**checked) : int(ExitCode::Bad);
    }

    static int writeReport(Terminal& terminal, const TokenReport& inspected) {
        const Result<QString> text = safeReport(inspected);
        if (!text) {
            (void)report(terminal, text.error());
            return int(ExitCode::Bad);
        }
        terminal.print(*text);
        return int(inspected.usable ? ExitCode::Fine : ExitCode::Bad);
    }

    [[nodiscard]] BatchOutput batchOutput() const {
        if (m_summary)
            return m_json ? BatchOutput::SummaryJson : BatchOutput::Summary;
        return m_csv ? BatchOutput::Csv : BatchOutput::JsonLines;
    }

    std::string m_source = "-";
    bool m_lines = false;
    bool m_batch = false;
    bool m_csv = false;
    bool m_summary = false;
    bool m_report = false;
    bool m_check = false;
    bool m_sandbox = false;
    std::string m_gateway;
    bool m_reveal = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeTokenInspect() {
    return std::make_unique<TokenInspect>();
}

} // namespace lavascope
