// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <QString>

namespace lavascope {

/// A word of the JSON contract as a person reads it: `merchant_metered` becomes `merchant metered`.
[[nodiscard]] QString spaced(const QString& name);

/// What was found about a credential, in Markdown for a ticket. Made of masked values alone, and nothing in a
/// value can end its place or become markup.
[[nodiscard]] QString safeReport(const TokenReport& report);

} // namespace lavascope
