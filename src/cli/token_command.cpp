// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/source.h"
#include "cli/token_options.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace lavascope {

namespace {

QString padded(const QString& text, int width) {
    return text.leftJustified(width);
}

QString spaced(const char* name) {
    return QString::fromLatin1(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// Cuts bytes into lines as they come, and asks about each that is not blank whether it is usable.
class LineInspector {
public:
    explicit LineInspector(std::function<bool(const QByteArray&)> isUsable)
        : m_isUsable(std::move(isUsable)) {}

    void feed(QByteArrayView bytes) {
        while (true) {
            const qsizetype lineEnd = bytes.indexOf('\n');
            keep(lineEnd < 0 ? bytes : bytes.first(lineEnd));
            if (lineEnd < 0)
                return;
            take();
            bytes = bytes.sliced(lineEnd + 1);
        }
    }
    int end() {
        take();
        return int(m_allUsable ? ExitCode::Fine : ExitCode::Bad);
    }

private:
    // One byte more than a token may have, so that the report can say that it is too long.
    void keep(QByteArrayView part) {
        m_line.append(part.first(qMin(part.size(), SourceReader::largestInput + 1 - m_line.size())));
    }
    void take() {
        if (!m_line.trimmed().isEmpty())
            m_allUsable = m_isUsable(m_line) && m_allUsable;
        m_line.clear();
    }

    std::function<bool(const QByteArray&)> m_isUsable;
    QByteArray m_line;
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
        m_app->add_flag("--lines", m_lines, "One credential a line in, one JSON document a line out");
        m_app->add_flag("--reveal", m_reveal, "Show the secrets too");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "A forward token given here itself can be seen by other users of this computer, and a bare "
            "secret key is refused.\n"
            "With --lines each answer comes out as soon as its line has come in; blank lines are passed "
            "over.\n\n"
            "Exit codes: 0 usable; 1 not usable (--lines: at least one is not); 2 wrong usage; 3 SOURCE "
            "cannot be read.\n\n"
            "Examples:\n"
            "  lavascope-cli token inspect < token.txt\n"
            "  lavascope-cli token inspect env:LAVA_TOKEN --json\n"
            "  lavascope-cli token inspect --lines file:tokens.txt");
    }

    int run(Terminal& terminal) override {
        return m_lines && m_source == "-" ? inspectStream(terminal) : inspectWhole(terminal);
    }

private:
    int inspectWhole(Terminal& terminal) {
        SourceReader sources(terminal);
        const Result<QByteArray> text = sources.bytesOrLiteral(QString::fromStdString(m_source));
        if (!text)
            return report(terminal, text.error());
        if (!m_lines)
            return int(show(terminal, inspectToken(*text), m_json) ? ExitCode::Fine : ExitCode::Bad);
        LineInspector lines([&](const QByteArray& line) { return show(terminal, inspectToken(line), true); });
        lines.feed(*text);
        return lines.end();
    }

    // Line by line as they come, so that it can stand in a pipe.
    int inspectStream(Terminal& terminal) {
        LineInspector lines([&](const QByteArray& line) { return show(terminal, inspectToken(line), true); });
        while (terminal.outIsOpen()) {
            constexpr qint64 piece = 64 * 1024;
            const QByteArray more = terminal.in().read(piece);
            if (more.isEmpty())
                break;
            lines.feed(more);
        }
        return lines.end();
    }

    bool show(Terminal& terminal, const TokenReport& report, bool asJson) const {
        if (asJson) {
            json::Writer writer;
            writeTokenReport(writer, report, m_reveal);
            terminal.writeJson(writer.bytes());
        } else {
            print(terminal, report);
        }
        return report.usable;
    }

    void print(Terminal& terminal, const TokenReport& report) const {
        terminal.printLine(report.headline);
        terminal.printLine(QStringLiteral("  %1 · %2 · payer: %3 · %4")
                               .arg(spaced(kindName(report.kind)), spaced(modeName(report.mode)),
                                    spaced(payerName(report.payer)),
                                    report.usable ? QStringLiteral("usable") : QStringLiteral("not usable")));
        if (!report.fields.empty())
            terminal.printLine(u"");
        for (const TokenFieldReport& field : report.fields) {
            QString line = QStringLiteral("  ") + padded(field.name, 18);
            if (field.state == FieldState::Value)
                line += field.masked.isEmpty() ? field.value : field.masked;
            else
                line += field.state == FieldState::Null ? QStringLiteral("null") : QStringLiteral("(absent)");
            if (!field.fingerprint.isEmpty())
                line += QStringLiteral("   fingerprint ") + field.fingerprint;
            terminal.printLine(line);
            if (m_reveal && !field.secret.isEmpty())
                terminal.printLine(QStringLiteral("  ") + padded(QString(), 18) +
                                   QString::fromUtf8(field.secret.reveal()));
        }
        if (!report.layers.isEmpty())
            terminal.printLine(QStringLiteral("\n  peeled off: ") +
                               QString(report.layers.join(QStringLiteral(", ")))
                                   .replace(QLatin1Char('_'), QLatin1Char(' ')));
        if (!report.findings.empty())
            terminal.printLine(u"");
        for (const Finding& finding : report.findings) {
            const QString where =
                finding.range ? QStringLiteral(" at byte %1").arg(finding.range->begin) : QString();
            terminal.printLine(
                QStringLiteral("  %1%2: %3")
                    .arg(QString::fromLatin1(severityName(finding.severity)), where, finding.message));
            if (!finding.fix.isEmpty())
                terminal.printLine(QStringLiteral("    fix: ") + finding.fix);
        }
    }

    std::string m_source = "-";
    bool m_lines = false;
    bool m_reveal = false;
    bool m_json = false;
};

/// `token build`
class TokenBuild final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app =
            parent.add_subcommand("build", "Build a forward token, byte for byte as the official SDK does");
        m_options.declare(*m_app);
        m_app->get_option("--secret-key")->required();
        auto* header = m_app->add_flag("--header", m_header, "Print the whole Authorization header");
        m_app->add_flag("--json", m_json, "One JSON document on standard output: token, header, payer")
            ->excludes(header);
        m_app->footer(
            "A field is absent, null (--null) or has a value: the gateway tells these apart. A file with a "
            "secret must be\n"
            "readable by you alone; a line break at its end is dropped. The token is as secret as the key "
            "in it.\n\n"
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
        const QByteArray header = "Authorization: Bearer " + *token;
        if (m_json)
            writeBuilt(terminal, *token, header);
        else
            terminal.writeBytes((m_header ? header : *token) + '\n');
        return int(ExitCode::Fine);
    }

private:
    static void writeBuilt(Terminal& terminal, const QByteArray& token, const QByteArray& header) {
        json::Writer writer;
        writer.beginObject();
        writer.member("token", QString::fromLatin1(token));
        writer.member("header", QString::fromLatin1(header));
        writer.member("payer", payerName(inspectToken(token).payer));
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    TokenOptions m_options;
    bool m_header = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeTokenInspect() {
    return std::make_unique<TokenInspect>();
}

std::unique_ptr<Command> makeTokenBuild() {
    return std::make_unique<TokenBuild>();
}

} // namespace lavascope
