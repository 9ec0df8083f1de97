// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

namespace lavascope {

/// Names of the fields of a token that the form has no place for, as they may be shown.
[[nodiscard]] QStringList fieldsLostByEditing(const TokenReport& report);

/// At most two of these names, and how many more there are.
[[nodiscard]] QString listedShortly(const QStringList& names);

/// One sentence: what editing a token loses, and who pays then. Empty if it loses nothing, or if there is
/// nothing to edit.
[[nodiscard]] QString editLosses(const TokenReport& report);

} // namespace lavascope
