// SPDX-License-Identifier: MIT
#include "core/token/compare_tokens.h"

#include "core/json/document.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace lavascope {

namespace {

std::vector<TokenFieldReport> allFields(const TokenReport& report) {
    std::vector<TokenFieldReport> all = report.fields;
    all.insert(all.end(), report.unknown.begin(), report.unknown.end());
    return all;
}

TokenFieldReport fieldOf(const std::vector<TokenFieldReport>& fields, const QString& name) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const TokenFieldReport& field) { return field.name == name; });
    if (found != fields.end())
        return *found;
    TokenFieldReport absent;
    absent.name = name;
    return absent;
}

/// Whether two JSON texts hold the same: blanks and escapes do not count; the order of members does, and so
/// does the way a number is written.
bool isSameJson(const QByteArray& left, const QByteArray& right) {
    json::Document leftDocument;
    json::Document rightDocument;
    if (leftDocument.scan(left) || rightDocument.scan(right))
        return left == right;
    std::vector<std::pair<json::View, json::View>> open{{leftDocument.root(), rightDocument.root()}};
    while (!open.empty()) {
        const auto [one, other] = open.back();
        open.pop_back();
        const bool isAlike =
            one.kind() == other.kind() && one.size() == other.size() && one.name() == other.name();
        if (!isAlike || one.toString() != other.toString() || (one.isNumber() && one.raw() != other.raw()))
            return false;
        if (one.nextSibling().exists())
            open.emplace_back(one.nextSibling(), other.nextSibling());
        if (one.size() > 0)
            open.emplace_back(one.firstChild(), other.firstChild());
    }
    return true;
}

bool isSame(const ComparedField& field) {
    const TokenFieldReport& left = field.left;
    const TokenFieldReport& right = field.right;
    if (left.state != right.state || left.isText != right.isText)
        return false;
    if (left.state != FieldState::Value)
        return true;
    if (left.isText && field.isKnown)
        return left.value == right.value && left.secret == right.secret;
    // Which of the two holds it depends on whether it looks like a key.
    const auto jsonOf = [](const TokenFieldReport& side) {
        return side.secret.isEmpty() ? side.value.toUtf8() : side.secret.reveal();
    };
    return isSameJson(jsonOf(left), jsonOf(right));
}

bool hasFinding(const TokenReport& report, const char* code) {
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const Finding& finding) { return finding.code.startsWith(QLatin1String(code)); });
}

/// Why equal fields do not yet mean that two tokens say the same; empty if they do. Asked only where they are
/// not the same bytes.
QString doubt(const TokenReport& left, const TokenReport& right) {
    const auto sides = [&](const char* code) -> QString {
        const bool inLeft = hasFinding(left, code);
        const bool inRight = hasFinding(right, code);
        if (inLeft && inRight)
            return QStringLiteral("each of them");
        return inLeft ? QStringLiteral("the first") : inRight ? QStringLiteral("the second") : QString();
    };
    if (const QString side = sides("duplicate_field"); !side.isEmpty())
        return QStringLiteral("They are not the same: in %1 a field stands twice, and which one counts is "
                              "not defined.")
            .arg(side);
    for (const char* code : {"base64_", "not_utf8", "json_invalid"})
        if (const QString side = sides(code); !side.isEmpty())
            return QStringLiteral("They cannot be called the same: %1 is damaged, and was read in part only.")
                .arg(side);
    if (const QString side = sides("more_findings"); !side.isEmpty())
        return QStringLiteral("They cannot be called the same: %1 holds more fields than are compared.")
            .arg(side);
    return {};
}

QString listed(const QStringList& names) {
    if (names.size() == 1)
        return names.first();
    return names.mid(0, names.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + names.last();
}

QString kindOf(const TokenReport& report) {
    return QString::fromLatin1(kindName(report.kind)).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString unreadable(const QString& side) {
    return QStringLiteral("They cannot be compared: %1 is no credential that can be read.").arg(side);
}

QString headlineOf(const TokenReport& left, const TokenReport& right, const TokenComparison& comparison) {
    if (left.fields.empty() || right.fields.empty())
        return unreadable(left.fields.empty() ? QStringLiteral("the first") : QStringLiteral("the second"));
    if (left.kind != right.kind)
        return QStringLiteral("They differ in kind: the first is a %1, the second a %2.")
            .arg(kindOf(left), kindOf(right));
    QStringList differing;
    for (const ComparedField& field : comparison.fields)
        if (!field.same)
            differing.append(field.name);
    if (!differing.isEmpty())
        return QStringLiteral("They differ in %1.").arg(listed(differing));
    if (left.credential == right.credential)
        return QStringLiteral("They are the same, byte for byte.");
    const QString reason = doubt(left, right);
    return reason.isEmpty() ? QStringLiteral("They say the same, but are written differently.") : reason;
}

} // namespace

TokenComparison compareTokens(const TokenReport& left, const TokenReport& right) {
    TokenComparison comparison;
    const std::vector<TokenFieldReport> leftFields = allFields(left);
    const std::vector<TokenFieldReport> rightFields = allFields(right);
    const auto add = [&](const QString& name, bool isKnown) {
        const bool wasAdded = std::any_of(comparison.fields.begin(), comparison.fields.end(),
                                          [&](const ComparedField& field) { return field.name == name; });
        if (wasAdded)
            return;
        ComparedField field{name, fieldOf(leftFields, name), fieldOf(rightFields, name), isKnown, false};
        field.same = isSame(field);
        comparison.fields.push_back(std::move(field));
    };
    for (const TokenReport* side : {&left, &right})
        for (const TokenFieldReport& field : side->fields)
            add(field.name, true);
    for (const TokenReport* side : {&left, &right})
        for (const TokenFieldReport& field : side->unknown)
            add(field.name, false);
    const bool areRead = !left.fields.empty() && !right.fields.empty() && left.kind == right.kind;
    comparison.same = areRead &&
                      std::all_of(comparison.fields.begin(), comparison.fields.end(),
                                  [](const ComparedField& field) { return field.same; }) &&
                      (left.credential == right.credential || doubt(left, right).isEmpty());
    comparison.headline = headlineOf(left, right, comparison);
    return comparison;
}

} // namespace lavascope
