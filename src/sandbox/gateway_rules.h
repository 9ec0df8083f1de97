// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential.h"
#include "sandbox/credential_check.h"
#include "sandbox/ledger.h"
#include "sandbox/refusal.h"

#include <QMap>
#include <QString>

namespace lavascope {

/// Refuses what does not come from a program of this computer's user: a foreign Host (421, DNS rebinding),
/// any Origin (403, a browser page) and OPTIONS (403, a browser's preflight).
[[nodiscard]] Judged<void> checkDoor(const ReceivedRequest& request, quint16 port);

/// Who pays for a call, and how.
struct Billing {
    Payer payer = Payer::Unknown;
    bool ownProviderKey = false; ///< the provider's cost goes to the owner of the key in the token
    SandboxMeter meter;          ///< meaningful where the token names one
};
/// `merchant`, `customer conn_demo`, `provider account`.
[[nodiscard]] QString payerText(const TokenFields& fields);

/// What the fields of a token mean here. Refused: customer without meter (400), unknown customer (404),
/// unknown meter (404), a meter that is not on the customer's plan (403, with billing disabled as well).
[[nodiscard]] Judged<Billing> billingOf(const TokenFields& fields, const SandboxConfig& config);

/// Whether the payer has money left (402 if not), before anything is forwarded.
[[nodiscard]] Judged<void> checkFunds(const TokenFields& fields, const Billing& billing,
                                      const Ledger& ledger);

/// Takes the price of a finished call from the payer's wallet; what was taken, in millionths of a dollar.
/// `record` holds tokens and the provider's cost, and gets the customer's charge.
qint64 settle(const TokenFields& fields, const Billing& billing, Ledger& ledger, CallRecord& record);

/// `x-lava-metadata` or parameter `metadata`: an object of at most 100 texts. 400 if it is not.
[[nodiscard]] Judged<QMap<QString, QString>> metadataOf(const ReceivedRequest& request, const Query& query);

/// X-RateLimit-Limit, -Remaining and -Reset; none where there is no limit.
[[nodiscard]] Headers rateHeaders(const RateState& rate);
[[nodiscard]] Refusal rateRefusal(const RateState& rate, qint64 nowMs);

/// The answer of a fault of the kind Status, with its Retry-After.
[[nodiscard]] Refusal faultRefusal(const FaultSpec& fault);

} // namespace lavascope
