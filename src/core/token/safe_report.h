// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/token/inspect_token.h"

namespace lavascope {

/// What was found about a credential, in Markdown for a ticket. Made of masked values and fingerprints alone,
/// and nothing in a value can end its place or become markup. Before it is given out it is searched for every
/// secret of the credential, in every spelling, and for whatever has the shape of one.
/// Errors: `secret_in_report`; then nothing may be copied.
[[nodiscard]] Result<QString> safeReport(const TokenReport& report);

} // namespace lavascope
