// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/finding_list.h"
#include "core/token/inspect_token.h"

#include <functional>

namespace lavascope {

/// Where a range of the JSON text stands in what was pasted.
using Placing = std::function<ByteRange(ByteRange)>;

/// Whether a text is the JSON of a forward token, perhaps broken off: an object with a field that tokens
/// have, or with one that was meant to be.
[[nodiscard]] bool isTokenJson(QByteArrayView text);

/// Reads the JSON of a forward token into the report: shape, fields, values, mode, who pays. Of a text that
/// breaks off, the fields before the break.
void readTokenJson(QByteArrayView json, const Placing& place, TokenReport& report, FindingList& findings);

/// A field that holds a secret, ready to show.
[[nodiscard]] TokenFieldReport secretField(QByteArrayView name, QByteArrayView secret);

/// What a payer phrase cannot know: tokens of older generations say who pays by other fields.
[[nodiscard]] QString payerPhraseOf(const TokenReport& report);

} // namespace lavascope
