// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>

#include <vector>

namespace lavascope {

/// Whether a JSON member of that name holds a credential, e.g. `secret_key`, `api_key`.
[[nodiscard]] bool isCredentialMember(QByteArrayView name);

/// What looks like a credential by its prefix or by what stands before it: provider and gateway keys,
/// forward tokens, `Bearer …`, `?key=…`, user info in addresses, and JSON members that hold keys. Prefixes
/// are left out of the ranges.
[[nodiscard]] std::vector<ByteRange> shapedCredentials(const QByteArray& bytes);

} // namespace lavascope
