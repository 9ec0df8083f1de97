// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/credential_check.h"
#include "sandbox/ledger.h"
#include "sandbox/refusal.h"

#include <QByteArray>

namespace lavascope {

/// JSON for a path other than `/v1/forward`: the model list, customers, meters and subscriptions, and what
/// the ledger knows of the caller's requests, in the documented shapes. Parts of Lava that the sandbox lacks
/// are 404 `not_in_sandbox`, unknown paths 404 `not_found`.
[[nodiscard]] Judged<QByteArray> restBody(const ReceivedRequest& request, const SandboxConfig& config,
                                          const Ledger& ledger, qint64 nowMs);

/// One record as `GET /v1/requests/:id` shows it.
[[nodiscard]] QByteArray recordJson(const CallRecord& record);

} // namespace lavascope
