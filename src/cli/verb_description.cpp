// SPDX-License-Identifier: MIT
#include "cli/verb_description.h"

#include "cli/error_name.h"
#include "core/stream/stream_reader.h"

#include <QRegularExpression>

#include <CLI/CLI.hpp>

#include <set>

namespace lavascope {

namespace {

// What a value is called tells what there is to choose from, where the parser itself does not.
QStringList valuesCalled(const QString& placeholder, const QString& option, const QStringList& providers) {
    if (placeholder == QLatin1String("ID"))
        return providers;
    if (placeholder == QLatin1String("D"))
        return dialectNames();
    if (placeholder == QLatin1String("SPEED"))
        return {QStringLiteral("once"), QStringLiteral("original"), QStringLiteral("x2"),
                QStringLiteral("x10")};
    if (placeholder == QLatin1String("FIELD"))
        return {QStringLiteral("customer_id"), QStringLiteral("meter_slug"), QStringLiteral("provider_key")};
    if (placeholder == QLatin1String("SPEC"))
        return {QStringLiteral("429"), QStringLiteral("503"), QStringLiteral("cut"), QStringLiteral("hang"),
                QStringLiteral("drop")};
    if (placeholder == QLatin1String("auto|VALUE"))
        return {QStringLiteral("auto")};
    if (option == QLatin1String("--error"))
        return errorNames();
    return {};
}

QStringList longNames(const std::set<CLI::Option*>& options) {
    QStringList names;
    for (const CLI::Option* option : options)
        names += QString::fromStdString(option->get_name());
    names.sort();
    return names;
}

QStringList namesOf(const CLI::Option& option) {
    QStringList names;
    for (const std::string& name : option.get_snames())
        names += QLatin1Char('-') + QString::fromStdString(name);
    for (const std::string& name : option.get_lnames())
        names += QStringLiteral("--") + QString::fromStdString(name);
    if (names.isEmpty())
        names += QString::fromStdString(option.get_name(true));
    return names;
}

// The parser joins what a value is called and what its checks say about it: `N:INT in [0 - 20]`.
void takeType(OptionDescription& to, const QString& type, const QStringList& providers) {
    static const QRegularExpression parts(
        QStringLiteral("^(.*?)(?::\\{(.*)\\}|:(?:INT|FLOAT) in \\[(.*)\\])?$"));
    const QRegularExpressionMatch match = parts.match(type);
    to.placeholder = match.captured(1);
    to.values = match.captured(2).split(QLatin1Char(','), Qt::SkipEmptyParts);
    to.range = match.captured(3);
    if (to.values.isEmpty())
        to.values = valuesCalled(to.placeholder, to.names.constLast(), providers);
}

OptionDescription describeOption(CLI::Option& option, const QStringList& providers) {
    OptionDescription described;
    described.names = namesOf(option);
    described.text = QString::fromStdString(option.get_description());
    described.isPositional = option.get_positional();
    described.isRequired = option.get_required();
    described.mayRepeat = option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll &&
                          option.get_items_expected_max() > 0;
    described.onlyWith = longNames(option.get_needs());
    described.notWith = longNames(option.get_excludes());
    if (option.get_items_expected_max() > 0 && option.get_expected_min() > 0) {
        takeType(described, QString::fromStdString(option.get_type_name()), providers);
        described.usual = QString::fromStdString(option.get_default_str());
    }
    return described;
}

// Of the options in a group at most one may be given.
QList<OptionDescription> membersOfGroup(QList<OptionDescription> members) {
    QStringList all;
    for (const OptionDescription& member : members)
        all += member.names.constLast();
    for (OptionDescription& member : members) {
        member.notWith += all;
        member.notWith.removeAll(member.names.constLast());
        member.notWith.sort();
    }
    return members;
}

} // namespace

VerbDescription describe(CLI::App& app, const QStringList& providers) {
    VerbDescription described;
    described.name = QString::fromStdString(app.get_name());
    described.text = QString::fromStdString(app.get_description());
    described.footer = QString::fromStdString(app.get_footer());
    for (CLI::Option* option : app.get_options())
        described.options += describeOption(*option, providers);
    for (CLI::App* sub : app.get_subcommands([](CLI::App* /*any*/) { return true; })) {
        VerbDescription below = describe(*sub, providers);
        if (!below.name.isEmpty())
            described.verbs += std::move(below);
        else // a group of options, which belong to the verb itself
            described.options +=
                sub->get_require_option_max() == 1 ? membersOfGroup(below.options) : below.options;
    }
    return described;
}

} // namespace lavascope
