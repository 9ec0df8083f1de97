// SPDX-License-Identifier: MIT
#include "core/release/version.h"

#include <QRegularExpression>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype longest = 100; // of what stands in the field of a stranger's answer

std::strong_ordering ordered(qsizetype difference) {
    return difference <=> 0;
}

bool isNumber(const QString& word) {
    return std::all_of(word.begin(), word.end(), [](QChar letter) { return letter.isDigit(); });
}

/// Without leading zeros a longer number is a larger one, so no number is too large.
std::strong_ordering orderOfWords(const QString& left, const QString& right) {
    const bool leftIsNumber = isNumber(left);
    if (leftIsNumber != isNumber(right))
        return leftIsNumber ? std::strong_ordering::less : std::strong_ordering::greater;
    if (leftIsNumber && left.size() != right.size())
        return ordered(left.size() - right.size());
    return ordered(left.compare(right));
}

} // namespace

std::optional<Version> Version::fromText(QStringView text) {
    static const QRegularExpression form(QStringLiteral(
        R"(^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*))"
        R"((?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?)"
        R"((?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z)"));
    if (text.size() > longest)
        return std::nullopt;
    const QRegularExpressionMatch match = form.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    Version version;
    for (size_t i = 0; i < version.m_numbers.size(); ++i) {
        bool fits = false;
        version.m_numbers.at(i) = match.captured(int(i) + 1).toULongLong(&fits);
        if (!fits)
            return std::nullopt;
    }
    constexpr int words = 4;
    version.m_words = match.captured(words).split(QLatin1Char('.'), Qt::SkipEmptyParts);
    return version;
}

QString Version::text() const {
    QString text = QStringLiteral("%1.%2.%3").arg(m_numbers.at(0)).arg(m_numbers.at(1)).arg(m_numbers.at(2));
    if (isPreRelease())
        text += QLatin1Char('-') + m_words.join(QLatin1Char('.'));
    return text;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    if (const auto order = m_numbers <=> other.m_numbers; std::is_neq(order))
        return order;
    if (isPreRelease() != other.isPreRelease())
        return isPreRelease() ? std::strong_ordering::less : std::strong_ordering::greater;
    const qsizetype shared = std::min(m_words.size(), other.m_words.size());
    for (qsizetype i = 0; i < shared; ++i)
        if (const auto order = orderOfWords(m_words[i], other.m_words[i]); std::is_neq(order))
            return order;
    return ordered(m_words.size() - other.m_words.size());
}

} // namespace lavascope
