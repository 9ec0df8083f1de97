// SPDX-License-Identifier: MIT
#include "core/token/compare_tokens.h"

#include <algorithm>

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

bool isSame(const TokenFieldReport& left, const TokenFieldReport& right) {
    if (left.state != right.state)
        return false;
    return left.state != FieldState::Value ||
           (left.isText == right.isText && left.value == right.value && left.secret == right.secret);
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
    return left.credential == right.credential
               ? QStringLiteral("They are the same, byte for byte.")
               : QStringLiteral("They say the same, but are written differently.");
}

} // namespace

TokenComparison compareTokens(const TokenReport& left, const TokenReport& right) {
    TokenComparison comparison;
    const std::vector<TokenFieldReport> leftFields = allFields(left);
    const std::vector<TokenFieldReport> rightFields = allFields(right);
    const auto add = [&](const QString& name) {
        const bool known = std::any_of(comparison.fields.begin(), comparison.fields.end(),
                                       [&](const ComparedField& field) { return field.name == name; });
        if (known)
            return;
        ComparedField field{name, fieldOf(leftFields, name), fieldOf(rightFields, name), false};
        field.same = isSame(field.left, field.right);
        comparison.fields.push_back(std::move(field));
    };
    for (const TokenFieldReport& field : leftFields)
        add(field.name);
    for (const TokenFieldReport& field : rightFields)
        add(field.name);
    comparison.same = !left.fields.empty() && !right.fields.empty() && left.kind == right.kind &&
                      std::all_of(comparison.fields.begin(), comparison.fields.end(),
                                  [](const ComparedField& field) { return field.same; });
    comparison.headline = headlineOf(left, right, comparison);
    return comparison;
}

} // namespace lavascope
