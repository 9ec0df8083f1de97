// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/diagnosis_text.h"
#include "cli/json_output.h"
#include "cli/source.h"
#include "core/request/header_rules.h"
#include "session/workbench.h"

#include <QDateTime>

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

/// `explain`
class Explain final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("explain",
                                      "Say what an answer means, whose fault it is and whether to try again");
        m_app->add_option("--status", m_status, "The HTTP status")
            ->required()
            ->check(CLI::Range(100, 999))
            ->type_name("N");
        m_app->add_option("--header", m_headers, "A header of the answer; may be repeated")
            ->type_name("'K: V'")
            ->expected(1)
            ->take_all();
        m_app->add_option("--body", m_body, "The body of the answer")->type_name("SOURCE");
        m_app->add_option("--url", m_url, "The URL that was called")->type_name("URL");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer("Exits with 0 whenever there was an answer to explain.");
    }

    int run(Terminal& terminal) override {
        Outcome outcome;
        outcome.status = m_status;
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
        if (!m_body.empty()) {
            SourceReader sources(terminal);
            const Result<QByteArray> body = sources.bytes(QString::fromStdString(m_body));
            if (!body)
                return report(terminal, body.error());
            outcome.body = *body;
        }
        const Workbench workbench;
        show(terminal, diagnose(workbench.rules(), outcome));
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
        for (const QString& line : diagnosisLines(diagnosis))
            terminal.printLine(line);
    }

    int m_status = 0;
    std::vector<std::string> m_headers;
    std::string m_body;
    std::string m_url;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeExplain() {
    return std::make_unique<Explain>();
}

} // namespace lavascope
