// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"
#include "core/token/sourced_text.h"

#include <QStringList>

#include <vector>

namespace lavascope {

/// A credential without what was around it, and what that was.
struct Peeled {
    SourcedText text;
    QStringList layers;            ///< outermost first
    std::vector<Finding> findings; ///< about the layers; offsets in the source
};

/// Takes off what people paste along: blanks, invisible characters, quotes, assignments, header names,
/// `Bearer`, percent escapes, line wraps. Stops at the credential itself.
[[nodiscard]] Peeled peel(QByteArrayView pasted);

} // namespace lavascope
