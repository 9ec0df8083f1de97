// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_policy.h"

namespace lavascope {

class Workbench;

/// How calls are tried again, if they are.
struct RetrySettings {
    std::chrono::milliseconds base{500};   ///< the pause that grows
    std::chrono::milliseconds cap{60'000}; ///< the longest pause; not below `base`
    int most = 5;                          ///< so many tries by itself can be chosen for a request
};

/// What each setting may be, in the units of the settings dialog.
struct RetryBounds {
    static constexpr double leastBase = 0.1; ///< seconds
    static constexpr double mostBase = 60;
    static constexpr int leastCap = 1; ///< seconds
    static constexpr int mostCap = 3600;
    static constexpr int mostRetries = 20;
};

/// As the user set them; what is out of bounds counts as not set.
[[nodiscard]] RetrySettings retrySettings(const Workbench& workbench);
void keepRetrySettings(Workbench& workbench, const RetrySettings& settings);

/// The policy of a call that tries again by itself up to so often; 0: never.
[[nodiscard]] RetryPolicy retryPolicy(const RetrySettings& settings, int retries);

} // namespace lavascope
