// SPDX-License-Identifier: MIT
#pragma once

#include "cli/send_output.h"

namespace lavascope {

/// Prints a recorded attempt: all of it at once, or as it is played. What goes to standard output is the same
/// either way.
class ReplayOutput {
public:
    /// `isTimed`: the recorded times are real ones.
    ReplayOutput(Terminal& terminal, SendFormat format, bool isTimed)
        : m_terminal(terminal)
        , m_format(format)
        , m_isTimed(isTimed) {}

    /// The recording's only attempt; gives the exit code.
    [[nodiscard]] int showAtOnce(const Recording& recording, const QString& forcedDialect,
                                 const DiagnosisRules& rules);
    /// Follows a replay to its end, or until somebody stops it; gives the exit code.
    [[nodiscard]] int follow(Run& run);

private:
    void printAll(const StreamReader& reader, const QByteArray& body);
    void printRest(const Attempt& attempt, const StreamReader& reader,
                   const std::optional<Diagnosis>& diagnosis);

    Terminal& m_terminal;
    SendFormat m_format;
    bool m_isTimed;
};

} // namespace lavascope
