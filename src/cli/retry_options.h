// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_policy.h"

namespace CLI {
class App;
}

namespace lavascope {

class Run;

/// The options that say whether and how a call is tried again.
class RetryOptions {
public:
    void declare(CLI::App& app);
    [[nodiscard]] RetryPolicy policy() const;

private:
    int m_retries = 0;
    double m_base = 0.5; ///< seconds
    double m_cap = 60;
};

/// For a call that waits: what went wrong, and when which try starts.
[[nodiscard]] QString nextTryNote(const Run& run);
/// Why a call that failed was not tried again although that was asked for; empty if nothing stood against it.
[[nodiscard]] QString whyNotTriedAgain(const Run& run);

} // namespace lavascope
