// SPDX-License-Identifier: MIT
#include "sandbox/coach.h"

#include "core/base/secret.h"
#include "core/diagnosis/retry_report_text.h"
#include "core/json/writer.h"

#include <QCryptographicHash>

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr std::size_t mostOpen = 200;
constexpr qsizetype mostTries = 1000; ///< of one exchange, should nothing ever let it succeed
constexpr qsizetype mostKept = 100;
// Others that come in step with the last try are still to arrive.
constexpr microseconds reportPause = 250ms;

void addPart(QCryptographicHash& hash, QByteArrayView part) {
    // With its length, or two ways to cut the same bytes would be one call.
    hash.addData(QByteArray::number(part.size()) + ':');
    hash.addData(part.toByteArray());
}

[[nodiscard]] QByteArray credentialHash(const TokenFields& caller) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    addPart(hash, caller.secretKey.reveal());
    addPart(hash, caller.customerId.hasValue() ? caller.customerId.value().toUtf8() : QByteArray());
    addPart(hash, caller.meterSlug.hasValue() ? caller.meterSlug.value().toUtf8() : QByteArray());
    addPart(hash, caller.providerKey.hasValue() ? caller.providerKey.value().reveal() : QByteArray());
    return hash.result();
}

} // namespace

CoachedCall coachedCallOf(const ReceivedRequest& request, const TokenFields& caller, const QByteArray& url,
                          const QString& shownTarget) {
    const QByteArray credential = credentialHash(caller);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray& part : {credential, request.method, url, request.body})
        addPart(hash, part);
    CoachedCall call;
    call.client = QString::fromLatin1(fingerprintOf(credential));
    call.target = shownTarget;
    call.what = hash.result();
    if (request.headers.contains("idempotency-key"))
        call.idempotencyKey =
            QString::fromLatin1(fingerprintOf(request.headers.values("idempotency-key").constFirst()));
    return call;
}

Coach::Welcome Coach::arrive(const CoachedCall& call, microseconds now) {
    for (Open& open : m_open) {
        const std::optional<microseconds> due = dueTime(open);
        open.isClosed = open.isClosed || (due && *due <= now);
    }
    Open& open = openFor(call);
    RetryTry arrived;
    arrived.arrivedAt = now;
    arrived.idempotencyKey = call.idempotencyKey;
    open.exchange.tries.append(arrived);
    open.isClosed = open.exchange.tries.size() >= mostTries;
    Welcome welcome;
    welcome.ticket = {open.exchange.number, open.exchange.tries.size() - 1};
    welcome.fault = open.faults.take();
    return welcome;
}

/// The exchange that a try belongs to. Where keys differ, it is another call if an answer is still due, and
/// else the same one by a client that makes a new key for each try.
Coach::Open& Coach::openFor(const CoachedCall& call) {
    const auto mayTake = [&](const Open& open) { return !open.isClosed && open.what == call.what; };
    auto found = std::find_if(m_open.begin(), m_open.end(), [&](const Open& open) {
        return mayTake(open) && open.exchange.tries.constLast().idempotencyKey == call.idempotencyKey;
    });
    if (found == m_open.end())
        found = std::find_if(m_open.begin(), m_open.end(),
                             [&](const Open& open) { return mayTake(open) && dueTime(open); });
    if (found != m_open.end())
        return *found;
    makeRoom();
    Open open;
    open.exchange.number = ++m_lastNumber;
    open.exchange.client = call.client;
    open.exchange.target = call.target;
    open.what = call.what;
    open.faults.set(m_plan);
    m_open.push_back(open);
    return m_open.back();
}

/// In a crowd the oldest calls are judged as they stand; if their reports are not fetched either, at once.
void Coach::makeRoom() {
    if (m_open.size() >= 2 * mostOpen)
        m_overdue.append(finish(m_open.begin()));
    if (m_overdue.size() > mostKept)
        m_overdue.removeFirst();
    const auto oldest =
        std::find_if(m_open.begin(), m_open.end(), [](const Open& open) { return !open.isClosed; });
    if (m_open.size() >= mostOpen && oldest != m_open.end())
        oldest->isClosed = true;
}

void Coach::answered(Ticket ticket, const RetryTry& answer, microseconds now) {
    const auto open = std::find_if(m_open.begin(), m_open.end(),
                                   [&](const Open& each) { return each.exchange.number == ticket.exchange; });
    if (open == m_open.end())
        return; // its report was given before this answer ended
    RetryTry& ended = open->exchange.tries[ticket.index];
    ended.endedAt = now;
    ended.ending = answer.ending;
    ended.status = answer.status;
    ended.retryAfter = answer.retryAfter;
    open->isClosed = open->isClosed || ended.succeeded();
}

std::optional<microseconds> Coach::dueTime(const Open& open) {
    const QList<RetryTry>& tries = open.exchange.tries;
    microseconds lastEnd = tries.constFirst().arrivedAt;
    bool awaitsAnswer = false;
    for (const RetryTry& each : tries) {
        awaitsAnswer = awaitsAnswer || each.ending == RetryTry::Ending::Open;
        lastEnd = std::max(lastEnd, each.ending == RetryTry::Ending::Open ? each.arrivedAt : each.endedAt);
    }
    if (open.isClosed)
        return lastEnd + reportPause;
    return awaitsAnswer ? std::nullopt : std::optional(lastEnd + patienceWith(open.exchange));
}

RetryReport Coach::judged(RetryExchange exchange, bool finished) const {
    QList<RetryExchange> others;
    for (const Open& open : m_open)
        others.append(open.exchange);
    for (const RetryReport& report : m_finished)
        others.append(report.exchange);
    exchange.finished = finished;
    return judgeRetries(exchange, others);
}

RetryReport Coach::finish(std::list<Open>::iterator open) {
    RetryReport report = judged(open->exchange, true);
    m_open.erase(open);
    m_finished.append(report);
    if (m_finished.size() > mostKept)
        m_finished.removeFirst();
    return report;
}

QList<RetryReport> Coach::settle(microseconds now) {
    QList<RetryReport> due = std::exchange(m_overdue, {});
    for (auto open = m_open.begin(); open != m_open.end();) {
        const auto next = std::next(open);
        const std::optional<microseconds> time = dueTime(*open);
        if (time && *time <= now)
            due.append(finish(open));
        open = next;
    }
    return due;
}

QList<RetryReport> Coach::finishAll() {
    QList<RetryReport> reports = std::exchange(m_overdue, {});
    while (!m_open.empty())
        reports.append(finish(m_open.begin()));
    return reports;
}

std::optional<microseconds> Coach::nextLook() const {
    std::optional<microseconds> next;
    for (const Open& open : m_open) {
        const std::optional<microseconds> time = dueTime(open);
        if (time && (!next || *time < *next))
            next = time;
    }
    return next;
}

QList<RetryReport> Coach::reports() const {
    QList<RetryReport> reports = m_finished;
    for (const Open& open : m_open)
        reports.append(judged(open.exchange, open.isClosed));
    return reports;
}

QByteArray coachJson(const Coach& coach) {
    json::Writer writer;
    writer.beginObject();
    writer.name("plan");
    writer.beginArray();
    for (const FaultSpec& step : coach.plan())
        writer.value(faultText(step));
    writer.endArray();
    const QList<RetryReport> reports = coach.reports();
    const auto worst =
        std::max_element(reports.begin(), reports.end(),
                         [](const RetryReport& a, const RetryReport& b) { return a.verdict < b.verdict; });
    writer.name("verdict");
    if (worst == reports.end())
        writer.null();
    else
        writer.value(verdictName(worst->verdict));
    writer.name("reports");
    writer.beginArray();
    for (const RetryReport& report : reports)
        writer.raw(retryReportJson(report));
    writer.endArray();
    writer.endObject();
    return writer.bytes();
}

} // namespace lavascope
