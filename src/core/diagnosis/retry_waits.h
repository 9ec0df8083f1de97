// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_coach.h"

namespace lavascope {

/// The pause before a try: what a client did with the answer before.
struct RetryWait {
    int number = 0; ///< of the try that ended the wait, from 2
    /// From the end of the answer before; 0 where the try came while it was due.
    std::chrono::microseconds length{0};
    std::optional<std::chrono::milliseconds> asked; ///< by the server
    bool overlaps = false;                          ///< an earlier answer was still due
    bool isUseless = false;                         ///< after an answer that sending again cannot change

    /// It came before the time that the server asked for, by more than clocks may differ.
    [[nodiscard]] bool isEarly() const;
};

/// The waits before every try but the first.
[[nodiscard]] QList<RetryWait> waitsOf(const RetryExchange& exchange);

enum class OwnWaits { OnlyWhereNotAsked, AlsoWhereAsked };
/// The waits whose length the client chose: not those that overlap, that could help nothing, or for which the
/// server said "at once".
[[nodiscard]] QList<RetryWait> ownWaits(const QList<RetryWait>& waits, OwnWaits which);
[[nodiscard]] std::chrono::microseconds meanOf(const QList<RetryWait>& waits);

/// From this many waits on, a pattern can be told from chance.
inline constexpr qsizetype fewestForPattern = 3;
struct WaitPattern {
    bool grows = true;
    bool isRegular = false; ///< constant, by a fixed amount more, or by a fixed factor
};
[[nodiscard]] WaitPattern patternOf(const QList<RetryWait>& waits);

/// Two or more tries after the first came at the same moments in both.
[[nodiscard]] bool comeInStep(const RetryExchange& one, const RetryExchange& other);

/// `0.31 s`
[[nodiscard]] QString pauseText(std::chrono::microseconds time);
/// `0.31 s later`, or that it came before the answer had ended.
[[nodiscard]] QString laterText(const RetryWait& wait);
/// `0.5, 1.02 and 2 s`; long lists are shortened.
[[nodiscard]] QString listText(const QList<RetryWait>& waits);
/// `429`, `200, cut off`, `no answer`, …: how a try ended.
[[nodiscard]] QString answerText(const RetryTry& each);

} // namespace lavascope
