// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace lavascope {

/// One request of a client that tries again, as its server saw it. All times are of one clock that never
/// goes back, whatever its beginning.
struct RetryTry {
    enum class Ending {
        Open,       ///< its answer is still due
        Whole,      ///< the answer went out to its end
        CutOff,     ///< the answer had begun, and broke off
        Dropped,    ///< the connection was closed without an answer
        ClientLeft, ///< the client did not wait for the (whole) answer
    };

    std::chrono::microseconds arrivedAt{0};
    std::chrono::microseconds endedAt{0}; ///< meaningless while Open
    Ending ending = Ending::Open;
    int status = 0;                                      ///< 0: none went out
    std::optional<std::chrono::milliseconds> retryAfter; ///< how long the answer asked to wait
    QString idempotencyKey;                              ///< its fingerprint; empty: none was sent

    /// The answer was whole and no error.
    [[nodiscard]] bool succeeded() const;
    /// The answer is of a kind that sending the same again cannot change, such as 401.
    [[nodiscard]] bool failedForGood() const;
    /// A good answer had begun: the provider was at work, and may bill for it.
    [[nodiscard]] bool hadBegun() const;
};

/// All tries of one client to get one thing done.
struct RetryExchange {
    int number = 0;
    QString client; ///< fingerprint of the credential
    QString target; ///< provider URL without its query
    QList<RetryTry> tries;
    bool finished = false; ///< nothing more is expected
};

/// One remark on how a client tries again.
struct RetryFinding {
    enum class Severity { Good, Note, Warning, Error };

    QString name; ///< stable, one of those in docs/sandbox.md
    Severity severity = Severity::Note;
    QString message; ///< what was seen, with the numbers
    QString advice;  ///< what to do; may be empty
};
[[nodiscard]] const char* severityName(RetryFinding::Severity severity);

enum class RetryVerdict { Good, Improvable, Bad };
[[nodiscard]] const char* verdictName(RetryVerdict verdict);

/// What is to be said about an exchange, the gravest first. It is never empty.
struct RetryReport {
    RetryExchange exchange;
    QList<RetryFinding> findings;
    RetryVerdict verdict = RetryVerdict::Good; ///< bad with an error, improvable with a warning
};

/// Judges how the client of an exchange tried again: whether it waited, as long as it was asked to, with
/// growing and random pauses, and stopped where no repeat can help. What too few tries cannot tell is said to
/// be unknown. `others`: exchanges of the same time, to see clients that come in step.
[[nodiscard]] RetryReport judgeRetries(const RetryExchange& exchange,
                                       const QList<RetryExchange>& others = {});

/// How long after the last answer a silent client is taken to have given up; it grows with what it was
/// asked for and with how long it has waited before.
[[nodiscard]] std::chrono::microseconds patienceWith(const RetryExchange& exchange);

} // namespace lavascope
