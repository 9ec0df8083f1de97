// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_plan.h"

#include <QString>

namespace lavascope {

/// When the next try is worth it, who makes it and how long the pauses grow, in a few sentences. Empty: it
/// would fail again.
[[nodiscard]] QString retryPlanWords(const RetryPlan& plan);

/// Why a try may have been charged, in one sentence; empty if nothing speaks for it.
[[nodiscard]] QString billingDoubtWords(BillingDoubt doubt);

} // namespace lavascope
