// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_coach.h"
#include "core/token/token_fields.h"
#include "sandbox/fault_queue.h"
#include "sandbox/request_reader.h"

#include <functional>
#include <list>

namespace lavascope {

/// The time since some fixed moment, which never goes back.
using SteadyClock = std::function<std::chrono::microseconds()>;

/// What tells one call of a client, with all its tries, from others. It holds hashes and no secret.
struct CoachedCall {
    QString client;         ///< fingerprint of the credential
    QString target;         ///< provider URL without its query
    QByteArray what;        ///< hash of credential, method, whole URL and body
    QString idempotencyKey; ///< its fingerprint; empty: none was sent
};
[[nodiscard]] CoachedCall coachedCallOf(const ReceivedRequest& request, const TokenFields& caller,
                                        const QByteArray& url, const QString& shownTarget);

/// Lets the first tries of every call fail as planned, writes down what the client does, and has that judged
/// when the call is over: an answer came, or the client stayed away. Time comes in as a number.
class Coach {
public:
    /// One try of one call.
    struct Ticket {
        int exchange = 0;
        qsizetype index = 0;
    };
    struct Welcome {
        Ticket ticket;
        std::optional<FaultSpec> fault; ///< how this try is to fail; nothing: not by the plan
    };

    /// Of every call to come. Empty: off. Each step must end after some requests.
    void setPlan(const QList<FaultSpec>& plan) { m_plan = plan; }
    [[nodiscard]] const QList<FaultSpec>& plan() const { return m_plan; }
    [[nodiscard]] bool isOn() const { return !m_plan.isEmpty(); }

    [[nodiscard]] Welcome arrive(const CoachedCall& call, std::chrono::microseconds now);
    /// `answer`: how the try ended; its times and its key are not looked at.
    void answered(Ticket ticket, const RetryTry& answer, std::chrono::microseconds now);

    /// The reports that have become due, once each.
    [[nodiscard]] QList<RetryReport> settle(std::chrono::microseconds now);
    /// The reports on all that is open, which ends here.
    [[nodiscard]] QList<RetryReport> finishAll();
    /// When settle() may next have something; nothing: not before another try.
    [[nodiscard]] std::optional<std::chrono::microseconds> nextLook() const;
    /// All reports that are kept (the last 100), then those on what is still open, as it stands.
    [[nodiscard]] QList<RetryReport> reports() const;

private:
    struct Open {
        RetryExchange exchange;
        QByteArray what;
        FaultQueue faults;
        bool isClosed = false; ///< takes no more tries; its report is still due
    };

    [[nodiscard]] Open& openFor(const CoachedCall& call);
    [[nodiscard]] static std::optional<std::chrono::microseconds> dueTime(const Open& open);
    [[nodiscard]] RetryReport judged(RetryExchange exchange, bool finished) const;
    void makeRoom();
    [[nodiscard]] RetryReport finish(std::list<Open>::iterator open);

    QList<FaultSpec> m_plan;
    std::list<Open> m_open; ///< oldest first
    QList<RetryReport> m_finished;
    QList<RetryReport> m_overdue; ///< of those, what settle() has yet to give
    int m_lastNumber = 0;
};

/// `{"plan":[…],"verdict":…,"reports":[…]}`: all reports, and the worst verdict among them (null: none).
[[nodiscard]] QByteArray coachJson(const Coach& coach);

} // namespace lavascope
