// SPDX-License-Identifier: MIT
#include "net/replay_clock.h"

#include <QTimer>

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;

ReplayClock::Time ReplayClock::now() const {
    return std::chrono::duration_cast<Time>(std::chrono::steady_clock::now().time_since_epoch());
}

void ReplayClock::callLater(Time after, QObject* context, std::function<void()> act) {
    // A timer counts milliseconds in 31 bits.
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(std::clamp<Time>(after, 0us, 1h));
    QTimer::singleShot(pause, Qt::PreciseTimer, context, std::move(act));
}

} // namespace lavascope
