// SPDX-License-Identifier: MIT
#pragma once

#include "net/replay_clock.h"

#include <QObject>
#include <QPointer>

#include <algorithm>
#include <vector>

namespace lavascope {

/// A clock that stands still until a test turns it.
class ManualClock final : public ReplayClock {
public:
    [[nodiscard]] Time now() const override { return m_now; }
    void callLater(Time after, QObject* context, std::function<void()> act) override {
        m_calls.push_back({m_now + after, context, std::move(act)});
    }

    /// Lets time pass; whoever asked to be called in it is called at their moment, in order.
    void advance(Time time) {
        const Time until = m_now + time;
        while (const auto next = nextCall(until)) {
            m_now = std::max(m_now, next->due);
            if (next->context)
                next->act();
        }
        m_now = until;
    }
    [[nodiscard]] size_t callsToCome() const { return m_calls.size(); }

private:
    struct Call {
        Time due;
        QPointer<QObject> context;
        std::function<void()> act;
    };
    std::optional<Call> nextCall(Time until) {
        const auto next = std::min_element(m_calls.begin(), m_calls.end(),
                                           [](const Call& a, const Call& b) { return a.due < b.due; });
        if (next == m_calls.end() || next->due > until)
            return std::nullopt;
        Call call = std::move(*next);
        m_calls.erase(next);
        return call;
    }

    Time m_now{1'000'000};
    std::vector<Call> m_calls;
};

} // namespace lavascope
