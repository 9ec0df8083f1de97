// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_policy.h"

#include <vector>

namespace lavascope {

/// Why a try may have been charged although it failed.
enum class BillingDoubt {
    None,
    AnswerBegan, ///< bytes of a good answer came
    NotAnswered, ///< it went out, and no status came
    Untold       ///< somebody on the way gave up; whether it was carried out is not told
};
[[nodiscard]] BillingDoubt billingDoubt(const Attempt& attempt, const Diagnosis& diagnosis);

/// A good answer that began, and a request that went out and was never answered, may both have been charged.
[[nodiscard]] bool mayHaveBeenBilled(const Attempt& attempt);

/// What comes after a try that failed: when the next makes sense, who makes it, and what stands against it.
struct RetryPlan {
    enum class Next {
        Nothing,  ///< it would fail again
        ByItself, ///< after the pause, unless it is stopped
        ByHand,   ///< the person may press
        OnAnswer, ///< the person may press, and is asked first, as it may cost twice
    };
    /// Why a call that may try again by itself does not.
    enum class Obstacle { None, Doubt, TooLong, UsedUp };

    Next next = Next::Nothing;
    BillingDoubt doubt = BillingDoubt::None;
    Obstacle obstacle = Obstacle::None;
    std::optional<std::chrono::milliseconds> serverWait; ///< what the server asked for
    std::chrono::milliseconds cap{0};                    ///< the longest pause that is waited unwatched
    int nextTry = 2;                                     ///< counts from 1, with those made before this call
    int lastByItself = 1; ///< the number of the last try that is made by itself
    /// The longest pauses before the next try and those after it, where the server names no time.
    std::vector<std::chrono::milliseconds> longestPauses;
};

/// `attempt` is the one that failed, `triesMade` its number in this call, from 1.
[[nodiscard]] RetryPlan retryPlan(const RetryPolicy& policy, const Diagnosis& diagnosis,
                                  const Attempt& attempt, int triesMade);

} // namespace lavascope
