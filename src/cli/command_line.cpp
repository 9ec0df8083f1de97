// SPDX-License-Identifier: MIT
#include "cli/command_line.h"

#include "cli/command.h"
#include "core/provider/provider_catalogue.h"

#include <QRegularExpression>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>

namespace lavascope {

namespace {

constexpr const char* programName = "lavascope-cli";
constexpr const char* overview =
    "Inspect calls, streams and tokens of the Lava AI Gateway.\n\n"
    "SOURCE, wherever a secret, token or body is read, is '-' (standard input), 'env:NAME', 'file:PATH'\n"
    "or 'keychain:NAME' (see key add); secrets are never taken from the command line itself, where others\n"
    "can see them. At a terminal '-' asks for a secret, shows nothing of it, and takes it at Enter.\n";

constexpr const char* footer =
    "Exit codes: 0 fine; 1 the thing looked at is bad, or the call failed for good; 2 wrong usage; 3 trouble "
    "on this\n"
    "computer (file, port, key store); 75 failed, but worth trying again later.\n\n"
    "Try: lavascope-cli send --sandbox --prompt 'When is high tide in Brest?'";

std::vector<std::unique_ptr<Command>> declareAll(CLI::App& app) {
    app.footer(footer);
    app.set_version_flag("--version", std::string(programName) + " " + LAVASCOPE_VERSION);
    app.require_subcommand(1);
    CLI::App* token = app.add_subcommand("token", "Decode, build and compare credentials");
    CLI::App* key = app.add_subcommand("key", "Keys in the key store of this system, under names");
    CLI::App* url = app.add_subcommand("url", "Build and take apart forward URLs");
    token->require_subcommand(1);
    key->require_subcommand(1);
    url->require_subcommand(1);

    std::vector<std::unique_ptr<Command>> commands;
    const auto declare = [&](std::unique_ptr<Command> command, CLI::App& parent) {
        command->declare(parent);
        commands.push_back(std::move(command));
    };
    declare(makeTokenInspect(), *token);
    declare(makeTokenBuild(), *token);
    declare(makeTokenCompare(), *token);
    declare(makeKeyList(), *key);
    declare(makeKeyAdd(), *key);
    declare(makeKeyRemove(), *key);
    declare(makeUrlBuild(), *url);
    declare(makeUrlInspect(), *url);
    declare(makeProviders(), app);
    declare(makeSend(), app);
    declare(makeReplay(), app);
    declare(makeExplain(), app);
    declare(makeSandbox(), app);
    declare(makeDoctor(), app);
    return commands;
}

// The parser takes `--name=` for `--name` and would swallow the next word as its value. A zero byte, which no
// argument of a process can hold, keeps the place.
constexpr char emptyValueMark = '\0';

// Back to front, as the parser wants them.
std::vector<std::string> parserArguments(const QStringList& arguments) {
    std::vector<std::string> reversed;
    for (auto argument = arguments.crbegin(); argument != arguments.crend(); ++argument) {
        std::string text = argument->toStdString();
        if (text.starts_with("--") && text.find('=') == text.size() - 1)
            text += emptyValueMark;
        reversed.push_back(std::move(text));
    }
    return reversed;
}

std::string withoutMark(std::string value) {
    if (value.ends_with(emptyValueMark))
        value.pop_back();
    return value;
}

/// What holds for every option of every verb.
void refine(CLI::App& app) {
    for (CLI::App* sub : app.get_subcommands([](CLI::App* /*any*/) { return true; }))
        refine(*sub);
    for (CLI::Option* option : app.get_options()) {
        if (option->get_items_expected_max() == 0)
            continue;
        option->transform(withoutMark);
        option->allow_extra_args(false); // one word an option: the next word may be anything
    }
}

/// Lava's own keys have prefixes that mean nothing else, so that one is recognised wherever it stands.
bool holdsSecretKey(const QString& argument) {
    static const QRegularExpression key(
        QStringLiteral("(?:aks_live_|aks_test_|lava_sk_|lava_wk_)[A-Za-z0-9_-]+"));
    return key.match(argument).hasMatch();
}

CLI::App* chosen(CLI::App& app) {
    CLI::App* at = &app;
    while (!at->get_subcommands().empty())
        at = at->get_subcommands().front();
    return at;
}

bool isPlainOptionName(const std::string& word) {
    static const QRegularExpression name(QStringLiteral("^--?[a-z][a-z-]{0,24}$"));
    return name.match(QString::fromStdString(word)).hasMatch();
}

// The parser repeats values that it does not take. Long ones may be secrets of a kind that nobody knows.
QString withoutLongValues(QString message, const QStringList& arguments) {
    constexpr qsizetype longestRepeated = 15;
    for (const QString& argument : arguments) {
        const bool isOption = argument.startsWith(QLatin1Char('-'));
        const qsizetype sign = argument.indexOf(QLatin1Char('='));
        if (isOption && sign < 0)
            continue;
        const QString value = isOption ? argument.sliced(sign + 1) : argument;
        if (value.size() > longestRepeated)
            message.replace(value, QStringLiteral("\u2026"));
    }
    return message;
}

// What was typed is repeated only as far as the name of an option: the rest may be a secret.
QString usageMessage(CLI::App& app, const CLI::ParseError& error, const QStringList& arguments) {
    const std::vector<std::string> unexpected = chosen(app)->remaining(true);
    if (error.get_exit_code() == int(CLI::ExitCodes::RequiredError) && !unexpected.empty())
        return QStringLiteral("There is no such command.");
    if (error.get_exit_code() != int(CLI::ExitCodes::ExtrasError))
        return withoutLongValues(QString::fromStdString(error.what()), arguments);
    for (const std::string& word : unexpected) {
        if (!word.starts_with('-'))
            continue;
        const std::string name = word.substr(0, word.find('='));
        return isPlainOptionName(name)
                   ? QStringLiteral("There is no option %1 here.").arg(QString::fromStdString(name))
                   : QStringLiteral("There is an option that is not known here.");
    }
    return QStringLiteral("There is a word too many.");
}

int wrongUsage(Terminal& terminal, CLI::App& app, const CLI::ParseError& error,
               const QStringList& arguments) {
    QStringList path;
    for (CLI::App* at = chosen(app); at; at = at->get_parent())
        path.prepend(QString::fromStdString(at->get_name()));
    terminal.note(withoutCredentials(usageMessage(app, error, arguments)), Ink::Bad);
    terminal.note(QStringLiteral("See: %1 --help").arg(path.join(QLatin1Char(' '))));
    return int(ExitCode::Usage);
}

} // namespace

int runCommandLine(const QStringList& arguments, Terminal& terminal) {
    if (std::any_of(arguments.begin(), arguments.end(), holdsSecretKey)) {
        terminal.note(
            u"A secret key was given on the command line, where every user of this computer can see it, "
            u"so nothing was done. Use - (standard input), env:NAME, file:PATH or keychain:NAME.");
        return int(ExitCode::Usage);
    }
    CLI::App app(overview, programName);
    const std::vector<std::unique_ptr<Command>> commands = declareAll(app);
    refine(app);
    try {
        app.parse(parserArguments(arguments));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != int(CLI::ExitCodes::Success))
            return wrongUsage(terminal, app, error, arguments);
        std::ostringstream out; // help or version
        app.exit(error, out, out);
        terminal.print(QString::fromStdString(out.str()));
        return int(ExitCode::Fine);
    }
    for (const auto& command : commands)
        if (command->isChosen())
            return command->run(terminal);
    return int(ExitCode::Usage);
}

VerbDescription describeCommandLine(const QByteArray& catalogue) {
    QStringList providers;
    if (const Result<ProviderCatalogue> known = ProviderCatalogue::fromJson(catalogue))
        for (const Provider& provider : known->providers())
            providers += provider.id;
    CLI::App app(overview, programName);
    const std::vector<std::unique_ptr<Command>> commands = declareAll(app);
    return describe(app, providers);
}

} // namespace lavascope
