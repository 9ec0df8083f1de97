// SPDX-License-Identifier: MIT
// Input: one line `status ending`, header lines, an empty line, the body. Whatever comes, there is an answer
// in words, no wait is negative or longer than a day, and the credential that was sent does not show up in
// it.
#include "check.h"
#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/retry_policy.h"

#include <QFile>

using namespace lavascope;

namespace {

constexpr const char* canary = "aks_test_CANARYnotARealKey0000";
constexpr std::chrono::milliseconds day = std::chrono::hours(24);

const DiagnosisRules& shippedRules() {
    static const DiagnosisRules rules = [] {
        QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/resources/diagnosis.json"));
        FUZZ_CHECK(file.open(QIODevice::ReadOnly));
        return DiagnosisRules::fromJson(file.readAll()).value();
    }();
    return rules;
}

Outcome outcomeOf(const QByteArray& input) {
    Outcome outcome;
    const qsizetype blank = input.indexOf("\n\n");
    const QList<QByteArray> lines = input.left(blank < 0 ? input.size() : blank).split('\n');
    const QList<QByteArray> first = lines.constFirst().split(' ');
    outcome.status = first.constFirst().toInt();
    if (first.size() > 1)
        if (const std::optional<EndReason> reason = endReasonByName(first[1]))
            outcome.ending = Ending{*reason, QString::fromUtf8(first.mid(2).join(' ')), {}, 1};
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            outcome.headers.append(line.left(colon), line.mid(colon + 1).trimmed());
    }
    outcome.body = blank < 0 ? QByteArray() : input.mid(blank + 2);
    outcome.url = "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions";
    outcome.authorization = Secret(QByteArray("Bearer ") + canary);
    outcome.nowMs = 1'790'000'000'000;
    return outcome;
}

void checkLine(const QString& line) {
    FUZZ_CHECK(!line.trimmed().isEmpty());
    FUZZ_CHECK(!line.contains(QLatin1Char('\n')));
    FUZZ_CHECK(line.size() < 1000);
    FUZZ_CHECK(!line.contains(QLatin1String(canary)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    Outcome outcome = outcomeOf(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    // Half of all inputs are what was sent, too, so that our own side is looked at.
    if (size % 2 == 1)
        outcome.request = HttpRequest{"POST", outcome.url, outcome.headers, outcome.body};
    const Diagnosis diagnosis = diagnose(shippedRules(), outcome);

    FUZZ_CHECK(!diagnosis.kind.isEmpty() && !diagnosis.rule.isEmpty());
    FUZZ_CHECK(!diagnosis.steps.isEmpty() && !diagnosis.evidence.isEmpty());
    checkLine(diagnosis.title);
    checkLine(diagnosis.cause);
    for (const QString& line : diagnosis.steps + diagnosis.evidence + diagnosis.ruledOut)
        checkLine(line);
    FUZZ_CHECK(!diagnosis.requestId.contains(QLatin1String(canary)));

    FUZZ_CHECK((diagnosis.retry == Retry::After) == diagnosis.retryAfter.has_value());
    if (diagnosis.retryAfter)
        FUZZ_CHECK(diagnosis.retryAfter->count() >= 0 && *diagnosis.retryAfter <= day);
    RetryPolicy policy;
    policy.maxRetries = 5;
    const auto wait = policy.waitBefore(diagnosis, 1 + int(size % 5), false, 0.999);
    FUZZ_CHECK(!wait || (wait->count() >= 0 && *wait <= policy.cap));
    const bool asksTooMuch = diagnosis.retryAfter && *diagnosis.retryAfter > policy.cap;
    FUZZ_CHECK(wait.has_value() ==
               (diagnosis.retry != Retry::No && !diagnosis.mayHaveBeenBilled && !asksTooMuch));
    return 0;
}
