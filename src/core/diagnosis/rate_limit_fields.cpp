// SPDX-License-Identifier: MIT
#include "core/diagnosis/rate_limit_fields.h"

#include "core/diagnosis/structured_limits.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype longestName = 80;
constexpr qsizetype longestValue = 512;

struct Family {
    const char* prefix;
    const char* words; ///< what the prefix says beside that it is a limit
};
constexpr std::array<Family, 9> families = {{
    {"anthropic-ratelimit-", ""},
    {"anthropic-priority-", "priority"},
    {"x-ratelimit-", ""},
    {"x-rate-limit-", ""},
    {"x-tokenlimit-", "tokens"},
    {"x-ratelimitbysize-", "tokens"},
    {"ratelimitbysize-", "tokens"},
    {"ratelimit-", ""},
    {"rate-limit-", ""},
}};

using Word = std::pair<const char*, const char*>;

constexpr std::array<Word, 12> units = {{
    {"requests", "requests"},
    {"request", "requests"},
    {"req", "requests"},
    {"tokens", "tokens"},
    {"token", "tokens"},
    {"images", "images"},
    {"characters", "characters"},
    {"credits", "credits"},
    {"audio", "seconds of audio"},
    {"queries", "queries"},
    {"connections", "connections"},
    {"bytes", "bytes"},
}};
constexpr std::array<Word, 14> periods = {{
    {"second", "per second"},
    {"1s", "per second"},
    {"minute", "per minute"},
    {"min", "per minute"},
    {"1m", "per minute"},
    {"hour", "per hour"},
    {"1h", "per hour"},
    {"5h", "in 5 hours"},
    {"day", "per day"},
    {"1d", "per day"},
    {"24h", "per day"},
    {"7d", "in 7 days"},
    {"week", "per week"},
    {"month", "per month"},
}};
constexpr std::array<Word, 16> kinds = {{
    {"input", "input"},
    {"output", "output"},
    {"prompt", "prompt"},
    {"generated", "generated"},
    {"completion", "completion"},
    {"cached", "cached"},
    {"uncached", "uncached"},
    {"priority", "priority"},
    {"project", "project"},
    {"fast", "fast"},
    {"usage", "usage"},
    {"based", "based"},
    {"dynamic", "dynamic"},
    {"concurrent", "concurrent"},
    {"opus", "Opus"},
    {"unified", "subscription"},
}};

template <size_t Size>
std::optional<QString> meaning(const std::array<Word, Size>& words, const QByteArray& word) {
    const auto* const found =
        std::find_if(words.begin(), words.end(), [&](const Word& one) { return word == one.first; });
    return found == words.end() ? std::nullopt : std::optional(QString::fromLatin1(found->second));
}

std::optional<RateLimitPart> partOf(const QByteArray& word) {
    if (word == "limit")
        return RateLimitPart::Limit;
    if (word == "remaining")
        return RateLimitPart::Remaining;
    if (word == "reset")
        return RateLimitPart::Reset;
    return std::nullopt;
}

/// Puts the words of a header's name in the order of a sentence.
std::optional<RateLimitField> fieldOf(const QList<QByteArray>& words) {
    RateLimitField field;
    std::optional<RateLimitPart> part;
    QStringList adjectives;
    QString period;
    for (const QByteArray& word : words) {
        if (const std::optional<RateLimitPart> one = partOf(word); one && !part)
            part = one;
        else if (const std::optional<QString> unit = meaning(units, word); unit && field.unit.isEmpty())
            field.unit = *unit;
        else if (const std::optional<QString> when = meaning(periods, word); when && period.isEmpty())
            period = *when;
        else if (const std::optional<QString> kind = meaning(kinds, word);
                 kind && !adjectives.contains(*kind))
            adjectives += *kind;
        else
            return std::nullopt;
    }
    if (!part)
        return std::nullopt;
    // Without a word that tells, requests are counted.
    if (field.unit.isEmpty() && adjectives.isEmpty())
        field.unit = QStringLiteral("requests");
    QStringList name = adjectives;
    for (const QString& more : {field.unit, period})
        if (!more.isEmpty())
            name += more;
    field.name = name.join(QLatin1Char(' '));
    field.part = *part;
    return field;
}

std::optional<RateLimitField> fieldOf(const QByteArray& name) {
    const auto* const family = std::find_if(families.begin(), families.end(),
                                            [&](const Family& one) { return name.startsWith(one.prefix); });
    if (family == families.end())
        return std::nullopt;
    QByteArray rest = name.mid(qstrlen(family->prefix));
    rest.replace('_', '-');
    QList<QByteArray> words = rest.split('-');
    if (*family->words != '\0')
        words.prepend(family->words);
    return fieldOf(words);
}

/// Groq counts requests by the day and tokens by the minute, and its names do not say so.
void addGroqsPeriods(std::vector<RateLimitField>& fields) {
    for (RateLimitField& field : fields) {
        if (field.name == QLatin1String("requests"))
            field.name = QStringLiteral("requests per day");
        else if (field.name == QLatin1String("tokens"))
            field.name = QStringLiteral("tokens per minute");
    }
}

} // namespace

std::vector<RateLimitField> rateLimitFields(const Headers& headers) {
    std::vector<RateLimitField> fields;
    StructuredLimits structured;
    bool isGroq = false;
    for (const Headers::Field& header : headers) {
        if (header.name.size() > longestName || header.value.size() > longestValue)
            continue;
        const QByteArray name = header.name.toLower();
        isGroq = isGroq || name.startsWith("x-groq-");
        if (name == "ratelimit" || name == "ratelimit-policy")
            structured.read(header.value);
        else if (std::optional<RateLimitField> field = fieldOf(name)) {
            field->value = header.value.trimmed();
            fields.push_back(*field);
        }
    }
    if (isGroq)
        addGroqsPeriods(fields);
    for (const RateLimitField& field : structured.fields())
        fields.push_back(field);
    return fields;
}

} // namespace lavascope
