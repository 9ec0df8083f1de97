// SPDX-License-Identifier: MIT
#include "sandbox/fault_queue.h"

#include <algorithm>
#include <iterator>

namespace lavascope {

void FaultQueue::set(const QList<FaultSpec>& faults) {
    m_faults.clear();
    std::copy_if(faults.begin(), faults.end(), std::back_inserter(m_faults),
                 [](const FaultSpec& fault) { return fault.times != 0; });
}

std::optional<FaultSpec> FaultQueue::take() {
    if (m_faults.isEmpty()) {
        return std::nullopt;
    }
    FaultSpec& first = m_faults.first();
    const FaultSpec hit = first;
    if (first.times > 0 && --first.times == 0) {
        m_faults.removeFirst();
    }
    return hit;
}

} // namespace lavascope
