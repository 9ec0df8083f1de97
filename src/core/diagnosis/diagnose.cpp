// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"
#include "core/diagnosis/retry_after.h"
#include "core/diagnosis/should_retry.h"
#include "core/request/mend_request.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

bool isGood(int status) {
    return status >= 200 && status <= 299;
}

QString requestIdOf(const Facts& facts) {
    constexpr std::array<QByteArrayView, 7> names = {
        "x-lava-request-id", "request-id",      "x-request-id", "x-amzn-requestid",
        "apim-request-id",   "x-generation-id", "cf-ray",
    };
    constexpr qsizetype limit = 200;
    for (QByteArrayView name : names) {
        const QByteArray value = facts.outcome().headers.value(name).value_or(QByteArray()).trimmed();
        if (!value.isEmpty())
            return facts.harmless(QString::fromUtf8(value), limit);
    }
    return facts.harmless(facts.body()["request_id"].toString(), limit);
}

std::vector<RateLimit> limitsOf(const Facts& facts) {
    Headers headers = facts.outcome().headers;
    for (const Headers::Field& field : headersInBody(facts.body()))
        headers.append(field.name, field.value);
    return rateLimits(headers, facts.outcome().nowMs);
}

void takeServersTime(Diagnosis& diagnosis, const Facts& facts) {
    const std::optional<ServersTime> time = serversTime(facts, diagnosis.rateLimits);
    if (!time)
        return;
    diagnosis.retry = Retry::After;
    diagnosis.retryAfter = time->wait;
    diagnosis.evidence.append(
        QStringLiteral("When to try again: in %1, by the %2").arg(spanInWords(time->wait), time->source));
}

QString titleOf(const DiagnosisRules::Rule& rule, const Facts& facts, const Finding* remark) {
    QString title = filled(rule.title, facts, remark);
    if (title.endsWith(QLatin1Char('.'))) // a remark is a sentence
        title.chop(1);
    return title;
}

void addOnce(std::vector<Remedy>& remedies, const Remedy& remedy) {
    if (std::find(remedies.begin(), remedies.end(), remedy) == remedies.end())
        remedies.push_back(remedy);
}

/// What the rule names, behind what the remarks on the request ask for.
std::vector<Remedy> remediesOf(const DiagnosisRules::Rule& rule, const Facts& facts) {
    std::vector<Remedy> remedies;
    for (const Finding& remark : facts.remarks())
        if (canBeMended(remark.code))
            addOnce(remedies, {Remedy::Action::MendRequest, remark.code});
    for (const Remedy& remedy : rule.remedies)
        addOnce(remedies, remedy);
    return remedies;
}

Diagnosis answer(const DiagnosisRules::Rule& rule, const Facts& facts) {
    const Finding* const remark = remarkOf(rule.match, facts);
    Diagnosis diagnosis;
    diagnosis.kind = rule.kind;
    diagnosis.title = titleOf(rule, facts, remark);
    diagnosis.fault = rule.fault;
    const RetryVerdict verdict = retryVerdict(rule, facts);
    diagnosis.retry = verdict.retry;
    diagnosis.rateLimits = limitsOf(facts);
    diagnosis.mayHaveBeenBilled = rule.mayHaveBeenBilled;
    diagnosis.cause = filled(rule.cause, facts, remark);
    if (facts.inStream())
        diagnosis.cause.prepend(
            QStringLiteral("The call was accepted with status %1, and the failure came inside the answer. ")
                .arg(facts.outcome().status));
    for (const QString& step : rule.steps)
        if (const QString words = filled(step, facts, remark); !words.isEmpty()) // not every remark has a fix
            diagnosis.steps.append(words);
    if (!verdict.cause.isEmpty())
        diagnosis.cause += QLatin1Char(' ') + verdict.cause;
    diagnosis.evidence = evidenceFor(rule, facts);
    if (!verdict.evidence.isEmpty())
        diagnosis.evidence.append(verdict.evidence);
    if (verdict.retry == Retry::Backoff)
        takeServersTime(diagnosis, facts);
    diagnosis.remarks = facts.remarks();
    diagnosis.remedies = remediesOf(rule, facts);
    diagnosis.rule = rule.id;
    diagnosis.docs = rule.docs;
    diagnosis.requestId = requestIdOf(facts);
    return diagnosis;
}

} // namespace

bool succeeded(const Outcome& outcome, const Transcript& transcript) {
    const bool whole = !outcome.ending || outcome.ending->reason == EndReason::Finished;
    if (!isGood(outcome.status) || !whole || transcript.error)
        return false;
    if (transcript.verdict == Verdict::Complete)
        return true;
    const bool mayBeEmpty = outcome.status == 204 || outcome.status == 205 || !outcome.ending;
    const bool promisedStream = outcome.headers.value("content-type")
                                    .value_or(QByteArray())
                                    .trimmed()
                                    .toLower()
                                    .startsWith("text/event-stream");
    return transcript.verdict == Verdict::NotAStream && transcript.dialect != QLatin1String("html") &&
           !promisedStream && (mayBeEmpty || !outcome.body.isEmpty());
}

Diagnosis diagnose(const DiagnosisRules& rules, const Outcome& outcome, const Transcript* transcript) {
    const Facts facts(outcome, transcript);
    const auto& list = rules.rules();
    const auto hit =
        std::find_if(list.begin(), list.end(), [&](const auto& rule) { return fits(rule->match, facts); });
    // fromJson() makes sure that the last rule always fits; only rules that were never read have none.
    if (hit == list.end())
        return {};
    Diagnosis diagnosis = answer(**hit, facts);
    diagnosis.ruledOut = ruledOut(rules, **hit, facts);
    return diagnosis;
}

} // namespace lavascope
