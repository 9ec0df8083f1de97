// SPDX-License-Identifier: MIT
#pragma once

#include "core/request/http_request.h"
#include "sandbox/credential_check.h"
#include "sandbox/forward_target.h"
#include "sandbox/request_reader.h"
#include "sandbox/sandbox_config.h"

namespace lavascope {

/// What goes to the provider: method, body and the client's headers, but no credential of the gateway in any
/// header or `key=`, no field about the connection, no `x-lava-*`, and `Accept-Encoding: identity` so that
/// usage can be read. The provider's key is the token's, else the configuration's for that host, in the
/// header that the provider wants it in.
[[nodiscard]] HttpRequest providerRequest(const ReceivedRequest& request, const ForwardTarget& target,
                                          const Caller& caller, const SandboxConfig& config);

/// The provider's headers as the client gets them: none about the connection, none that would let a browser
/// in, no foreign `x-lava-request-id`.
[[nodiscard]] Headers relayedHeaders(const Headers& headers);

} // namespace lavascope
