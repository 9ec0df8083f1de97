// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

namespace lavascope {

/// One field of two credentials, side by side.
struct ComparedField {
    QString name;
    TokenFieldReport left; ///< Absent where that credential has no such field
    TokenFieldReport right;
    bool isKnown = true; ///< false: no field of a forward token
    bool same = false;
};

/// In which fields two credentials differ. Holds both sides masked; secrets can be told apart by their
/// fingerprints.
struct TokenComparison {
    bool same = false; ///< both can be read wholly and in one way only, and every field is equal
    QString headline;  ///< one true sentence
    std::vector<ComparedField> fields;
};

/// Compares what two credentials say, field by field, those included that nobody knows. Order of the fields,
/// blanks and encoding of the JSON do not count, nor does what was peeled off. Absent, null and a value are
/// three things. Where a field stands twice nobody knows what the token says, so only its own bytes are the
/// same.
[[nodiscard]] TokenComparison compareTokens(const TokenReport& left, const TokenReport& right);

} // namespace lavascope
