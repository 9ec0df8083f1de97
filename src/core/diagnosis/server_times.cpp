// SPDX-License-Identifier: MIT
#include "core/diagnosis/server_times.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace lavascope {

namespace {

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

double unitMs(QStringView unit) {
    constexpr std::array<std::pair<const char*, double>, 6> units = {
        {{"h", 3'600'000.0}, {"m", 60'000.0}, {"s", 1000.0}, {"ms", 1.0}, {"us", 1e-3}, {"ns", 1e-6}}};
    const auto* const found = std::find_if(units.begin(), units.end(),
                                           [&](const auto& one) { return unit == QLatin1String(one.first); });
    return found == units.end() ? unitMs(u"us") : found->second;
}

} // namespace

std::chrono::milliseconds clampedWait(double ms) {
    return std::chrono::milliseconds(qint64(std::ceil(std::clamp(ms, 0.0, double(longestWait.count())))));
}

std::optional<double> leadingNumber(const QByteArray& text) {
    static const QRegularExpression number(QStringLiteral(R"(^([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(?:,|$))"));
    const QRegularExpressionMatch match = number.match(QString::fromLatin1(text));
    if (!match.hasMatch())
        return std::nullopt;
    bool ok = false;
    const double parsed = match.captured(1).toDouble(&ok);
    // Only a number too large for a double fails here.
    const double infinite = std::numeric_limits<double>::infinity();
    return ok ? parsed : (match.capturedView(1).startsWith(QLatin1Char('-')) ? -infinite : infinite);
}

std::optional<double> spanMs(const QByteArray& text) {
    // `ms` stands before `m`, and both spellings of the Greek letter are in use.
    static const QRegularExpression part(
        QStringLiteral("\\G(\\d{1,18}(?:\\.\\d{0,18})?)(h|ms|m|s|us|\u00B5s|\u03BCs|ns)"));
    constexpr qsizetype longest = 128;
    if (text.isEmpty() || text.size() > longest)
        return std::nullopt;
    const QString line = QString::fromUtf8(text);
    double total = 0;
    qsizetype at = 0;
    while (at < line.size()) {
        const QRegularExpressionMatch match = part.match(line, at);
        if (!match.hasMatch())
            return std::nullopt;
        total += match.captured(1).toDouble() * unitMs(match.capturedView(2));
        at = match.capturedEnd();
    }
    return total;
}

std::optional<qint64> httpDateMs(const QByteArray& text, qint64 nowMs) {
    static const QRegularExpression imfOr850(QStringLiteral(
        R"(^[A-Za-z]{3,9},\s*(?<day>\d{1,2})[ -](?<month>[A-Za-z]{3})[ -](?<year>\d{2}|\d{4}) )"
        R"((?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?:GMT|UTC)$)"));
    static const QRegularExpression asctime(
        QStringLiteral(R"(^[A-Za-z]{3} (?<month>[A-Za-z]{3}) +(?<day>\d{1,2}) )"
                       R"((?<h>\d{2}):(?<m>\d{2}):(?<s>\d{2}) (?<year>\d{4})$)"));
    const QString line = QString::fromLatin1(text);
    QRegularExpressionMatch match = imfOr850.match(line);
    if (!match.hasMatch())
        match = asctime.match(line);
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

std::optional<qint64> internetDateMs(const QByteArray& text) {
    static const QRegularExpression form(
        QStringLiteral(R"(^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$)"));
    const QString line = QString::fromLatin1(text).toUpper().replace(QLatin1Char(' '), QLatin1Char('T'));
    if (!form.match(line).hasMatch())
        return std::nullopt;
    const QDateTime moment = QDateTime::fromString(line, Qt::ISODateWithMs);
    return moment.isValid() ? std::optional(moment.toMSecsSinceEpoch()) : std::nullopt;
}

} // namespace lavascope
