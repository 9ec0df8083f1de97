// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/coach.h"
#include "sandbox/fault_queue.h"
#include "sandbox/ledger.h"
#include "sandbox/sandbox_config.h"
#include "sandbox/upstream.h"

namespace lavascope {

/// What all calls of one gateway share.
struct Gateway {
    SandboxConfig config;
    Ledger ledger;
    FaultQueue faults;
    Upstream* upstream = nullptr; ///< built in, or the way out; null: none was given
    quint16 port = 0;
    Coach coach;
    SteadyClock clock;
};

/// What every answer carries: the request id and the date.
[[nodiscard]] Headers answerHeaders(const QString& requestId, qint64 nowMs);

} // namespace lavascope
