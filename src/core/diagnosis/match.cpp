// SPDX-License-Identifier: MIT
#include "core/diagnosis/facts.h"

#include <algorithm>

namespace lavascope {

namespace {

/// A list of alternatives: empty asks for nothing.
template <typename List, typename Predicate>
bool anyOrEmpty(const List& list, Predicate holds) {
    return list.empty() || std::any_of(list.begin(), list.end(), holds);
}

bool passes(const ValueTest& test, const QString& value) {
    const auto equals = [&](const QString& wanted) {
        return value.compare(wanted, Qt::CaseInsensitive) == 0;
    };
    const auto begins = [&](const QString& wanted) { return value.startsWith(wanted, Qt::CaseInsensitive); };
    return anyOrEmpty(test.equals, equals) && anyOrEmpty(test.prefix, begins) &&
           (!test.matches || test.matches->match(value).hasMatch());
}

QString kindName(json::Kind kind) {
    switch (kind) {
    case json::Kind::Missing:
        break;
    case json::Kind::Null:
        return QStringLiteral("null");
    case json::Kind::False:
    case json::Kind::True:
        return QStringLiteral("bool");
    case json::Kind::Number:
        return QStringLiteral("number");
    case json::Kind::String:
        return QStringLiteral("string");
    case json::Kind::Array:
        return QStringLiteral("array");
    case json::Kind::Object:
        return QStringLiteral("object");
    }
    return {};
}

bool passes(const BodyTest& test, const json::View& value) {
    if (value.kind() == json::Kind::Missing || value.isNull())
        return false;
    const QString text = value.isString() ? value.toString() : QString::fromUtf8(value.raw());
    return (test.kinds.isEmpty() || test.kinds.contains(kindName(value.kind()))) && passes(test.value, text);
}

/// Whether a value that passes lies at `path` below `value`.
bool reaches(const BodyTest& test, const json::View& value, QByteArrayView path) {
    if (path.isEmpty())
        return passes(test, value);
    const qsizetype dot = path.indexOf('.');
    const QByteArrayView step = dot < 0 ? path : path.first(dot);
    const QByteArrayView rest = dot < 0 ? QByteArrayView() : path.sliced(dot + 1);
    if (step == QByteArrayView("*")) {
        for (json::View child = value.firstChild(); child.exists(); child = child.nextSibling())
            if (reaches(test, child, rest))
                return true;
        return false;
    }
    bool isIndex = false;
    const int index = step.toByteArray().toInt(&isIndex);
    const json::View child = isIndex && value.isArray() ? value.at(index) : value[step];
    return child.exists() && reaches(test, child, rest);
}

bool passes(const HeaderTest& test, const Headers& headers) {
    const QList<QByteArray> values = headers.values(test.name);
    return std::any_of(values.begin(), values.end(), [&](const QByteArray& value) {
        return passes(test.value, QString::fromLatin1(value.trimmed()));
    });
}

bool holds(const std::vector<ErrorCode>& codes, const QString& wanted) {
    return std::any_of(codes.begin(), codes.end(), [&](const ErrorCode& code) {
        return code.value.compare(wanted, Qt::CaseInsensitive) == 0;
    });
}

/// A host is what is named, or lies in the domain that is named.
bool belongsTo(const QString& host, const QString& name) {
    return host == name || host.endsWith(QLatin1Char('.') + name);
}

} // namespace

bool fits(const Match& match, const Facts& facts) {
    const Outcome& outcome = facts.outcome();
    const bool ended =
        match.endings.empty() || (outcome.ending && std::find(match.endings.begin(), match.endings.end(),
                                                              outcome.ending->reason) != match.endings.end());
    const Transcript* transcript = facts.transcript();
    return ended &&
           anyOrEmpty(match.tls,
                      [&](TlsFault fault) { return outcome.ending && outcome.ending->tlsFault == fault; }) &&
           anyOrEmpty(match.statuses,
                      [&](const StatusRange& range) {
                          return facts.status() >= range.first && facts.status() <= range.last;
                      }) &&
           anyOrEmpty(match.verdicts,
                      [&](Verdict wanted) { return transcript && transcript->verdict == wanted; }) &&
           anyOrEmpty(match.origins, [&](Origin origin) { return facts.origin() == origin; }) &&
           anyOrEmpty(match.contents, [&](Content content) { return facts.content() == content; }) &&
           anyOrEmpty(match.credential,
                      [&](const QString& fact) { return facts.credential().contains(fact); }) &&
           anyOrEmpty(match.hosts, [&](const QString& host) { return belongsTo(facts.host(), host); }) &&
           anyOrEmpty(match.targets, [&](const QString& host) { return belongsTo(facts.target(), host); }) &&
           std::all_of(match.body.begin(), match.body.end(),
                       [&](const BodyTest& test) {
                           return std::any_of(
                               test.paths.begin(), test.paths.end(),
                               [&](const QByteArray& path) { return reaches(test, facts.body(), path); });
                       }) &&
           std::all_of(match.headers.begin(), match.headers.end(),
                       [&](const HeaderTest& test) { return passes(test, outcome.headers); }) &&
           anyOrEmpty(match.message,
                      [&](const QRegularExpression& pattern) {
                          return pattern.match(facts.message()).hasMatch();
                      }) &&
           anyOrEmpty(match.codes, [&](const QString& wanted) { return holds(facts.codes(), wanted); }) &&
           (!match.inStream || *match.inStream == facts.inStream()) &&
           (!match.success || *match.success == facts.success()) &&
           anyOrEmpty(match.any,
                      [&](const std::shared_ptr<const Match>& one) { return fits(*one, facts); }) &&
           (!match.unless || !fits(*match.unless, facts));
}

} // namespace lavascope
