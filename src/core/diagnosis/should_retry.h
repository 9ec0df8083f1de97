// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/facts.h"

#include <QString>

namespace lavascope {

/// Whether another try can work: the rule's verdict, unless the server says otherwise.
struct RetryVerdict {
    Retry retry = Retry::No; ///< never After
    QString evidence;        ///< what the server says, and whether it counts; empty if it says nothing
    QString cause;           ///< a sentence, where the rule was overridden
};

/// `x-should-retry` overrides what a status means. It does not where trying again is known to be in vain:
/// where credit or a quota is used up, or where the mistake was seen in our own credential.
[[nodiscard]] RetryVerdict retryVerdict(const DiagnosisRules::Rule& rule, const Facts& facts);

} // namespace lavascope
