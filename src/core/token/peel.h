// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/finding_list.h"
#include "core/token/sourced_text.h"

#include <QStringList>

namespace lavascope {

/// A credential without what was around it, and what that was.
struct Peeled {
    SourcedText text;
    QStringList layers; ///< outermost first
};

/// Takes off what people paste along: blanks, invisible characters, quotes, assignments, header names,
/// `Bearer`, percent codes, line wraps, a foreign alphabet. Stops at the credential itself. What would have
/// broken a call is remarked on.
[[nodiscard]] Peeled peel(const SourcedText& pasted, FindingList& findings);

} // namespace lavascope
