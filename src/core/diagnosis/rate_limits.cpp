// SPDX-License-Identifier: MIT
#include "core/diagnosis/rate_limits.h"

#include "core/diagnosis/rate_limit_fields.h"
#include "core/diagnosis/server_times.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace lavascope {

namespace {

using std::chrono::milliseconds;

/// More limits than any server has; a hostile one shall not fill the window.
constexpr size_t mostLimits = 24;

/// No provider counts by more than a month.
constexpr milliseconds longestReset = std::chrono::hours(24 * 31);

std::optional<milliseconds> within(double ms) {
    if (!(ms <= double(longestReset.count())))
        return std::nullopt;
    return milliseconds(qint64(std::ceil(std::max(ms, 0.0))));
}

/// A span, or a point of time: providers write both into the same field, and only its size or form tells
/// which.
std::optional<milliseconds> resetOf(const QByteArray& value, qint64 nowMs) {
    constexpr double earliestUnixSeconds = 1e9;
    constexpr double earliestUnixMs = 1e11;
    if (const std::optional<double> number = leadingNumber(value)) {
        if (std::signbit(*number))
            return std::nullopt;
        if (*number >= earliestUnixMs)
            return within(*number - double(nowMs));
        return within(*number >= earliestUnixSeconds ? *number * 1000 - double(nowMs) : *number * 1000);
    }
    if (const std::optional<double> span = spanMs(value))
        return within(*span);
    std::optional<qint64> moment = internetDateMs(value);
    if (!moment)
        moment = httpDateMs(value, nowMs);
    return moment ? within(double(*moment) - double(nowMs)) : std::nullopt;
}

std::optional<qint64> countOf(const QByteArray& value) {
    // An older form adds the window behind it: `100;w=60`.
    const std::optional<double> number = leadingNumber(value.split(';').constFirst().trimmed());
    constexpr double largestExact = 9007199254740991.0;
    if (!number || std::signbit(*number) || *number > largestExact)
        return std::nullopt;
    return qint64(*number);
}

template <typename T>
void setOnce(std::optional<T>& target, const std::optional<T>& value) {
    if (!target)
        target = value;
}

void take(std::vector<RateLimit>& limits, const RateLimitField& field, qint64 nowMs) {
    auto found = std::find_if(limits.begin(), limits.end(),
                              [&](const RateLimit& limit) { return limit.name == field.name; });
    if (found == limits.end()) {
        if (limits.size() == mostLimits)
            return;
        found = limits.insert(limits.end(), RateLimit{field.name, field.unit, {}, {}, {}});
    }
    switch (field.part) {
    case RateLimitPart::Limit:
        setOnce(found->limit, countOf(field.value));
        break;
    case RateLimitPart::Remaining:
        setOnce(found->remaining, countOf(field.value));
        break;
    case RateLimitPart::Reset:
        setOnce(found->resetsIn, resetOf(field.value, nowMs));
        break;
    }
}

} // namespace

std::vector<RateLimit> rateLimits(const Headers& headers, qint64 nowMs) {
    std::vector<RateLimit> limits;
    for (const RateLimitField& field : rateLimitFields(headers))
        take(limits, field, nowMs);
    std::erase_if(limits,
                  [](const RateLimit& limit) { return !limit.limit && !limit.remaining && !limit.resetsIn; });
    for (RateLimit& limit : limits)
        if (limit.limit && limit.remaining)
            limit.remaining = std::min(*limit.remaining, *limit.limit);
    return limits;
}

QString spanInWords(milliseconds span) {
    if (span < std::chrono::seconds(1))
        return QStringLiteral("%1 ms").arg(std::max<qint64>(span.count(), 0));
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(span).count();
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    const auto both = [seconds](qint64 large, const char* largeName, qint64 small, const char* smallName) {
        const QString first = QStringLiteral("%1 %2").arg(seconds / large).arg(QLatin1String(largeName));
        const qint64 rest = seconds % large / small;
        return rest == 0 ? first
                         : QStringLiteral("%1 %2 %3").arg(first).arg(rest).arg(QLatin1String(smallName));
    };
    if (seconds < minute)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < hour)
        return both(minute, "min", 1, "s");
    if (seconds < day)
        return both(hour, "h", minute, "min");
    return both(day, "d", hour, "h");
}

QString rateLimitLine(const RateLimit& limit) {
    QString line;
    if (limit.limit && limit.remaining)
        line = QStringLiteral("%1 of %2 %3 left").arg(*limit.remaining).arg(*limit.limit).arg(limit.name);
    else if (limit.remaining)
        line = QStringLiteral("%1 %2 left").arg(*limit.remaining).arg(limit.name);
    else if (limit.limit)
        line = QStringLiteral("at most %1 %2").arg(*limit.limit).arg(limit.name);
    else
        line = limit.name;
    if (!limit.resetsIn)
        return line;
    return limit.resetsIn->count() == 0
               ? line + QStringLiteral(", full again now")
               : line + QStringLiteral(", full again in ") + spanInWords(*limit.resetsIn);
}

} // namespace lavascope
