// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/replay_pace.h"
#include "net/exchange.h"
#include "net/replay_clock.h"

#include <memory>

namespace lavascope {

/// One recorded attempt, handed out again: headers, chunks and ending in their order, each when its time has
/// come. What is late because the receiver held follows at once.
class ReplayExchange final : public Exchange {
    Q_OBJECT

public:
    ReplayExchange(std::shared_ptr<const Attempt> attempt, ReplayPace pace,
                   std::shared_ptr<ReplayClock> clock);

    void abort() override;
    void setHeld(bool held) override;

private:
    enum class Step { Headers, Body, Ending, Done };

    void wakeAfter(ReplayClock::Time pause);
    void proceed();
    [[nodiscard]] ReplayClock::Time dueAfter() const;
    qsizetype handOutOne();
    void handOutHeaders();
    qsizetype handOutSlice();
    void end(const Ending& ending);
    void endAborted();

    std::shared_ptr<const Attempt> m_attempt;
    ReplayPace m_pace;
    std::shared_ptr<ReplayClock> m_clock;
    ReplayClock::Time m_startedAt;
    Step m_step = Step::Headers;
    size_t m_chunk = 0;               ///< the one that is handed out next
    qsizetype m_from = 0;             ///< and from which of its bytes
    ReplayClock::Time m_handedOut{0}; ///< when that which was handed out last had come
    bool m_isHeld = false;
    bool m_isAborted = false;
    bool m_willWake = false;
};

} // namespace lavascope
