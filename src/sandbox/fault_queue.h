// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/sandbox_config.h"

#include <optional>

namespace lavascope {

/// The faults still to come, used up in their order.
class FaultQueue {
public:
    void set(const QList<FaultSpec>& faults);
    [[nodiscard]] const QList<FaultSpec>& remaining() const { return m_faults; }
    /// The fault that hits the next request, counted down.
    [[nodiscard]] std::optional<FaultSpec> take();

private:
    QList<FaultSpec> m_faults;
};

} // namespace lavascope
