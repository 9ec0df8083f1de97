// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_policy.h"

#include <algorithm>
#include <cmath>

namespace lavascope {

using std::chrono::milliseconds;

bool RetryPolicy::asksForMoreThanTheCap(const Diagnosis& diagnosis) const {
    return diagnosis.retry == Retry::After && diagnosis.retryAfter && *diagnosis.retryAfter > cap;
}

milliseconds RetryPolicy::longestPause(int triesMade) const {
    // In floating point, so that no number of tries can overflow.
    const double growing = std::ldexp(double(base.count()), triesBefore + triesMade);
    return milliseconds(qint64(std::max(std::min(double(cap.count()), growing), 0.0)));
}

std::optional<milliseconds> RetryPolicy::advisedWait(const Diagnosis& diagnosis, int triesMade,
                                                     double random) const {
    if (diagnosis.retry == Retry::No)
        return std::nullopt;
    if (diagnosis.retry == Retry::After && diagnosis.retryAfter)
        return std::max(*diagnosis.retryAfter, milliseconds(0));
    const double wait = std::clamp(random, 0.0, 1.0) * double(longestPause(triesMade).count());
    return milliseconds(qint64(wait));
}

std::optional<milliseconds> RetryPolicy::waitBefore(const Diagnosis& diagnosis, int triesMade,
                                                    bool answerBegan, double random) const {
    const bool wanted = triesMade <= maxRetries && !answerBegan && !diagnosis.mayHaveBeenBilled;
    if (!wanted || asksForMoreThanTheCap(diagnosis))
        return std::nullopt;
    return advisedWait(diagnosis, triesMade, random);
}

} // namespace lavascope
