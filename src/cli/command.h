// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command_line.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace lavascope {

/// One verb of the command line: its options, and what it does.
class Command {
public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    /// Declares the verb below `parent`; the command must outlive it.
    virtual void declare(CLI::App& parent) = 0;
    [[nodiscard]] virtual int run(Terminal& terminal) = 0;
    /// Whether this is the verb that was asked for.
    [[nodiscard]] bool isChosen() const;

protected:
    CLI::App* m_app = nullptr;
};

/// The text of a word that was typed. Unlike QString::fromStdString() it keeps a leading U+FEFF, which is
/// part of the text like any other character.
[[nodiscard]] QString textOf(const std::string& word);

/// The same message with `*` for whatever in it has the shape of a credential: messages repeat names, paths
/// and values that were typed, and keys are easily typed in their place.
[[nodiscard]] QString withoutCredentials(const QString& message);

/// Says an error on stderr, without credentials, and gives the exit code for it: wrong usage, or trouble on
/// this computer.
[[nodiscard]] int report(Terminal& terminal, const Error& error);

[[nodiscard]] std::unique_ptr<Command> makeTokenInspect();
[[nodiscard]] std::unique_ptr<Command> makeTokenBuild();
[[nodiscard]] std::unique_ptr<Command> makeTokenCompare();
[[nodiscard]] std::unique_ptr<Command> makeKeyList();
[[nodiscard]] std::unique_ptr<Command> makeKeyAdd();
[[nodiscard]] std::unique_ptr<Command> makeKeyRemove();
[[nodiscard]] std::unique_ptr<Command> makeUrlBuild();
[[nodiscard]] std::unique_ptr<Command> makeUrlInspect();
[[nodiscard]] std::unique_ptr<Command> makeProviders();
[[nodiscard]] std::unique_ptr<Command> makeSend();
[[nodiscard]] std::unique_ptr<Command> makeReplay();
[[nodiscard]] std::unique_ptr<Command> makeExplain();
[[nodiscard]] std::unique_ptr<Command> makeSandbox();
[[nodiscard]] std::unique_ptr<Command> makeDoctor();

} // namespace lavascope
