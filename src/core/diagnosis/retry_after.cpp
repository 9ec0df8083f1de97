// SPDX-License-Identifier: MIT
#include "core/diagnosis/diagnosis.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace lavascope {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds longestWait = std::chrono::hours(24);

milliseconds clamped(double ms) {
    return milliseconds(qint64(std::ceil(std::clamp(ms, 0.0, double(longestWait.count())))));
}

/// A plain decimal number; of a list (proxies join repeated fields) the first one.
std::optional<double> leadingNumber(const QByteArray& value) {
    static const QRegularExpression number(QStringLiteral(R"(^([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?:,|$))"));
    const QRegularExpressionMatch match = number.match(QString::fromLatin1(value));
    if (!match.hasMatch())
        return std::nullopt;
    bool ok = false;
    const double parsed = match.captured(1).toDouble(&ok);
    // Only a number too large for a double fails here, and it is as absurd as any other beyond a day.
    return ok && std::isfinite(parsed) ? parsed : double(longestWait.count());
}

std::optional<int> monthByName(QStringView name) {
    static constexpr std::array<QLatin1String, 12> months = {
        QLatin1String("Jan"), QLatin1String("Feb"), QLatin1String("Mar"), QLatin1String("Apr"),
        QLatin1String("May"), QLatin1String("Jun"), QLatin1String("Jul"), QLatin1String("Aug"),
        QLatin1String("Sep"), QLatin1String("Oct"), QLatin1String("Nov"), QLatin1String("Dec")};
    const auto* const found = std::find_if(months.begin(), months.end(), [&](QLatin1String month) {
        return name.compare(month, Qt::CaseInsensitive) == 0;
    });
    if (found == months.end())
        return std::nullopt;
    return int(found - months.begin()) + 1;
}

/// RFC 9110, section 5.6.7: a two-digit year that seems more than 50 years ahead is a past one.
int fullYear(QStringView digits, qint64 nowMs) {
    const int year = digits.toInt();
    if (digits.size() != 2)
        return year;
    const int thisYear = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).date().year();
    const int guess = thisYear - thisYear % 100 + year;
    return guess > thisYear + 50 ? guess - 100 : guess;
}

/// The three forms of RFC 9110 HTTP-date. The weekday is not checked: it adds nothing.
std::optional<qint64> httpDateMs(const QByteArray& value, qint64 nowMs) {
    static const QRegularExpression imfOr850(QStringLiteral(
        R"(^[A-Za-z]{3,9},\s*(?<day>\d{1,2})[ -](?<month>[A-Za-z]{3})[ -](?<year>\d{2}|\d{4}) )"
        R"((?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?:GMT|UTC)$)"));
    static const QRegularExpression asctime(
        QStringLiteral(R"(^[A-Za-z]{3} (?<month>[A-Za-z]{3}) +(?<day>\d{1,2}) )"
                       R"((?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?<year>\d{4})$)"));
    const QString text = QString::fromLatin1(value);
    QRegularExpressionMatch match = imfOr850.match(text);
    if (!match.hasMatch())
        match = asctime.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const std::optional<int> month = monthByName(match.captured(QStringLiteral("month")));
    if (!month)
        return std::nullopt;
    const auto number = [&](const char* group) { return match.captured(QLatin1String(group)).toInt(); };
    const QDate date(fullYear(match.captured(QStringLiteral("year")), nowMs), *month, number("day"));
    const QTime time(number("h"), number("m"), std::min(number("s"), 59)); // 60: a leap second
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
}

} // namespace

std::optional<milliseconds> retryAfter(const Headers& headers, qint64 nowMs) {
    if (const std::optional<QByteArray> value = headers.value("retry-after-ms"))
        if (const std::optional<double> ms = leadingNumber(value->trimmed()))
            return clamped(*ms);
    const std::optional<QByteArray> value = headers.value("retry-after");
    if (!value)
        return std::nullopt;
    const QByteArray trimmed = value->trimmed();
    if (const std::optional<double> seconds = leadingNumber(trimmed))
        return clamped(*seconds * 1000);
    if (const std::optional<qint64> at = httpDateMs(trimmed, nowMs))
        return clamped(double(*at) - double(nowMs));
    return std::nullopt;
}

} // namespace lavascope
