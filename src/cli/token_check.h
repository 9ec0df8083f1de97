// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "core/base/result.h"
#include "core/json/writer.h"
#include "core/token/inspect_token.h"
#include "session/credential_check.h"

#include <memory>

namespace lavascope {

class Workbench;

/// Which gateway `token inspect --check` asks.
struct CheckWish {
    QByteArray gateway; ///< empty: the one that fits the key
    bool sandbox = false;
};

/// Asks the gateway, and waits for the end. Errors: those of Workbench::checkCredential(),
/// `nothing_to_check` (no key was found in what was inspected), those of SandboxHost::start().
[[nodiscard]] Result<std::unique_ptr<CredentialCheck>>
checkInspected(Workbench& workbench, const TokenReport& report, const CheckWish& wish);

void printCheck(Terminal& terminal, const CredentialCheck& check);
/// The member `check`: `gateway`, `key`, `customer`, `subscription`, `meter` (each null, or `state` and
/// `sentence`), `diagnosis`.
void writeCheck(json::Writer& writer, const CredentialCheck& check);
/// 0 all known, 1 something is not or the gateway refused, 75 it may work later.
[[nodiscard]] int exitCodeOf(const CredentialCheck& check);

} // namespace lavascope
