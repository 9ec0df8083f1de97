// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <functional>

namespace lavascope {

/// Reads the JSON inside a forward token into the report: shape, fields, values, who pays. `place` maps a
/// byte range of the JSON to one of the pasted text.
void readTokenJson(QByteArrayView json, const std::function<ByteRange(ByteRange)>& place,
                   TokenReport& report);

} // namespace lavascope
