// SPDX-License-Identifier: MIT
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/source.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace lavascope {

namespace {

/// One field of two credentials, side by side; null pointers where a credential has no such field.
struct FieldPair {
    QString name;
    const TokenFieldReport* left = nullptr;
    const TokenFieldReport* right = nullptr;
};

const TokenFieldReport* fieldOf(const TokenReport& report, const QString& name) {
    const auto found = std::find_if(report.fields.begin(), report.fields.end(),
                                    [&](const TokenFieldReport& field) { return field.name == name; });
    return found == report.fields.end() ? nullptr : &*found;
}

std::vector<FieldPair> fieldPairs(const TokenReport& left, const TokenReport& right) {
    std::vector<FieldPair> pairs;
    for (const TokenFieldReport& field : left.fields)
        pairs.push_back({field.name, &field, fieldOf(right, field.name)});
    for (const TokenFieldReport& field : right.fields)
        if (!fieldOf(left, field.name))
            pairs.push_back({field.name, nullptr, &field});
    return pairs;
}

FieldState stateOf(const TokenFieldReport* field) {
    return field ? field->state : FieldState::Absent;
}

bool isSame(const FieldPair& pair) {
    if (stateOf(pair.left) != stateOf(pair.right))
        return false;
    if (stateOf(pair.left) != FieldState::Value)
        return true;
    return pair.left->value == pair.right->value && pair.left->secret == pair.right->secret &&
           pair.left->masked == pair.right->masked;
}

// Of unknown fields only the names are known, so their values can only be trusted to be equal as a whole.
bool areSame(const TokenReport& left, const TokenReport& right, const std::vector<FieldPair>& pairs) {
    const bool hasUnknown = !left.unknownFields.isEmpty() || !right.unknownFields.isEmpty();
    if (pairs.empty() || left.kind != right.kind || (hasUnknown && left.credential != right.credential))
        return false;
    return std::all_of(pairs.begin(), pairs.end(), isSame);
}

QString shown(const TokenFieldReport* field) {
    if (stateOf(field) == FieldState::Absent)
        return QStringLiteral("(absent)");
    if (stateOf(field) == FieldState::Null)
        return QStringLiteral("null");
    const QString text = field->masked.isEmpty() ? field->value : field->masked;
    return field->fingerprint.isEmpty() ? text
                                        : QStringLiteral("%1 (fingerprint %2)").arg(text, field->fingerprint);
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
            "Fields are compared, not the way of writing: order, blanks and line wraps do not count. Secrets "
            "are told\n"
            "apart by their fingerprints and never shown. Only one of the two can be -.\n\n"
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
        const Result<QByteArray> first = sources.bytesOrLiteral(QString::fromStdString(m_left));
        if (!first)
            return report(terminal, first.error());
        const Result<QByteArray> second = sources.bytesOrLiteral(QString::fromStdString(m_right));
        if (!second)
            return report(terminal, second.error());
        const TokenReport left = inspectToken(*first);
        const TokenReport right = inspectToken(*second);
        const std::vector<FieldPair> pairs = fieldPairs(left, right);
        const bool same = areSame(left, right, pairs);
        if (m_json)
            writeJson(terminal, left, right, pairs, same);
        else
            print(terminal, left, right, pairs, same);
        return int(same ? ExitCode::Fine : ExitCode::Bad);
    }

private:
    static void writeSide(json::Writer& writer, const char* name, const TokenFieldReport* field) {
        TokenFieldReport side = field ? *field : TokenFieldReport();
        side.name.clear(); // it stands once, above both sides
        writer.name(name);
        writeTokenField(writer, side, false);
    }

    static void writeJson(Terminal& terminal, const TokenReport& left, const TokenReport& right,
                          const std::vector<FieldPair>& pairs, bool same) {
        json::Writer writer;
        writer.beginObject();
        writer.member("same", same);
        writer.member("left_headline", left.headline);
        writer.member("right_headline", right.headline);
        writer.member("left_unknown_fields", left.unknownFields);
        writer.member("right_unknown_fields", right.unknownFields);
        writer.name("fields");
        writer.beginArray();
        for (const FieldPair& pair : pairs) {
            writer.beginObject();
            writer.member("name", pair.name);
            writer.member("same", isSame(pair));
            writeSide(writer, "left", pair.left);
            writeSide(writer, "right", pair.right);
            writer.endObject();
        }
        writer.endArray();
        writer.endObject();
        terminal.writeJson(writer.bytes());
    }

    static void print(Terminal& terminal, const TokenReport& left, const TokenReport& right,
                      const std::vector<FieldPair>& pairs, bool same) {
        terminal.printLine(same ? QStringLiteral("The fields are the same.")
                                : QStringLiteral("They differ."));
        terminal.printLine(QStringLiteral("  left   ") + left.headline);
        terminal.printLine(QStringLiteral("  right  ") + right.headline);
        for (const FieldPair& pair : pairs)
            terminal.printLine(
                isSame(pair) ? QStringLiteral("  = %1  %2").arg(pair.name.leftJustified(18), shown(pair.left))
                             : QStringLiteral("  ! %1  %2  |  %3")
                                   .arg(pair.name.leftJustified(18), shown(pair.left), shown(pair.right)));
        printUnknown(terminal, u"left", left);
        printUnknown(terminal, u"right", right);
    }

    static void printUnknown(Terminal& terminal, QStringView side, const TokenReport& report) {
        if (!report.unknownFields.isEmpty())
            terminal.printLine(QStringLiteral("  %1 also has %2, whose values are not compared")
                                   .arg(side, report.unknownFields.join(QStringLiteral(", "))));
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
