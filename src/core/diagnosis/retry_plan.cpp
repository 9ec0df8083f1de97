// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_plan.h"

#include <algorithm>

namespace lavascope {

namespace {

/// As many are named where the person makes the tries, and so nothing says how many there will be.
constexpr int namedPauses = 3;

bool goodAnswerBegan(const Attempt& attempt) {
    return attempt.status >= 200 && attempt.status < 300 && attempt.bodySize() > 0;
}

bool isUnanswered(const Attempt& attempt) {
    return attempt.status == 0 && attempt.ending && attempt.ending->timesSent > 0;
}

RetryPlan::Obstacle obstacleTo(const RetryPolicy& policy, const Diagnosis& diagnosis, BillingDoubt doubt,
                               int triesMade) {
    if (policy.maxRetries == 0)
        return RetryPlan::Obstacle::None;
    if (doubt != BillingDoubt::None)
        return RetryPlan::Obstacle::Doubt;
    if (triesMade > policy.maxRetries)
        return RetryPlan::Obstacle::UsedUp;
    return policy.asksForMoreThanTheCap(diagnosis) ? RetryPlan::Obstacle::TooLong : RetryPlan::Obstacle::None;
}

} // namespace

bool mayHaveBeenBilled(const Attempt& attempt) {
    return goodAnswerBegan(attempt) || isUnanswered(attempt);
}

BillingDoubt billingDoubt(const Attempt& attempt, const Diagnosis& diagnosis) {
    if (goodAnswerBegan(attempt))
        return BillingDoubt::AnswerBegan;
    if (isUnanswered(attempt))
        return BillingDoubt::NotAnswered;
    return diagnosis.mayHaveBeenBilled ? BillingDoubt::Untold : BillingDoubt::None;
}

RetryPlan retryPlan(const RetryPolicy& policy, const Diagnosis& diagnosis, const Attempt& attempt,
                    int triesMade) {
    RetryPlan plan;
    plan.doubt = billingDoubt(attempt, diagnosis);
    if (diagnosis.retry == Retry::No)
        return plan;
    plan.obstacle = obstacleTo(policy, diagnosis, plan.doubt, triesMade);
    plan.cap = policy.cap;
    if (diagnosis.retry == Retry::After)
        plan.serverWait = diagnosis.retryAfter;
    plan.nextTry = policy.triesBefore + triesMade + 1;
    plan.lastByItself = policy.triesBefore + policy.maxRetries + 1;
    const bool byItself = policy.maxRetries > 0 && plan.obstacle == RetryPlan::Obstacle::None;
    plan.next = byItself                           ? RetryPlan::Next::ByItself
                : plan.doubt == BillingDoubt::None ? RetryPlan::Next::ByHand
                                                   : RetryPlan::Next::OnAnswer;
    const int pauses = byItself ? std::min(namedPauses, policy.maxRetries - triesMade + 1) : namedPauses;
    for (int i = 0; i < pauses; ++i)
        plan.longestPauses.push_back(policy.longestPause(triesMade + i));
    return plan;
}

} // namespace lavascope
