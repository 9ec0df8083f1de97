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

bool holds(const std::vector<StatusRange>& ranges, int status) {
    return anyOrEmpty(
        ranges, [&](const StatusRange& range) { return status >= range.first && status <= range.last; });
}

bool holds(const BodyTest& test, const Facts& facts) {
    return std::any_of(test.paths.begin(), test.paths.end(),
                       [&](const QByteArray& path) { return reaches(test, facts.body(), path); });
}

bool saysSo(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.message, [&](const QRegularExpression& pattern) {
        return pattern.match(facts.message()).hasMatch();
    });
}

bool codeSaysSo(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.codes, [&](const QString& wanted) { return holds(facts.codes(), wanted); });
}

bool credentialFits(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.credential,
                      [&](const QString& fact) { return facts.credential().contains(fact); });
}

bool originFits(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.origins, [&](Origin origin) { return facts.origin() == origin; });
}

bool contentFits(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.contents, [&](Content content) { return facts.content() == content; });
}

bool hostsFit(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.hosts, [&](const QString& host) { return belongsTo(facts.host(), host); }) &&
           anyOrEmpty(match.targets, [&](const QString& host) { return belongsTo(facts.target(), host); });
}

bool bodyFits(const Match& match, const Facts& facts) {
    return std::all_of(match.body.begin(), match.body.end(),
                       [&](const BodyTest& test) { return holds(test, facts); });
}

bool headersFit(const Match& match, const Facts& facts) {
    return std::all_of(match.headers.begin(), match.headers.end(),
                       [&](const HeaderTest& test) { return passes(test, facts.outcome().headers); });
}

bool endingFits(const Match& match, const Facts& facts) {
    const std::optional<Ending>& ending = facts.outcome().ending;
    return anyOrEmpty(match.endings, [&](EndReason reason) { return ending && ending->reason == reason; });
}

bool tlsFits(const Match& match, const Facts& facts) {
    const std::optional<Ending>& ending = facts.outcome().ending;
    return anyOrEmpty(match.tls, [&](TlsFault fault) { return ending && ending->tlsFault == fault; });
}

bool verdictFits(const Match& match, const Facts& facts) {
    const Transcript* transcript = facts.transcript();
    return anyOrEmpty(match.verdicts,
                      [&](Verdict wanted) { return transcript && transcript->verdict == wanted; });
}

bool anyFits(const Match& match, const Facts& facts) {
    return anyOrEmpty(match.any, [&](const std::shared_ptr<const Match>& one) { return fits(*one, facts); });
}

/// What speaks against the match for certain; null if nothing does.
const char* certainReason(const Match& match, const Facts& facts) {
    // Without an ending only parts of the answer may have been handed in, and of a bad one only parts came.
    const std::optional<Ending>& ending = facts.outcome().ending;
    const bool bodyIsKnown =
        ending ? ending->reason == EndReason::Finished : facts.content() != Content::Empty;
    if (bodyIsKnown && !codeSaysSo(match, facts))
        return "no error code says so";
    if (bodyIsKnown && !saysSo(match, facts))
        return "the message does not say so";
    if (bodyIsKnown && !bodyFits(match, facts))
        return "the body does not say so";
    if (!headersFit(match, facts))
        return "the headers do not say so";
    if (bodyIsKnown && !contentFits(match, facts))
        return "the body has another form";
    if (!hostsFit(match, facts))
        return "the call went elsewhere";
    if (!originFits(match, facts) && facts.origin() == Origin::Gateway)
        return "the gateway wrote this answer";
    if (!originFits(match, facts) && facts.origin() == Origin::Provider)
        return "the provider wrote this answer";
    if (!credentialFits(match, facts) && facts.outcome().authorization)
        return "the credential that was sent is another one";
    if (bodyIsKnown && !anyFits(match, facts))
        return "neither a code nor the message says so";
    if (match.unless && fits(*match.unless, facts))
        return "something else in the answer speaks against it";
    return nullptr;
}

/// What would have to be known to tell; null if nothing.
const char* missingKnowledge(const Match& match, const Facts& facts) {
    if (!credentialFits(match, facts))
        return "it is not known which credential was sent";
    if (!originFits(match, facts))
        return "nothing in the answer tells who wrote it";
    const bool readsTheBody = !match.codes.isEmpty() || !match.message.empty() || !match.body.empty() ||
                              !match.contents.empty() || !match.any.empty();
    return readsTheBody && !fits(match, facts) ? "the body of the answer is not known" : nullptr;
}

} // namespace

const Finding* remarkOf(const Match& match, const Facts& facts) {
    for (const Finding& remark : facts.remarks())
        if (match.request.contains(remark.code))
            return &remark;
    return nullptr;
}

WhyNot whyNot(const Match& match, const Facts& facts) {
    if (!holds(match.statuses, facts.status()) || !endingFits(match, facts) || !tlsFits(match, facts) ||
        !verdictFits(match, facts))
        return {};
    if (const char* reason = certainReason(match, facts))
        return {QString::fromLatin1(reason), false};
    if (const char* missing = missingKnowledge(match, facts))
        return {QString::fromLatin1(missing), true};
    return {};
}

bool fits(const Match& match, const Facts& facts) {
    return endingFits(match, facts) && tlsFits(match, facts) && holds(match.statuses, facts.status()) &&
           verdictFits(match, facts) && originFits(match, facts) && contentFits(match, facts) &&
           credentialFits(match, facts) && (match.request.isEmpty() || remarkOf(match, facts)) &&
           hostsFit(match, facts) && bodyFits(match, facts) && headersFit(match, facts) &&
           saysSo(match, facts) && codeSaysSo(match, facts) &&
           (!match.inStream || *match.inStream == facts.inStream()) &&
           (!match.success || *match.success == facts.success()) && anyFits(match, facts) &&
           (!match.unless || !fits(*match.unless, facts));
}

} // namespace lavascope
