// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_after.h"

#include "core/diagnosis/error_message.h"
#include "core/diagnosis/server_times.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace lavascope {

using std::chrono::milliseconds;

namespace {

std::optional<milliseconds> millisecondsHeader(const Headers& headers) {
    const std::optional<QByteArray> value = headers.value("retry-after-ms");
    const std::optional<double> ms = value ? leadingNumber(value->trimmed()) : std::nullopt;
    return ms ? std::optional(clampedWait(*ms)) : std::nullopt;
}

std::optional<milliseconds> standardHeader(const Headers& headers, qint64 nowMs) {
    const std::optional<QByteArray> value = headers.value("retry-after");
    if (!value)
        return std::nullopt;
    const QByteArray trimmed = value->trimmed();
    if (const std::optional<double> seconds = leadingNumber(trimmed))
        return clampedWait(*seconds * 1000);
    if (const std::optional<qint64> at = httpDateMs(trimmed, nowMs))
        return clampedWait(double(*at) - double(nowMs));
    return std::nullopt;
}

std::optional<milliseconds> retryInfo(const json::View& body) {
    const json::View details = body["error"]["details"];
    if (!details.isArray())
        return std::nullopt;
    for (json::View detail = details.firstChild(); detail.exists(); detail = detail.nextSibling()) {
        if (!detail["@type"].toString().endsWith(QLatin1String("google.rpc.RetryInfo")))
            continue;
        if (const std::optional<double> span = spanMs(detail["retryDelay"].toString().toUtf8()))
            return clampedWait(*span);
    }
    return std::nullopt;
}

/// A number, or a text that holds one or a span.
std::optional<milliseconds> waitOf(const json::View& value, double unitMs) {
    const QByteArray text = value.isString()   ? value.toString().trimmed().toUtf8()
                            : value.isNumber() ? value.raw().toByteArray()
                                               : QByteArray();
    if (const std::optional<double> span = spanMs(text))
        return clampedWait(*span);
    const std::optional<double> number =
        value.isNumber() && !leadingNumber(text) ? value.toDouble() : leadingNumber(text);
    return number && *number >= 0 ? std::optional(clampedWait(*number * unitMs)) : std::nullopt;
}

struct Member {
    const char* name;
    double unitMs;
};

std::optional<ServersTime> memberOfBody(const json::View& body) {
    constexpr std::array<Member, 3> members = {
        {{"retry_after_ms", 1}, {"retry_after", 1000}, {"retry_after_seconds", 1000}}};
    const json::View error = body["error"];
    for (const json::View& place : {body, error, error["metadata"], body["detail"]})
        for (const Member& member : members)
            if (const std::optional<milliseconds> wait =
                    waitOf(place[QByteArrayView(member.name)], member.unitMs))
                return ServersTime{*wait, QStringLiteral("%1 in the body").arg(QLatin1String(member.name))};
    return std::nullopt;
}

/// Trying again needs all of them, so the last one counts.
std::optional<ServersTime> resetOfUsedUp(const std::vector<RateLimit>& limits) {
    const RateLimit* last = nullptr;
    for (const RateLimit& limit : limits)
        if (limit.isUsedUp() && limit.resetsIn && (last == nullptr || *limit.resetsIn > *last->resetsIn))
            last = &limit;
    if (last == nullptr)
        return std::nullopt;
    return ServersTime{std::min(*last->resetsIn, longestWait),
                       QStringLiteral("reset of the limit that is used up (%1)").arg(last->name)};
}

double unitInWordsMs(QStringView unit) {
    if (unit.startsWith(u"ms", Qt::CaseInsensitive) || unit.startsWith(u"milli", Qt::CaseInsensitive))
        return 1;
    if (unit.startsWith(u's', Qt::CaseInsensitive))
        return 1000;
    return unit.startsWith(u'm', Qt::CaseInsensitive) ? 60'000 : 3'600'000;
}

} // namespace

std::optional<milliseconds> retryAfter(const Headers& headers, qint64 nowMs) {
    const std::optional<milliseconds> wait = millisecondsHeader(headers);
    return wait ? wait : standardHeader(headers, nowMs);
}

Headers headersInBody(const json::View& body) {
    constexpr qsizetype mostFields = 64;
    Headers headers;
    const json::View fields = body["error"]["metadata"]["headers"];
    if (!fields.isObject())
        return headers;
    for (json::View field = fields.firstChild(); field.exists() && headers.size() < mostFields;
         field = field.nextSibling())
        headers.append(field.name().toLatin1(),
                       field.isString() ? field.toString().toLatin1() : field.raw().toByteArray());
    return headers;
}

std::optional<milliseconds> waitInWords(const QString& message) {
    static const QRegularExpression phrase(
        QStringLiteral(R"(\b(?:retry|try\s{1,4}again|retrying)\s{1,4}(?:in|after)\s{1,4})"
                       R"((?:(?<span>(?:\d{1,15}(?:\.\d{1,15})?(?:h|ms|m|s|us|ns))+)\b|)"
                       R"((?<number>\d{1,15}(?:\.\d{1,15})?)\s{0,4})"
                       R"((?<unit>milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?)\b))"),
        QRegularExpression::CaseInsensitiveOption);
    // The words may stand behind a long list of quotas.
    constexpr qsizetype longestMessage = 16 * 1024;
    const QRegularExpressionMatch match = phrase.match(message.left(longestMessage));
    if (!match.hasMatch())
        return std::nullopt;
    if (const std::optional<double> span = spanMs(match.captured(QStringLiteral("span")).toLower().toUtf8()))
        return clampedWait(*span);
    const double number = match.captured(QStringLiteral("number")).toDouble();
    return clampedWait(number * unitInWordsMs(match.capturedView(QStringLiteral("unit"))));
}

std::optional<ServersTime> serversTime(const Facts& facts, const std::vector<RateLimit>& limits) {
    const Outcome& outcome = facts.outcome();
    if (const std::optional<milliseconds> wait = millisecondsHeader(outcome.headers))
        return ServersTime{*wait, QStringLiteral("retry-after-ms header")};
    if (const std::optional<milliseconds> wait = standardHeader(outcome.headers, outcome.nowMs))
        return ServersTime{*wait, QStringLiteral("Retry-After header")};
    if (const std::optional<milliseconds> wait = retryInfo(facts.body()))
        return ServersTime{*wait, QStringLiteral("RetryInfo in the body")};
    if (std::optional<ServersTime> time = memberOfBody(facts.body()))
        return time;
    const QString message = errorMessage(facts.body());
    if (const std::optional<milliseconds> wait = waitInWords(message.isEmpty() ? facts.message() : message))
        return ServersTime{*wait, QStringLiteral("words of the error")};
    return facts.status() == 429 || facts.status() == 503 ? resetOfUsedUp(limits) : std::nullopt;
}

} // namespace lavascope
