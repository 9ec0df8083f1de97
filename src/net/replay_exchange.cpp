// SPDX-License-Identifier: MIT
#include "net/replay_exchange.h"

#include "core/stream/played_recording.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype sliceBytes = 256 * 1024;
// So much in one turn of the event loop, that the receiver can read and hold in between.
constexpr qsizetype turnBytes = 256 * 1024;
constexpr int turnPieces = 256;

} // namespace

ReplayExchange::ReplayExchange(std::shared_ptr<const Attempt> attempt, ReplayPace pace,
                               std::shared_ptr<ReplayClock> clock)
    : m_attempt(std::move(attempt))
    , m_pace(pace)
    , m_clock(std::move(clock))
    , m_startedAt(m_clock->now()) {
    wakeAfter(0us);
}

void ReplayExchange::abort() {
    if (m_step == Step::Done || std::exchange(m_isAborted, true))
        return;
    m_willWake = false; // whatever was waited for is waited for no longer
    wakeAfter(0us);
}

void ReplayExchange::setHeld(bool held) {
    m_isHeld = held;
    if (!held)
        wakeAfter(0us);
}

void ReplayExchange::wakeAfter(ReplayClock::Time pause) {
    if (m_step == Step::Done || std::exchange(m_willWake, true))
        return;
    m_clock->callLater(pause, this, [this] {
        m_willWake = false;
        proceed();
    });
}

void ReplayExchange::proceed() {
    const QPointer<ReplayExchange> self(this); // the receiver may delete the exchange
    qsizetype bytes = 0;
    for (int pieces = 0; self && m_step != Step::Done; ++pieces) {
        if (m_isAborted) {
            endAborted();
            return;
        }
        if (m_isHeld)
            return;
        const ReplayClock::Time early = dueAfter() - (m_clock->now() - m_startedAt);
        if (early > 0us || bytes >= turnBytes || pieces >= turnPieces) {
            wakeAfter(std::max<ReplayClock::Time>(early, 0us));
            return;
        }
        bytes += handOutOne();
    }
}

/// When the next piece is due, counted from the start.
ReplayClock::Time ReplayExchange::dueAfter() const {
    switch (m_step) {
    case Step::Headers:
        return m_pace.playedAfter(m_attempt->headersAt.value_or(0us));
    case Step::Body:
        return m_pace.playedAfter(m_attempt->chunks[m_chunk].at);
    case Step::Ending:
        return m_pace.playedAfter(endingOf(*m_attempt).at);
    case Step::Done:
        break;
    }
    return 0us;
}

/// Hands out the next piece; how many bytes of the body that was.
qsizetype ReplayExchange::handOutOne() {
    switch (m_step) {
    case Step::Headers:
        handOutHeaders();
        return 0;
    case Step::Body:
        return handOutSlice();
    case Step::Ending:
        end(endingOf(*m_attempt));
        return 0;
    case Step::Done:
        break;
    }
    return 0;
}

void ReplayExchange::handOutHeaders() {
    m_step = m_attempt->chunks.empty() ? Step::Ending : Step::Body;
    if (m_attempt->status == 0 && !m_attempt->headersAt)
        return; // none came
    m_handedOut = m_attempt->headersAt.value_or(0us);
    Q_EMIT headers(m_attempt->status, m_attempt->reason, m_attempt->headers, m_handedOut);
}

qsizetype ReplayExchange::handOutSlice() {
    const Chunk& whole = m_attempt->chunks[m_chunk];
    const qsizetype size = std::min(sliceBytes, whole.bytes.size() - m_from);
    // A chunk that fits is passed on as it is: it shares its bytes.
    const Chunk slice =
        size == whole.bytes.size() ? whole : Chunk{whole.at, whole.bytes.sliced(m_from, size)};
    m_from += size;
    if (m_from == whole.bytes.size()) {
        m_from = 0;
        ++m_chunk;
    }
    if (m_chunk == m_attempt->chunks.size())
        m_step = Step::Ending;
    m_handedOut = slice.at;
    Q_EMIT chunk(slice);
    return size;
}

void ReplayExchange::end(const Ending& ending) {
    m_step = Step::Done;
    Q_EMIT ended(ending);
}

/// Between what was handed out last and what would have come next.
void ReplayExchange::endAborted() {
    const Ending recorded = endingOf(*m_attempt);
    Ending stopped;
    stopped.reason = EndReason::StoppedByUser;
    stopped.timesSent = recorded.timesSent;
    if (m_pace.isAtOnce())
        stopped.at = m_handedOut;
    else
        stopped.at =
            std::max(m_handedOut, std::min(m_pace.recordedAfter(m_clock->now() - m_startedAt), recorded.at));
    end(stopped);
}

} // namespace lavascope
