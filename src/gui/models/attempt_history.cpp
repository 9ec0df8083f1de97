// SPDX-License-Identifier: MIT
#include "gui/models/attempt_history.h"

#include "gui/request_fingerprint.h"
#include "session/run.h"

#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype keptOfBody = 4096;

std::vector<PlannedAttempt> plannedAfter(const RetryPlan& plan) {
    std::vector<PlannedAttempt> planned;
    const bool byItself = plan.next == RetryPlan::Next::ByItself;
    for (const std::chrono::milliseconds longest : plan.longestPauses) {
        const bool isNext = planned.empty();
        // What the person will do after the next try, nobody knows.
        if (!isNext && !byItself)
            break;
        const bool isExact = isNext && plan.serverWait;
        planned.push_back(
            {plan.nextTry + int(planned.size()), isExact ? *plan.serverWait : longest, isExact, byItself});
    }
    return planned;
}

KeptAttempt::State stateOf(const Run& run) {
    const Attempt& attempt = run.recording().attempts.back();
    if (!attempt.ending)
        return KeptAttempt::State::Running;
    if (attempt.ending->reason == EndReason::StoppedByUser)
        return KeptAttempt::State::Stopped;
    return run.diagnosis() ? KeptAttempt::State::Failed : KeptAttempt::State::Good;
}

} // namespace

int AttemptHistory::triesOf(const HttpRequest& request) const {
    if (m_attempts.empty() || m_isReplay)
        return 0;
    const KeptAttempt::State last = m_attempts.back().state;
    const bool isOpen = last == KeptAttempt::State::Failed || last == KeptAttempt::State::Stopped;
    return isOpen && requestFingerprint(request) == m_fingerprint ? int(m_attempts.size()) : 0;
}

void AttemptHistory::follow(Run* run) {
    if (m_run)
        disconnect(m_run, nullptr, this, nullptr);
    const bool goesOn = run && !run->isReplay() && triesOf(run->recording().request) > 0;
    if (!goesOn)
        m_attempts.clear();
    m_planned.clear();
    m_before = m_attempts.size();
    m_run = run;
    if (run) {
        m_isReplay = run->isReplay();
        m_fingerprint = requestFingerprint(run->recording().request);
        m_pauseByHand = std::chrono::milliseconds(goesOn ? m_sinceEnd.elapsed() : 0);
        connect(run, &Run::attemptStarted, this, &AttemptHistory::refresh);
        connect(run, &Run::headersArrived, this, &AttemptHistory::refresh);
        connect(run, &Run::waiting, this, &AttemptHistory::rest);
        connect(run, &Run::finished, this, &AttemptHistory::rest);
        connect(run, &Run::readingCameToTheEndAgain, this, &AttemptHistory::plan);
        run->isDone() ? rest() : refresh();
    }
    Q_EMIT changed();
}

void AttemptHistory::addMissing() {
    const std::vector<Attempt>& attempts = m_run->recording().attempts;
    while (m_attempts.size() < m_before + attempts.size()) {
        const size_t index = m_attempts.size() - m_before;
        KeptAttempt kept;
        kept.number = int(m_attempts.size()) + 1;
        kept.byHand = index == 0 && m_before > 0;
        kept.waited = kept.byHand ? m_pauseByHand : attempts[index].waited;
        m_attempts.push_back(std::move(kept));
    }
}

void AttemptHistory::refresh() {
    if (m_run->recording().attempts.empty())
        return;
    m_planned.clear();
    addMissing();
    const std::vector<Attempt>& attempts = m_run->recording().attempts;
    const Recording beginnings = m_run->redactedBeginnings(keptOfBody);
    for (size_t i = 0; i < attempts.size(); ++i) {
        KeptAttempt& kept = m_attempts[m_before + i];
        kept.attempt = beginnings.attempts[i];
        kept.bodySize = attempts[i].bodySize();
        if (attempts[i].ending)
            kept.took = std::chrono::duration_cast<std::chrono::milliseconds>(attempts[i].ending->at);
    }
    KeptAttempt& latest = m_attempts.back();
    latest.diagnosis = m_run->diagnosis();
    latest.state = stateOf(*m_run);
    Q_EMIT changed();
}

/// The latest try is over; perhaps another is to come.
void AttemptHistory::rest() {
    m_sinceEnd.start();
    plan();
}

void AttemptHistory::plan() {
    refresh();
    m_planned = plannedAfter(m_run->retryPlan());
    Q_EMIT changed();
}

} // namespace lavascope
