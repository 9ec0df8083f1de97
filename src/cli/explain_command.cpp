// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/diagnosis_text.h"
#include "cli/error_name.h"
#include "cli/json_output.h"
#include "cli/source.h"
#include "core/request/header_rules.h"
#include "core/stream/stream_reader.h"
#include "session/workbench.h"

#include <QDateTime>

#include <CLI/CLI.hpp>

#include <utility>

namespace lavascope {

namespace {

// The body read as a call would have read it: it may be a stream that holds an error.
Transcript transcriptOf(const Outcome& outcome) {
    Attempt attempt;
    attempt.status = outcome.status;
    attempt.headers = outcome.headers;
    attempt.chunks.push_back({std::chrono::microseconds(0), outcome.body});
    attempt.ending = outcome.ending.value_or(Ending{EndReason::Finished, {}, {}, 1});
    StreamHints hints;
    hints.url = outcome.url;
    return readAttempt(attempt, hints).transcript();
}

/// `explain`
class Explain final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("explain",
                                      "Say what an answer means, whose fault it is and whether to try again");
        m_app->add_option("--status", m_status, "The HTTP status")
            ->check(CLI::Range(100, 999))
            ->type_name("N");
        m_app
            ->add_option("--error", m_error,
                         "How the transport saw it end, in the words of a recording; names are below")
            ->type_name("NAME");
        m_app->add_option("--header", m_headers, "A header of the answer; may be repeated")
            ->type_name("'K: V'")
            ->expected(1)
            ->take_all();
        m_app->add_option("--body", m_body, "The body of the answer")->type_name("SOURCE");
        m_app->add_option("--url", m_url, "The URL that was called")->type_name("URL");
        m_app->add_option("--token", m_token, "The token or key that was sent, to look for mistakes in it")
            ->type_name("SOURCE");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "Nothing is sent. The headers tell when to try again and who wrote the error, the body tells "
            "why, the URL tells\n"
            "which provider was asked. The body is read only with --body.\n\n"
            "Names for --error:\n" +
            errorNamesInLines() +
            "A certificate that was refused can be asked about in detail: tls_expired, tls_wrong_host and so "
            "on. cut_off means inside an\n"
            "answer of status 200 unless --status says otherwise.\n\n"
            "Exit codes: 0 explained, whatever it means; 2 wrong usage, or neither a usable --status nor "
            "--error; 3 a SOURCE cannot be\n"
            "read.\n\n"
            "Examples:\n"
            "  lavascope-cli explain --status 429 --header 'Retry-After: 7'\n"
            "  lavascope-cli explain --status 400 --body file:answer.json --json\n"
            "  lavascope-cli explain --status 401 --token env:LAVA_TOKEN\n"
            "  lavascope-cli explain --error tls_expired --url https://api.lava.so/");
    }

    int run(Terminal& terminal) override {
        Outcome outcome;
        outcome.status = m_status;
        if (!m_error.empty()) {
            const Result<Ending> ending = endingByErrorName(textOf(m_error));
            if (!ending)
                return report(terminal, ending.error());
            outcome.ending = *ending;
        } else if (m_status == 0) {
            return report(terminal, Error{QStringLiteral("status_missing"),
                                          QStringLiteral("There is nothing to explain."),
                                          QStringLiteral("Give --status, --error or both.")});
        }
        if (outcome.ending && outcome.ending->reason == EndReason::CutOff && m_status == 0)
            outcome.status = 200; // nothing breaks off inside an answer that has no status
        outcome.url = QByteArray::fromStdString(m_url);
        outcome.nowMs = QDateTime::currentMSecsSinceEpoch();
        for (const std::string& line : m_headers) {
            const Result<Headers::Field> field = parseHeaderLine(QByteArray::fromStdString(line));
            // What a server sent may be reserved for us to send.
            if (!field && field.error().code != QStringLiteral("header_reserved"))
                return report(terminal, field.error());
            if (field)
                outcome.headers.append(field->name, field->value);
        }
        SourceReader sources(terminal);
        if (!m_token.empty()) {
            const Result<Secret> token = sources.secret(QString::fromStdString(m_token), u"Token or key");
            if (!token)
                return report(terminal, token.error());
            outcome.authorization = Secret("Bearer " + token->reveal());
        }
        std::optional<Transcript> transcript;
        if (!m_body.empty()) {
            const Result<QByteArray> body = sources.bytes(QString::fromStdString(m_body));
            if (!body)
                return report(terminal, body.error());
            outcome.body = *body;
            transcript = transcriptOf(outcome);
        }
        const Workbench workbench;
        show(terminal, diagnose(workbench.rules(), outcome, transcript ? &*transcript : nullptr));
        return int(ExitCode::Fine);
    }

private:
    void show(Terminal& terminal, const Diagnosis& diagnosis) const {
        if (m_json) {
            json::Writer writer;
            writeDiagnosis(writer, diagnosis);
            terminal.writeJson(writer.bytes());
            return;
        }
        Ink ink = Ink::Strong; // the title: here it is the answer to a question
        for (const QString& line : diagnosisLines(diagnosis))
            terminal.printLine(line, std::exchange(ink, Ink::Plain));
    }

    int m_status = 0;
    std::string m_error;
    std::vector<std::string> m_headers;
    std::string m_body;
    std::string m_url;
    std::string m_token;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeExplain() {
    return std::make_unique<Explain>();
}

} // namespace lavascope
