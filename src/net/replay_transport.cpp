// SPDX-License-Identifier: MIT
#include "net/replay_transport.h"

#include "net/replay_exchange.h"

namespace lavascope {

namespace {

// What a call gets that was never made.
Attempt noFurtherAttempt() {
    Attempt attempt;
    attempt.ending = Ending{EndReason::Refused, QStringLiteral("The recording holds no further try."), {}, 0};
    return attempt;
}

} // namespace

ReplayTransport::ReplayTransport(Recording recording, ReplayPace pace, std::shared_ptr<ReplayClock> clock)
    : m_recording(std::make_shared<const Recording>(std::move(recording)))
    , m_pace(pace)
    , m_clock(clock ? std::move(clock) : std::make_shared<ReplayClock>()) {}

ReplayTransport::~ReplayTransport() {
    if (m_latest)
        m_latest->abort();
}

std::unique_ptr<Exchange> ReplayTransport::send(const HttpRequest& /*request*/,
                                                const TimeLimits& /*limits*/) {
    std::shared_ptr<const Attempt> attempt;
    if (const Attempt* recorded = next())
        attempt = {m_recording, recorded};
    else
        attempt = std::make_shared<const Attempt>(noFurtherAttempt());
    ++m_next;
    auto exchange = std::make_unique<ReplayExchange>(std::move(attempt), m_pace, m_clock);
    m_latest = exchange.get();
    return exchange;
}

const Attempt* ReplayTransport::next() const {
    return m_next < m_recording->attempts.size() ? &m_recording->attempts[m_next] : nullptr;
}

std::chrono::milliseconds ReplayTransport::pauseBeforeNext() const {
    if (!next())
        return {};
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_pace.playedAfter(next()->waited));
}

} // namespace lavascope
