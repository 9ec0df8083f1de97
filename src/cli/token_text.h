// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "core/token/inspect_token.h"

namespace lavascope {

/// What was found about a credential, for people. Secrets are masked unless `reveal`.
void printTokenReport(Terminal& terminal, const TokenReport& report, bool reveal);

} // namespace lavascope
