// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <chrono>
#include <optional>

namespace lavascope {

/// How long to wait before the next try, if there is to be one: exactly what the server asked for, else full
/// jitter, `random · min(cap, base · 2^tries)`.
struct RetryPolicy {
    std::chrono::milliseconds base{500};
    std::chrono::milliseconds cap{60'000}; ///< the longest wait; not negative
    int maxRetries = 0;                    ///< never unasked
    int triesBefore = 0; ///< of the same request, before this call; they lengthen the pauses

    /// The server named a longer wait than is ever waited unwatched. Coming earlier would be hammering, so
    /// there is no try by itself, and when to try again is left to the person.
    [[nodiscard]] bool asksForMoreThanTheCap(const Diagnosis& diagnosis) const;

    /// The longest pause before the next try where the server named no time.
    [[nodiscard]] std::chrono::milliseconds longestPause(int triesMade) const;

    /// How long it makes sense to wait, whoever makes the next try: what the server asked for, however long.
    /// Nothing: it would fail again.
    [[nodiscard]] std::optional<std::chrono::milliseconds> advisedWait(const Diagnosis& diagnosis,
                                                                       int triesMade, double random) const;

    /// `triesMade` counts from 1. `random` is in [0, 1). Nothing: do not try again. Never after a body byte
    /// of a good answer arrived, since that may have been billed.
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    waitBefore(const Diagnosis& diagnosis, int triesMade, bool answerBegan, double random) const;
};

} // namespace lavascope
