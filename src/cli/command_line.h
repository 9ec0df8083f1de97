// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "cli/verb_description.h"

#include <QStringList>

namespace lavascope {

/// What a script reads from `$?`.
enum class ExitCode {
    Fine = 0,
    Bad = 1, ///< the thing looked at is bad, or the call failed for good
    Usage = 2,
    Local = 3, ///< file, port, key store
    TryLater = 75,
};

/// Runs one command line (without the program's own name) and returns its exit code.
[[nodiscard]] int runCommandLine(const QStringList& arguments, Terminal& terminal);

/// All that runCommandLine() takes, from the very declarations that it parses with. `catalogue` is the text
/// of `resources/providers.json`, whose ids are offered as values.
[[nodiscard]] VerbDescription describeCommandLine(const QByteArray& catalogue);

} // namespace lavascope
