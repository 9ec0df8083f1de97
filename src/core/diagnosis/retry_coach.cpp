// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_coach.h"

#include "core/diagnosis/retry_waits.h"

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

using Severity = RetryFinding::Severity;

// A second chance is enough for a passing failure; who stops after it has not given up early.
constexpr int fewestRetries = 2;
// Nobody needs to wait in front of a program for longer than this.
constexpr auto longestSensibleAsk = 60s;
// A loop without a pause comes back within this; full jitter does, twice in a row, about once in 600 times.
constexpr auto noPause = 20ms;
constexpr auto shortPause = 50ms;
constexpr auto longPause = 120s;

/// How the findings of one exchange are put together.
class Judge {
public:
    Judge(const RetryExchange& exchange, const QList<RetryExchange>& others)
        : m_exchange(exchange)
        , m_waits(waitsOf(exchange))
        , m_others(others) {}

    [[nodiscard]] QList<RetryFinding> findings() {
        judgeUseless();
        judgeAskedWaits();
        judgeHammering();
        judgeLongWaits();
        judgePattern();
        judgeCompany();
        judgeIdempotency();
        judgeBilling();
        judgeEnd();
        std::stable_sort(
            m_findings.begin(), m_findings.end(),
            [](const RetryFinding& a, const RetryFinding& b) { return a.severity > b.severity; });
        if (m_findings.isEmpty() || m_findings.constFirst().severity < Severity::Warning)
            m_findings.prepend(praise());
        return m_findings;
    }

private:
    void add(const char* name, Severity severity, const QString& message, const QString& advice = {}) {
        m_findings.append({QString::fromLatin1(name), severity, message, advice});
    }

    [[nodiscard]] bool has(const char* name) const {
        return std::any_of(m_findings.begin(), m_findings.end(),
                           [&](const RetryFinding& finding) { return finding.name == QLatin1String(name); });
    }

    void judgeUseless() {
        const auto useless = std::find_if(m_waits.begin(), m_waits.end(),
                                          [](const RetryWait& wait) { return wait.isUseless; });
        if (useless == m_waits.end())
            return;
        add("retried_what_cannot_work", Severity::Error,
            QStringLiteral(
                "Try %1 was answered %2, which sending the same again cannot change; try %3 came %4.")
                .arg(useless->number - 1)
                .arg(m_exchange.tries[useless->number - 2].status)
                .arg(useless->number)
                .arg(laterText(*useless)),
            QStringLiteral(
                "Stop at such an answer and report it. Try again only after 408, 409, 425, 429, and from "
                "500 on (but 501 and 505)."));
    }

    void judgeAskedWaits() {
        QList<RetryWait> early;
        std::copy_if(m_waits.begin(), m_waits.end(), std::back_inserter(early),
                     [](const RetryWait& wait) { return wait.isEarly(); });
        if (early.isEmpty())
            return;
        const auto worst = std::min_element(early.begin(), early.end(), [](const auto& a, const auto& b) {
            return a.length - *a.asked < b.length - *b.asked;
        });
        QString message = QStringLiteral("The answer to try %1 asked to wait %2; try %3 came %4.")
                              .arg(worst->number - 1)
                              .arg(pauseText(*worst->asked))
                              .arg(worst->number)
                              .arg(laterText(*worst));
        if (early.size() > 1)
            message += QStringLiteral(" So it was %1 times.").arg(early.size());
        add("ignored_retry_after", Severity::Error, message,
            QStringLiteral("Read Retry-After (seconds, also fractions, or a date) and wait at least as long, "
                           "counted from the end of the answer."));
    }

    void judgeHammering() {
        const auto overlap = std::count_if(m_waits.begin(), m_waits.end(),
                                           [](const RetryWait& wait) { return wait.overlaps; });
        if (overlap > 0) {
            add("hammered", Severity::Error,
                QStringLiteral("%1 of %2 tries came while the answer to an earlier one was still due.")
                    .arg(overlap)
                    .arg(m_exchange.tries.size()),
                QStringLiteral(
                    "Wait for the answer before trying again. If these were different calls with "
                    "the same body, give each its own Idempotency-Key, so that they are told apart."));
            return;
        }
        const QList<RetryWait> chosen = ownWaits(m_waits, OwnWaits::AlsoWhereAsked);
        // To come back at once a single time after a lost connection is usual: it may have been an old one.
        const bool afterLostConnection =
            chosen.size() == 1 &&
            m_exchange.tries[chosen.constFirst().number - 2].ending == RetryTry::Ending::Dropped;
        if (chosen.isEmpty() || afterLostConnection)
            return;
        const std::chrono::microseconds mean = meanOf(chosen);
        const QString advice = QStringLiteral(
            "Without a time from the server, wait a random time below a limit that begins at 0.5 to 1 s and "
            "doubles with each try.");
        if (chosen.size() > 1 && mean < noPause) {
            add("hammered", Severity::Error,
                QStringLiteral("%1 tries came, on average, %2 after the answer before.")
                    .arg(chosen.size())
                    .arg(pauseText(mean)),
                advice);
        } else if (mean < shortPause && !has("ignored_retry_after")) {
            add("waited_too_little", chosen.size() > 1 ? Severity::Warning : Severity::Note,
                chosen.size() > 1
                    ? QStringLiteral("The %1 waits are %2 on average, which gives a busy server no rest.")
                          .arg(chosen.size())
                          .arg(pauseText(mean))
                    : QStringLiteral("Try %1 came %2. Full jitter may do that once; more tries would tell.")
                          .arg(chosen.constFirst().number)
                          .arg(laterText(chosen.constFirst())),
                advice);
        }
    }

    void judgeLongWaits() {
        for (const RetryWait& wait : m_waits) {
            // Some more than was asked for is jitter, and welcome.
            const auto limit = wait.asked ? std::chrono::microseconds(*wait.asked * 3 + 5s)
                                          : std::chrono::microseconds(longPause);
            if (wait.length <= limit || wait.isUseless)
                continue;
            add("waited_much_too_long", Severity::Warning,
                wait.asked ? QStringLiteral("The answer to try %1 asked to wait %2; try %3 came %4.")
                                 .arg(wait.number - 1)
                                 .arg(pauseText(*wait.asked))
                                 .arg(wait.number)
                                 .arg(laterText(wait))
                           : QStringLiteral("Try %1 came %2, though nothing asked for so long a wait.")
                                 .arg(wait.number)
                                 .arg(laterText(wait)),
                QStringLiteral("Where the server names a time, wait that long and a little more; else limit "
                               "the wait to about a minute."));
            return;
        }
    }

    void judgePattern() {
        const QList<RetryWait> chosen = ownWaits(m_waits, OwnWaits::OnlyWhereNotAsked);
        if (m_waits.isEmpty() || has("hammered"))
            return;
        if (chosen.size() < fewestForPattern) {
            if (!ownWaits(m_waits, OwnWaits::AlsoWhereAsked).isEmpty())
                add("jitter_unknown", Severity::Note,
                    QStringLiteral(
                        "Whether the waits are random cannot be told: that takes %1 waits for which no "
                        "time was asked, and there were %2.")
                        .arg(fewestForPattern)
                        .arg(chosen.size()),
                    QStringLiteral("To see it, let more tries fail, without Retry-After."));
            return;
        }
        const WaitPattern pattern = patternOf(chosen);
        if (!pattern.grows)
            add("no_growth", Severity::Warning,
                QStringLiteral("The waits do not grow: %1.").arg(listText(chosen)),
                QStringLiteral(
                    "Double the limit of the wait with each try: who failed three times should ask more "
                    "seldom than who failed once."));
        if (pattern.isRegular)
            add("no_jitter", Severity::Warning,
                QStringLiteral("The waits follow a fixed rule: %1.").arg(listText(chosen)),
                QStringLiteral(
                    "Make each wait random (full jitter: anything from 0 to the limit), or all clients "
                    "that failed together will come back together."));
    }

    void judgeCompany() {
        const auto inStep = std::count_if(m_others.begin(), m_others.end(), [&](const RetryExchange& other) {
            return other.number != m_exchange.number && comeInStep(m_exchange, other);
        });
        if (inStep > 0)
            add("in_step", Severity::Warning,
                QStringLiteral("%1 other call(s) came back at the same moments as this one.").arg(inStep),
                QStringLiteral(
                    "Make each wait random; where the server names a time, add up to a fifth of it at "
                    "random."));
    }

    void judgeIdempotency() {
        const QList<RetryTry>& tries = m_exchange.tries;
        const auto other = std::find_if(tries.begin(), tries.end(), [&](const RetryTry& each) {
            return each.idempotencyKey != tries.constFirst().idempotencyKey;
        });
        if (other == tries.end())
            return;
        const qsizetype number = other - tries.begin() + 1;
        QString message = QStringLiteral("Try %1 came with another Idempotency-Key than try 1.").arg(number);
        if (other->idempotencyKey.isEmpty())
            message = QStringLiteral("Try %1 came without the Idempotency-Key of try 1.").arg(number);
        else if (tries.constFirst().idempotencyKey.isEmpty())
            message = QStringLiteral("Try %1 came with an Idempotency-Key, try 1 without.").arg(number);
        add("changed_idempotency_key", Severity::Error, message,
            QStringLiteral(
                "Make the key once for a call and send the same with every try; else the work may be "
                "done, and billed, twice."));
    }

    void judgeBilling() {
        const QList<RetryTry>& tries = m_exchange.tries;
        for (qsizetype index = 0; index + 1 < tries.size(); ++index) {
            const RetryTry& each = tries[index];
            const bool silent = each.ending == RetryTry::Ending::ClientLeft && each.status == 0;
            if (!each.idempotencyKey.isEmpty() || (!each.hadBegun() && !silent))
                continue;
            add("may_be_billed_twice", each.hadBegun() ? Severity::Warning : Severity::Note,
                each.hadBegun()
                    ? QStringLiteral(
                          "The answer to try %1 had begun when it broke off; it was asked for again.")
                          .arg(index + 1)
                    : QStringLiteral("Try %1 was given up without an answer and sent again; it may have been "
                                     "carried out.")
                          .arg(index + 1),
                QStringLiteral("Leave it to a person to repeat what may have been billed, or send an "
                               "Idempotency-Key where the provider knows it."));
            return;
        }
    }

    void judgeEnd() {
        const RetryTry& last = m_exchange.tries.constLast();
        const bool mayStop = last.succeeded() || last.failedForGood() || last.hadBegun() ||
                             last.ending == RetryTry::Ending::ClientLeft ||
                             last.ending == RetryTry::Ending::Open;
        if (!m_exchange.finished || mayStop)
            return;
        const qsizetype retries = m_exchange.tries.size() - 1;
        const bool longAsk = last.retryAfter && *last.retryAfter > longestSensibleAsk;
        const Severity severity = retries < fewestRetries && !longAsk ? Severity::Warning : Severity::Note;
        add("gave_up_early", severity,
            retries == 0 ? QStringLiteral("The client did not try again after %1.").arg(answerText(last))
                         : QStringLiteral("The client gave up after %1 tries; the last was answered %2.")
                               .arg(retries + 1)
                               .arg(answerText(last)),
            severity == Severity::Warning
                ? QStringLiteral(
                      "Such a failure passes: two or three more tries, with growing waits, mostly help.")
                : QString());
    }

    [[nodiscard]] RetryFinding praise() const {
        const QList<RetryTry>& tries = m_exchange.tries;
        const RetryTry& last = tries.constLast();
        QString message = QStringLiteral("Nothing was wrong with the %1 tries.").arg(tries.size());
        if (tries.size() == 1 && last.succeeded())
            message = QStringLiteral("The first try succeeded: there was nothing to try again.");
        else if (tries.size() == 1 && last.failedForGood())
            message = QStringLiteral("It stopped at %1, which sending the same again cannot change.")
                          .arg(answerText(last));
        else if (tries.size() == 1)
            message = m_exchange.finished
                          ? QStringLiteral("It did not try again after %1.").arg(answerText(last))
                          : QStringLiteral("It has not tried again yet.");
        else if (last.succeeded())
            message = QStringLiteral("It waited as it should (%1) and got its answer with try %2.")
                          .arg(listText(m_waits))
                          .arg(tries.size());
        return {QStringLiteral("good"), Severity::Good, message, {}};
    }

    const RetryExchange& m_exchange;
    QList<RetryWait> m_waits;
    const QList<RetryExchange>& m_others;
    QList<RetryFinding> m_findings;
};

} // namespace

bool RetryTry::succeeded() const {
    constexpr int firstError = 400;
    return ending == Ending::Whole && status > 0 && status < firstError;
}

bool RetryTry::failedForGood() const {
    if (ending != Ending::Whole)
        return false;
    switch (status) {
    case 408: // Request Timeout
    case 409: // Conflict
    case 423: // Locked
    case 424: // Failed Dependency: Bedrock, when a model failed
    case 425: // Too Early
    case 429: // Too Many Requests
    case 498: // Groq, when it has no capacity left
        return false;
    case 501: // Not Implemented
    case 505: // HTTP Version Not Supported
        return true;
    default:
        return status >= 400 && status < 500;
    }
}

bool RetryTry::hadBegun() const {
    constexpr int firstError = 400;
    return status > 0 && status < firstError && ending != Ending::Whole && ending != Ending::Open;
}

const char* severityName(RetryFinding::Severity severity) {
    switch (severity) {
    case Severity::Good:
        return "good";
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

const char* verdictName(RetryVerdict verdict) {
    switch (verdict) {
    case RetryVerdict::Good:
        return "good";
    case RetryVerdict::Improvable:
        return "improvable";
    case RetryVerdict::Bad:
        break;
    }
    return "bad";
}

RetryReport judgeRetries(const RetryExchange& exchange, const QList<RetryExchange>& others) {
    RetryReport report;
    report.exchange = exchange;
    if (exchange.tries.isEmpty()) {
        report.findings.append(
            {QStringLiteral("good"), Severity::Good, QStringLiteral("No try has come yet."), {}});
        return report;
    }
    report.findings = Judge(exchange, others).findings();
    const Severity gravest = report.findings.constFirst().severity;
    if (gravest == Severity::Error)
        report.verdict = RetryVerdict::Bad;
    else if (gravest == Severity::Warning)
        report.verdict = RetryVerdict::Improvable;
    return report;
}

std::chrono::microseconds patienceWith(const RetryExchange& exchange) {
    constexpr std::chrono::microseconds least = 15s;
    constexpr int factor = 4;
    std::chrono::microseconds longest{0};
    for (const RetryWait& wait : waitsOf(exchange))
        longest = std::max(longest, wait.length);
    if (!exchange.tries.isEmpty() && exchange.tries.constLast().retryAfter)
        longest = std::max<std::chrono::microseconds>(longest, *exchange.tries.constLast().retryAfter);
    return least + longest * factor;
}

} // namespace lavascope
