// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"
#include "core/stream/replay_pace.h"
#include "net/replay_clock.h"
#include "net/transport.h"

#include <QPointer>

#include <memory>
#include <optional>

namespace lavascope {

class ReplayExchange;

/// A transport that sends nothing: each call gets the answer of the recording's next attempt, with the times
/// at which it came then. Request and limits are not looked at.
class ReplayTransport final : public Transport {
public:
    /// A clock for tests; none: the computer's own.
    ReplayTransport(Recording recording, ReplayPace pace, std::shared_ptr<ReplayClock> clock = {});
    ~ReplayTransport() override;

    [[nodiscard]] std::unique_ptr<Exchange> send(const HttpRequest& request,
                                                 const TimeLimits& limits) override;

    [[nodiscard]] const Recording& recording() const { return *m_recording; }
    /// The attempt that the next call gets; none after the last, which is answered by EndReason::Refused.
    [[nodiscard]] const Attempt* next() const;
    /// How long the pause before it is, played at this pace.
    [[nodiscard]] std::chrono::milliseconds pauseBeforeNext() const;

private:
    std::shared_ptr<const Recording> m_recording; ///< exchanges may outlive their transport
    ReplayPace m_pace;
    std::shared_ptr<ReplayClock> m_clock;
    size_t m_next = 0;
    QPointer<ReplayExchange> m_latest;
};

} // namespace lavascope
