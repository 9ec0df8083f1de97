// SPDX-License-Identifier: MIT
#include "core/diagnosis/should_retry.h"

namespace lavascope {

namespace {

/// Nothing if the server does not say, or does not speak of this failure: headers that came with a good
/// status knew nothing of an error that followed, and not of how the call ended otherwise.
std::optional<bool> serversWord(const Facts& facts) {
    const Outcome& outcome = facts.outcome();
    const bool isWhole = !outcome.ending || outcome.ending->reason == EndReason::Finished;
    if (outcome.status < 400 || !isWhole)
        return std::nullopt;
    const QByteArray value =
        outcome.headers.value("x-should-retry").value_or(QByteArray()).trimmed().toLower();
    if (value == "true")
        return true;
    if (value == "false")
        return false;
    return std::nullopt;
}

bool isKnownToBeInVain(const DiagnosisRules::Rule& rule) {
    return rule.fault == Fault::Wallet || rule.kind == QLatin1String("quota_exhausted") ||
           rule.kind == QLatin1String("provider_no_credit") || !rule.match.credential.isEmpty();
}

} // namespace

RetryVerdict retryVerdict(const DiagnosisRules::Rule& rule, const Facts& facts) {
    const std::optional<bool> word = serversWord(facts);
    if (!word)
        return {rule.retry, {}, {}};
    const QString header = QStringLiteral("Header x-should-retry: %1")
                               .arg(*word ? QLatin1String("true") : QLatin1String("false"));
    if (*word == (rule.retry != Retry::No))
        return {rule.retry, header, {}};
    if (!*word)
        return {Retry::No, header + QStringLiteral(", which overrides what the status means"),
                QStringLiteral("The server says that another try cannot work.")};
    if (isKnownToBeInVain(rule))
        return {Retry::No, header + QStringLiteral(", not followed: waiting does not cure this"), {}};
    return {Retry::Backoff, header + QStringLiteral(", which overrides what the status means"),
            QStringLiteral("The server says that another try can work.")};
}

} // namespace lavascope
