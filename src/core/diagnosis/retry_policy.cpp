// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace lavascope {

bool RetryPolicy::asksForMoreThanTheCap(const Diagnosis& diagnosis) const {
    return diagnosis.retry == Retry::After && diagnosis.retryAfter && *diagnosis.retryAfter > cap;
}

std::optional<std::chrono::milliseconds> RetryPolicy::waitBefore(const Diagnosis& diagnosis, int triesMade,
                                                                 bool answerBegan, double random) const {
    using std::chrono::milliseconds;
    const bool wanted = diagnosis.retry != Retry::No && triesMade <= maxRetries;
    if (!wanted || answerBegan || diagnosis.mayHaveBeenBilled)
        return std::nullopt;
    if (asksForMoreThanTheCap(diagnosis))
        return std::nullopt;
    if (diagnosis.retry == Retry::After && diagnosis.retryAfter)
        return std::max(*diagnosis.retryAfter, milliseconds(0));
    // In floating point, so that no number of tries can overflow.
    const double ceiling = std::min(double(cap.count()), std::ldexp(double(base.count()), triesMade));
    const double wait = std::clamp(random, 0.0, 1.0) * std::max(ceiling, 0.0);
    return milliseconds(qint64(wait));
}

} // namespace lavascope
