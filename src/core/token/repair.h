// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

namespace lavascope {

/// A mend that needs no thought, only a press.
struct Repair {
    QString label; ///< what it does, in a few words for a button, e.g. `Trim the values`
    Secret text;   ///< what then stands in the place of what was pasted
};

/// The mend for a finding of this report, by its code; nothing where a person must decide. It mends that
/// fault wherever the credential has it; of unknown names it corrects those whose meaning is clear.
[[nodiscard]] std::optional<Repair> repairFor(const TokenReport& report, const QString& code);

} // namespace lavascope
