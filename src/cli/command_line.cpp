// SPDX-License-Identifier: MIT
#include "cli/command_line.h"

#include "cli/command.h"

#include <CLI/CLI.hpp>

#include <sstream>

namespace lavascope {

namespace {

constexpr const char* overview = "Inspect calls, streams and tokens of the Lava AI Gateway.\n\n"
                                 "SOURCE, wherever a secret, token or body is read, is '-' (standard input), "
                                 "'env:NAME' or 'file:PATH'; secrets are\n"
                                 "never taken from the command line itself, where others can see them.\n";

constexpr const char* footer =
    "Exit codes: 0 fine; 1 the thing looked at is bad, or the call failed for good; 2 wrong usage; 3 trouble "
    "on this\n"
    "computer (file, port, key store); 75 failed, but worth trying again later.\n\n"
    "Try: lavascope-cli send --sandbox --prompt 'When is high tide in Brest?'";

std::vector<std::unique_ptr<Command>> declareAll(CLI::App& app) {
    CLI::App* token = app.add_subcommand("token", "Decode and build credentials");
    CLI::App* url = app.add_subcommand("url", "Build and take apart forward URLs");
    token->require_subcommand(1);
    url->require_subcommand(1);

    std::vector<std::unique_ptr<Command>> commands;
    const auto declare = [&](std::unique_ptr<Command> command, CLI::App& parent) {
        command->declare(parent);
        commands.push_back(std::move(command));
    };
    declare(makeTokenInspect(), *token);
    declare(makeTokenBuild(), *token);
    declare(makeUrlBuild(), *url);
    declare(makeUrlInspect(), *url);
    declare(makeProviders(), app);
    declare(makeSend(), app);
    declare(makeReplay(), app);
    declare(makeExplain(), app);
    declare(makeSandbox(), app);
    return commands;
}

// Back to front, as the parser wants them; `--name=` keeps its empty value by a mark.
std::vector<std::string> parserArguments(const QStringList& arguments) {
    std::vector<std::string> reversed;
    for (auto argument = arguments.crbegin(); argument != arguments.crend(); ++argument) {
        std::string text = argument->toStdString();
        const bool emptyValue =
            text.size() > 3 && text.compare(0, 2, "--") == 0 && text.find('=') == text.size() - 1;
        reversed.push_back(emptyValue ? text + emptyValueMark : text);
    }
    return reversed;
}

} // namespace

int runCommandLine(const QStringList& arguments, Terminal& terminal) {
    CLI::App app(overview, "lavascope-cli");
    app.footer(footer);
    app.set_version_flag("--version", std::string("lavascope-cli ") + LAVASCOPE_VERSION);
    app.require_subcommand(1);
    const std::vector<std::unique_ptr<Command>> commands = declareAll(app);
    try {
        app.parse(parserArguments(arguments));
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        std::ostringstream err;
        const int code = app.exit(error, out, err);
        terminal.print(QString::fromStdString(out.str()));
        if (code != 0)
            terminal.note(QString::fromStdString(err.str()).trimmed());
        return int(code == 0 ? ExitCode::Fine : ExitCode::Usage);
    }
    for (const auto& command : commands)
        if (command->isChosen())
            return command->run(terminal);
    return int(ExitCode::Usage);
}

} // namespace lavascope
