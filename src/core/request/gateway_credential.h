// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

namespace lavascope {

/// Whether the gateway reads its credential from a header of this name: Authorization, x-api-key,
/// x-goog-api-key, xi-api-key.
[[nodiscard]] bool isGatewayCredentialHeader(QByteArrayView name);

/// Whether the user's own headers hold a credential for the gateway, so that none of ours is sent.
[[nodiscard]] bool bringsOwnCredential(const Headers& headers);

} // namespace lavascope
