// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"
#include "core/diagnosis/retry_after.h"
#include "core/diagnosis/should_retry.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

bool isGood(int status) {
    return status >= 200 && status <= 299;
}

/// What a placeholder stands for; each reads well in a sentence even where nothing is known.
QString meaningOf(const QString& placeholder, const Facts& facts) {
    constexpr qsizetype limit = 200;
    if (placeholder == QLatin1String("status"))
        return QString::number(facts.status());
    if (placeholder == QLatin1String("provider"))
        return facts.target().isEmpty() ? QStringLiteral("the provider") : facts.target();
    if (placeholder == QLatin1String("host"))
        return facts.host().isEmpty() ? QStringLiteral("the gateway") : facts.host();
    if (placeholder == QLatin1String("detail")) {
        const std::optional<Ending>& ending = facts.outcome().ending;
        return ending ? facts.harmless(ending->detail, limit) : QString();
    }
    if (placeholder == QLatin1String("headline"))
        return facts.harmless(facts.credentialHeadline(), limit);
    return {};
}

/// Fills in the placeholders once: what is filled in is never looked at again.
QString filled(const QString& words, const Facts& facts) {
    static const QRegularExpression placeholder(QStringLiteral(R"(\{([a-z]+)\})"));
    QString out;
    qsizetype at = 0;
    auto found = placeholder.globalMatch(words);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        out += QStringView(words).sliced(at, match.capturedStart() - at);
        out += meaningOf(match.captured(1), facts);
        at = match.capturedEnd();
    }
    out += QStringView(words).sliced(at);
    return out.simplified();
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

Diagnosis answer(const DiagnosisRules::Rule& rule, const Facts& facts) {
    Diagnosis diagnosis;
    diagnosis.kind = rule.kind;
    diagnosis.title = filled(rule.title, facts);
    diagnosis.fault = rule.fault;
    const RetryVerdict verdict = retryVerdict(rule, facts);
    diagnosis.retry = verdict.retry;
    diagnosis.rateLimits = limitsOf(facts);
    diagnosis.mayHaveBeenBilled = rule.mayHaveBeenBilled;
    diagnosis.cause = filled(rule.cause, facts);
    if (facts.inStream())
        diagnosis.cause.prepend(
            QStringLiteral("The call was accepted with status %1, and the failure came inside the answer. ")
                .arg(facts.outcome().status));
    for (const QString& step : rule.steps)
        diagnosis.steps.append(filled(step, facts));
    if (!verdict.cause.isEmpty())
        diagnosis.cause += QLatin1Char(' ') + verdict.cause;
    diagnosis.evidence = evidenceFor(rule, facts);
    if (!verdict.evidence.isEmpty())
        diagnosis.evidence.append(verdict.evidence);
    if (verdict.retry == Retry::Backoff)
        takeServersTime(diagnosis, facts);
    diagnosis.rule = rule.id;
    diagnosis.docs = rule.docs;
    diagnosis.requestId = requestIdOf(facts);
    return diagnosis;
}

} // namespace

QStringList placeholderNames() {
    return {QStringLiteral("status"), QStringLiteral("provider"), QStringLiteral("host"),
            QStringLiteral("detail"), QStringLiteral("headline")};
}

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
    return hit == list.end() ? Diagnosis{} : answer(**hit, facts);
}

} // namespace lavascope
