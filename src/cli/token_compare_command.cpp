// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/source.h"
#include "core/token/compare_tokens.h"

#include <CLI/CLI.hpp>

namespace lavascope {

namespace {

QString shown(const TokenFieldReport& field) {
    if (field.state == FieldState::Absent)
        return QStringLiteral("(absent)");
    if (field.state == FieldState::Null)
        return QStringLiteral("null");
    const QString text = field.masked.isEmpty() ? field.value : field.masked;
    return field.fingerprint.isEmpty() ? text
                                       : QStringLiteral("%1 (fingerprint %2)").arg(text, field.fingerprint);
}

/// `token compare`
class TokenCompare final : public Command {
public:
    void declare(CLI::App& parent) override {
        m_app = parent.add_subcommand("compare", "Say which fields of two credentials differ");
        m_app->add_option("left", m_left, "-, env:NAME, file:PATH, or the token itself (others can see it)")
            ->required()
            ->type_name("SOURCE");
        m_app->add_option("right", m_right, "The other one")->required()->type_name("SOURCE");
        m_app->add_flag("--json", m_json, "One JSON document on standard output");
        m_app->footer(
            "Fields are compared, not the way of writing: order, blanks and line wraps do not count. Where a "
            "field stands\n"
            "twice nobody knows which one counts, so such a token is the same as its own bytes only. Secrets "
            "are told apart\n"
            "by their fingerprints and never shown. Only one of the two can be -.\n\n"
            "Exit codes: 0 the same fields; 1 they differ, or one cannot be read as a credential; 2 wrong "
            "usage; 3 a SOURCE\n"
            "cannot be read.\n\n"
            "Examples:\n"
            "  export OLD=aks_test_one NEW=aks_test_two\n"
            "  lavascope-cli token compare env:OLD env:NEW\n"
            "  lavascope-cli token build --secret-key env:OLD | lavascope-cli token compare - env:NEW "
            "--json");
    }

    int run(Terminal& terminal) override {
        SourceReader sources(terminal);
        const Result<QByteArray> first = sources.bytesOrLiteral(textOf(m_left));
        if (!first)
            return report(terminal, first.error());
        const Result<QByteArray> second = sources.bytesOrLiteral(textOf(m_right));
        if (!second)
            return report(terminal, second.error());
        const TokenReport left = inspectToken(*first);
        const TokenReport right = inspectToken(*second);
        const TokenComparison comparison = compareTokens(left, right);
        if (m_json)
            writeJson(terminal, left, right, comparison);
        else
            print(terminal, left, right, comparison);
        return int(comparison.same ? ExitCode::Fine : ExitCode::Bad);
    }

private:
    static void writeSide(json::Writer& writer, const char* name, TokenFieldReport side) {
        side.name.clear(); // it stands once, above both sides
        writer.name(name);
        writeTokenField(writer, side, false);
    }

    static void writeJson(Terminal& terminal, const TokenReport& left, const TokenReport& right,
                          const TokenComparison& comparison) {
        json::Writer writer;
        writer.beginObject();
        writer.member("same", comparison.same);
        writer.member("headline", comparison.headline);
        writer.member("left_headline", left.headline);
        writer.member("right_headline", right.headline);
        writer.member("left_unknown_fields", left.unknownFields);
        writer.member("right_unknown_fields", right.unknownFields);
        writer.name("fields");
        writer.beginArray();
        for (const ComparedField& field : comparison.fields) {
            writer.beginObject();
            writer.member("name", field.name);
            writer.member("same", field.same);
            writeSide(writer, "left", field.left);
            writeSide(writer, "right", field.right);
            writer.endObject();
        }
        writer.endArray();
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    static void print(Terminal& terminal, const TokenReport& left, const TokenReport& right,
                      const TokenComparison& comparison) {
        terminal.printLine(comparison.headline);
        terminal.printLine(QStringLiteral("  left   ") + left.headline);
        terminal.printLine(QStringLiteral("  right  ") + right.headline);
        for (const ComparedField& field : comparison.fields) {
            const QString name = field.name.leftJustified(18);
            terminal.printLine(
                field.same
                    ? QStringLiteral("  = %1  %2").arg(name, shown(field.left))
                    : QStringLiteral("  ! %1  %2  |  %3").arg(name, shown(field.left), shown(field.right)));
        }
    }

    std::string m_left;
    std::string m_right;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> makeTokenCompare() {
    return std::make_unique<TokenCompare>();
}

} // namespace lavascope
