// SPDX-License-Identifier: MIT
#include "core/diagnosis/structured_limits.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr size_t mostPolicies = 16;

/// Cuts at every `separator` that stands outside of quotes.
QList<QByteArray> parts(const QByteArray& text, char separator) {
    QList<QByteArray> list;
    bool isQuoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && isQuoted)
            ++i;
        else if (text[i] == '"')
            isQuoted = !isQuoted;
        else if (text[i] == separator && !isQuoted) {
            list += text.sliced(begin, i - begin).trimmed();
            begin = i + 1;
        }
    }
    list += text.sliced(begin).trimmed();
    return list;
}

QByteArray withoutQuotes(const QByteArray& text) {
    return text.size() >= 2 && text.startsWith('"') && text.endsWith('"') ? text.sliced(1, text.size() - 2)
                                                                          : text;
}

void setOnce(QByteArray& target, const QByteArray& value) {
    if (target.isEmpty())
        target = value;
}

QString unitWord(const QByteArray& unit) {
    if (unit.isEmpty() || unit == "requests")
        return QStringLiteral("requests");
    if (unit == "content-bytes")
        return QStringLiteral("bytes");
    if (unit == "concurrent-requests")
        return QStringLiteral("concurrent requests");
    if (unit == "tokens")
        return QStringLiteral("tokens");
    return {};
}

QString periodWords(const QByteArray& window) {
    bool ok = false;
    const qint64 seconds = window.toLongLong(&ok);
    if (!ok || seconds <= 0)
        return {};
    switch (seconds) {
    case 1:
        return QStringLiteral(" per second");
    case 60:
        return QStringLiteral(" per minute");
    case 3600:
        return QStringLiteral(" per hour");
    case 86'400:
        return QStringLiteral(" per day");
    default:
        return QStringLiteral(" in %1 s").arg(seconds);
    }
}

} // namespace

StructuredLimits::Policy* StructuredLimits::policy(const QByteArray& name) {
    const auto found = std::find_if(m_policies.begin(), m_policies.end(),
                                    [&](const Policy& one) { return one.name == name; });
    if (found != m_policies.end())
        return &*found;
    if (m_policies.size() == mostPolicies)
        return nullptr;
    m_policies.push_back(Policy{name, {}, {}, {}, {}, {}});
    return &m_policies.back();
}

void StructuredLimits::readItem(const QByteArray& item) {
    const QList<QByteArray> list = parts(item, ';');
    const QByteArray& head = list.constFirst();
    const qsizetype equals = head.startsWith('"') ? -1 : head.indexOf('=');
    if (equals > 0) {
        Policy* const plain = policy({});
        if (plain == nullptr)
            return;
        const QByteArray key = head.first(equals).trimmed().toLower();
        const QByteArray value = head.sliced(equals + 1).trimmed();
        if (key == "limit")
            setOnce(plain->quota, value);
        else if (key == "remaining")
            setOnce(plain->remaining, value);
        else if (key == "reset")
            setOnce(plain->reset, value);
        return;
    }
    // A bare number is the older policy, which repeats the limit that another field names.
    bool isNumber = false;
    head.toDouble(&isNumber);
    Policy* const named = head.isEmpty() || isNumber ? nullptr : policy(withoutQuotes(head));
    if (named == nullptr)
        return;
    for (const QByteArray& parameter : list.mid(1)) {
        const qsizetype cut = parameter.indexOf('=');
        const QByteArray key = parameter.first(std::max<qsizetype>(cut, 0)).trimmed().toLower();
        const QByteArray value = withoutQuotes(parameter.sliced(cut + 1).trimmed());
        if (key == "q")
            setOnce(named->quota, value);
        else if (key == "w")
            setOnce(named->window, value);
        else if (key == "qu")
            setOnce(named->unit, value.toLower());
        else if (key == "r")
            setOnce(named->remaining, value);
        else if (key == "t")
            setOnce(named->reset, value);
    }
}

void StructuredLimits::read(const QByteArray& value) {
    for (const QByteArray& item : parts(value, ','))
        readItem(item);
}

std::vector<RateLimitField> StructuredLimits::fields() const {
    std::vector<RateLimitField> fields;
    QStringList names;
    for (const Policy& policy : m_policies) {
        const QString unit = unitWord(policy.unit);
        QString name = (unit.isEmpty() ? QStringLiteral("units") : unit) + periodWords(policy.window);
        if (names.contains(name))
            name += QStringLiteral(" (policy %1)").arg(names.size() + 1);
        names += name;
        const auto add = [&](RateLimitPart part, const QByteArray& value) {
            if (!value.isEmpty())
                fields.push_back({name, unit, part, value});
        };
        add(RateLimitPart::Limit, policy.quota);
        add(RateLimitPart::Remaining, policy.remaining);
        add(RateLimitPart::Reset, policy.reset);
    }
    return fields;
}

} // namespace lavascope
