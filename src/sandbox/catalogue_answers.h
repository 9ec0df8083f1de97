// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/secret.h"
#include "sandbox/ledger.h"
#include "sandbox/query.h"
#include "sandbox/refusal.h"

#include <optional>

namespace lavascope {

/// Who asks for what about customers, meters and subscriptions, and what the sandbox knows of them.
struct CatalogueQuestion {
    QByteArray path; ///< percent-encoded
    const Query& query;
    const Secret& key;
    const SandboxConfig& config;
    const Ledger& ledger;
};

/// Whether a path is below `/v1/customers`, `/v1/meters` or `/v1/subscriptions`.
[[nodiscard]] bool isCataloguePath(const QByteArray& path);

/// The answer in the response types of @lavapayments/nodejs 11.2.0: `customers`, `customers/:id`,
/// `customers/:id/subscription`, `meters`, `meters/:id`, `subscriptions`. Every customer of the sandbox has a
/// subscription whose credit is the customer's balance; the id of a meter is its slug. Refusals: 404
/// `customer_not_found`, `meter_not_found`, `not_found`, those of pageBody().
[[nodiscard]] Judged<QByteArray> catalogueBody(const CatalogueQuestion& question);

} // namespace lavascope
