// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/sandbox_config.h"

#include <QString>

namespace lavascope {

/// No price is higher, so that no product overflows: $1000 a request or a million tokens.
inline constexpr qint64 highestPriceMicros = 1'000'000'000;

/// What a provider asks for tokens, in millionths of a dollar per million tokens.
struct Price {
    qint64 inputMicros = 0;
    qint64 outputMicros = 0;
};

/// Example prices by the beginning of the model's name; models that are not listed have one too. They are
/// near enough to real ones to watch a wallet shrink, and no more.
[[nodiscard]] Price priceOf(const QString& model);

/// Cost of some tokens, rounded up to a whole millionth of a dollar.
[[nodiscard]] qint64 tokenCost(qint64 tokens, qint64 microsPerMillion);

/// What a meter charges a customer for a call. A meter without prices passes the provider's cost on.
[[nodiscard]] qint64 meterCharge(const SandboxMeter& meter, qint64 tokens, qint64 providerCost);

} // namespace lavascope
