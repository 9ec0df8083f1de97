// SPDX-License-Identifier: MIT
#include "core/json/number.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace lavascope::json {

namespace {

// As many decimal digits as every uint64 can hold.
constexpr qint64 mostDigits = 19;

// Larger than any shift that the digits of a 4 GiB text could undo.
constexpr qint64 hugeExponent = 1'000'000'000'000;

/// A decimal number without its sign: `digits` times ten to the power of `exponent`, where `digits` does not
/// end in zero.
struct Decimal {
    quint64 digits = 0;
    qint64 digitCount = 0; ///< more than mostDigits: `digits` did not fit
    qint64 exponent = 0;

    void append(char digit) {
        if (digit == '0') {
            ++m_zeros;
            return;
        }
        // Zeros before the first other digit mean nothing; those between digits do.
        const qint64 zeros = digitCount > 0 ? m_zeros : 0;
        digitCount += zeros + 1;
        m_zeros = 0;
        if (digitCount > mostDigits)
            return;
        for (qint64 i = 0; i <= zeros; ++i)
            digits *= 10;
        digits += quint64(digit - '0');
    }
    void finish() { exponent += m_zeros; }

private:
    qint64 m_zeros = 0;
};

qint64 exponentOf(QByteArrayView text) {
    const bool negative = text.startsWith('-');
    qint64 exponent = 0;
    for (char c : text)
        if (c >= '0' && c <= '9')
            exponent = std::min(exponent * 10 + (c - '0'), hugeExponent);
    return negative ? -exponent : exponent;
}

Decimal decimalOf(QByteArrayView number) {
    Decimal decimal;
    bool inFraction = false;
    for (qsizetype i = 0; i < number.size(); ++i) {
        const char c = number[i];
        if (c == 'e' || c == 'E') {
            decimal.exponent += exponentOf(number.sliced(i + 1));
            break;
        }
        if (c == '.') {
            inFraction = true;
        } else if (c != '-') {
            decimal.append(c);
            decimal.exponent -= inFraction ? 1 : 0;
        }
    }
    decimal.finish();
    return decimal;
}

} // namespace

std::optional<qint64> exactInteger(QByteArrayView number) {
    qint64 plain = 0;
    const auto [end, error] = std::from_chars(number.begin(), number.end(), plain);
    if (error == std::errc() && end == number.end())
        return plain;

    Decimal decimal = decimalOf(number);
    if (decimal.digitCount == 0)
        return 0;
    // The last digit is not zero, so a negative exponent leaves a fraction.
    if (decimal.exponent < 0 || decimal.digitCount + decimal.exponent > mostDigits)
        return std::nullopt;
    for (; decimal.exponent > 0; --decimal.exponent)
        decimal.digits *= 10;
    constexpr auto largest = quint64(std::numeric_limits<qint64>::max());
    if (!number.startsWith('-'))
        return decimal.digits <= largest ? std::optional(qint64(decimal.digits)) : std::nullopt;
    if (decimal.digits > largest + 1)
        return std::nullopt;
    return decimal.digits == largest + 1 ? std::numeric_limits<qint64>::min() : -qint64(decimal.digits);
}

std::optional<double> nearestDouble(QByteArrayView number) {
    bool ok = false;
    const double nearest = number.toByteArray().toDouble(&ok);
    if (ok && std::isfinite(nearest))
        return nearest;
    // Qt calls a number an error, too, that is so small that zero is the nearest double.
    const Decimal decimal = decimalOf(number);
    if (decimal.digitCount == 0 || decimal.digitCount + decimal.exponent < 0)
        return number.startsWith('-') ? -0.0 : 0.0;
    return std::nullopt;
}

} // namespace lavascope::json
