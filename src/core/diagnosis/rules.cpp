// SPDX-License-Identifier: MIT
#include "core/diagnosis/rule.h"
#include "core/json/document.h"

#include <QDate>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace lavascope {

namespace {

template <typename T, size_t N>
using Names = std::array<std::pair<const char*, T>, N>;

constexpr Names<Fault, 6> faults = {{{"you", Fault::You},
                                     {"wallet", Fault::Wallet},
                                     {"gateway", Fault::Gateway},
                                     {"provider", Fault::Provider},
                                     {"network", Fault::Network},
                                     {"unknown", Fault::Unknown}}};
// A server's own wish turns `backoff` into `after`; a rule cannot know it beforehand.
constexpr Names<Retry, 2> retries = {{{"no", Retry::No}, {"backoff", Retry::Backoff}}};
constexpr Names<Origin, 3> origins = {
    {{"undecided", Origin::Undecided}, {"gateway", Origin::Gateway}, {"provider", Origin::Provider}}};
constexpr Names<Content, 4> contents = {
    {{"empty", Content::Empty}, {"json", Content::Json}, {"html", Content::Html}, {"text", Content::Text}}};
constexpr Names<Verdict, 5> verdicts = {{{"complete", Verdict::Complete},
                                         {"stopped", Verdict::Stopped},
                                         {"cut_off", Verdict::CutOff},
                                         {"error_in_stream", Verdict::ErrorInStream},
                                         {"not_a_stream", Verdict::NotAStream}}};

/// Reads one rule and keeps the first complaint.
class RuleReader {
public:
    explicit RuleReader(const DiagnosisRules::Translate& translate)
        : m_translate(translate) {}

    DiagnosisRules::Rule read(const json::View& view);
    [[nodiscard]] const QString& complaint() const { return m_complaint; }

private:
    void complain(const QString& text) {
        if (m_complaint.isEmpty())
            m_complaint = text;
    }
    void allowOnly(const json::View& object, const QString& where, const QStringList& names);
    QString text(const json::View& view, const char* name);
    QString sentence(const json::View& view, const char* name);
    QStringList texts(const json::View& view, const char* name);
    std::optional<bool> truth(const json::View& view, const char* name);
    QRegularExpression pattern(const QString& source);
    Match match(const json::View& view);
    std::vector<StatusRange> statuses(const json::View& view);
    ValueTest valueTest(const json::View& view);

    template <typename T, size_t N>
    std::optional<T> named(const Names<T, N>& names, const QString& word, const char* where) {
        for (const auto& [name, value] : names)
            if (word == QLatin1String(name))
                return value;
        complain(QStringLiteral("%1 does not know \"%2\"").arg(QLatin1String(where), word));
        return std::nullopt;
    }
    template <typename T, size_t N>
    std::vector<T> listOf(const Names<T, N>& names, const json::View& view, const char* where) {
        std::vector<T> list;
        for (const QString& word : texts(view, where))
            if (const std::optional<T> value = named(names, word, where))
                list.push_back(*value);
        return list;
    }

    const DiagnosisRules::Translate& m_translate;
    QString m_complaint;
};

void RuleReader::allowOnly(const json::View& object, const QString& where, const QStringList& names) {
    if (!object.isObject()) {
        complain(QStringLiteral("%1 must be an object").arg(where));
        return;
    }
    QSet<QString> seen;
    for (json::View child = object.firstChild(); child.exists(); child = child.nextSibling()) {
        const QString name = child.name();
        if (!names.contains(name))
            complain(QStringLiteral("%1 has an unknown member \"%2\"").arg(where, name));
        if (seen.contains(name))
            complain(QStringLiteral("%1 has \"%2\" twice").arg(where, name));
        seen.insert(name);
    }
}

QString RuleReader::text(const json::View& view, const char* name) {
    const json::View member = view[QByteArrayView(name)];
    if (!member.isString())
        complain(QStringLiteral("\"%1\" must be a text").arg(QLatin1String(name)));
    return member.toString();
}

QStringList placeholdersIn(const QString& words) {
    static const QRegularExpression placeholder(QStringLiteral(R"(\{([^{}]*)\})"));
    QStringList names;
    auto found = placeholder.globalMatch(words);
    while (found.hasNext())
        names += found.next().captured(1);
    names.sort();
    return names;
}

/// Text for people, in their language: not empty, and only with placeholders that exist.
QString RuleReader::sentence(const json::View& view, const char* name) {
    const QString words = view.isString() ? view.toString() : text(view, name);
    if (words.trimmed().isEmpty())
        complain(QStringLiteral("\"%1\" is empty").arg(QLatin1String(name)));
    const QStringList placeholders = placeholdersIn(words);
    for (const QString& word : placeholders)
        if (!placeholderNames().contains(word))
            complain(
                QStringLiteral("\"%1\" holds {%2}, which stands for nothing").arg(QLatin1String(name), word));
    const QString translated = m_translate ? m_translate(words) : QString();
    return !translated.trimmed().isEmpty() && placeholdersIn(translated) == placeholders ? translated : words;
}

/// One text or a list of them; an absent member is an empty list.
QStringList RuleReader::texts(const json::View& view, const char* name) {
    const json::View member = view[QByteArrayView(name)];
    if (!member.exists())
        return {};
    if (member.isString())
        return {member.toString()};
    QStringList list;
    for (json::View child = member.firstChild(); child.exists(); child = child.nextSibling()) {
        if (!child.isString())
            complain(QStringLiteral("\"%1\" must hold texts only").arg(QLatin1String(name)));
        list.append(child.toString());
    }
    if (!member.isArray() || list.isEmpty())
        complain(QStringLiteral("\"%1\" must be a text or a list of texts").arg(QLatin1String(name)));
    return list;
}

std::optional<bool> RuleReader::truth(const json::View& view, const char* name) {
    const json::View member = view[QByteArrayView(name)];
    if (member.exists() && !member.isBool())
        complain(QStringLiteral("\"%1\" must be true or false").arg(QLatin1String(name)));
    return member.toBool();
}

QRegularExpression RuleReader::pattern(const QString& source) {
    QRegularExpression expression(source, QRegularExpression::CaseInsensitiveOption);
    if (!expression.isValid())
        complain(QStringLiteral("the pattern \"%1\" is wrong: %2").arg(source, expression.errorString()));
    return expression;
}

std::vector<StatusRange> RuleReader::statuses(const json::View& view) {
    std::vector<StatusRange> ranges;
    const json::View list = view["status"];
    if (list.exists() && !(list.isArray() && list.size() > 0))
        complain(QStringLiteral("\"status\" must be a list of numbers and \"first-last\" ranges"));
    for (json::View child = list.firstChild(); child.exists(); child = child.nextSibling()) {
        if (const std::optional<qint64> one = child.toInteger()) {
            ranges.push_back({int(*one), int(*one)});
            continue;
        }
        static const QRegularExpression form(QStringLiteral(R"(^(-?\d{1,10})-(-?\d{1,10})$)"));
        const QRegularExpressionMatch range = form.match(child.toString());
        const StatusRange bounds = {range.captured(1).toInt(), range.captured(2).toInt()};
        if (!range.hasMatch() || bounds.first > bounds.last)
            complain(QStringLiteral("\"status\" cannot hold %1").arg(QString::fromUtf8(child.raw())));
        ranges.push_back(bounds);
    }
    return ranges;
}

ValueTest RuleReader::valueTest(const json::View& view) {
    ValueTest test;
    test.equals = texts(view, "equals");
    test.prefix = texts(view, "prefix");
    if (view["matches"].exists())
        test.matches = pattern(text(view, "matches"));
    return test;
}

Match RuleReader::match(const json::View& view) {
    allowOnly(view, QStringLiteral("\"match\""),
              {QStringLiteral("status"), QStringLiteral("ending"), QStringLiteral("tls"),
               QStringLiteral("verdict"), QStringLiteral("origin"), QStringLiteral("content"),
               QStringLiteral("credential"), QStringLiteral("request"), QStringLiteral("host"),
               QStringLiteral("target"), QStringLiteral("body"), QStringLiteral("header"),
               QStringLiteral("message"), QStringLiteral("in_stream"), QStringLiteral("success"),
               QStringLiteral("code"), QStringLiteral("any"), QStringLiteral("unless")});
    Match match;
    match.statuses = statuses(view);
    for (const QString& name : texts(view, "ending")) {
        if (const std::optional<EndReason> reason = endReasonByName(name.toLatin1()))
            match.endings.push_back(*reason);
        else
            complain(QStringLiteral("\"ending\" does not know \"%1\"").arg(name));
    }
    for (const QString& name : texts(view, "tls")) {
        if (const std::optional<TlsFault> fault = tlsFaultByName(name.toLatin1()))
            match.tls.push_back(*fault);
        else
            complain(QStringLiteral("\"tls\" does not know \"%1\"").arg(name));
    }
    match.verdicts = listOf(verdicts, view, "verdict");
    match.origins = listOf(origins, view, "origin");
    match.contents = listOf(contents, view, "content");
    match.credential = texts(view, "credential");
    for (const QString& fact : match.credential)
        if (!credentialFactNames().contains(fact))
            complain(QStringLiteral("\"credential\" does not know \"%1\"").arg(fact));
    match.request = texts(view, "request");
    match.hosts = texts(view, "host");
    match.targets = texts(view, "target");
    match.codes = texts(view, "code");
    for (const QString& source : texts(view, "message"))
        match.message.push_back(pattern(source));
    match.inStream = truth(view, "in_stream");
    match.success = truth(view, "success");
    for (json::View child = view["body"].firstChild(); child.exists(); child = child.nextSibling()) {
        allowOnly(child, QStringLiteral("\"body\""),
                  {QStringLiteral("path"), QStringLiteral("equals"), QStringLiteral("prefix"),
                   QStringLiteral("matches"), QStringLiteral("kind")});
        BodyTest test;
        for (const QString& path : texts(child, "path"))
            test.paths.append(path.toUtf8());
        if (test.paths.isEmpty())
            complain(QStringLiteral("\"body\" needs a path"));
        test.value = valueTest(child);
        test.kinds = texts(child, "kind");
        match.body.push_back(test);
    }
    for (json::View child = view["header"].firstChild(); child.exists(); child = child.nextSibling()) {
        allowOnly(child, QStringLiteral("\"header\""),
                  {QStringLiteral("name"), QStringLiteral("equals"), QStringLiteral("prefix"),
                   QStringLiteral("matches")});
        match.headers.push_back({text(child, "name").toLatin1().toLower(), valueTest(child)});
    }
    for (json::View child = view["any"].firstChild(); child.exists(); child = child.nextSibling()) {
        if (child.isObject() && child.size() == 0)
            complain(QStringLiteral("\"any\" holds an empty match, so it asks for nothing"));
        match.any.push_back(std::make_shared<const Match>(this->match(child)));
    }
    for (const char* list : {"body", "header", "any"})
        if (const json::View member = view[QByteArrayView(list)];
            member.exists() && !(member.isArray() && member.size() > 0))
            complain(QStringLiteral("\"%1\" must be a list that is not empty").arg(QLatin1String(list)));
    if (view["unless"].exists())
        match.unless = std::make_shared<const Match>(this->match(view["unless"]));
    return match;
}

DiagnosisRules::Rule RuleReader::read(const json::View& view) {
    allowOnly(view, QStringLiteral("the rule"),
              {QStringLiteral("id"), QStringLiteral("match"), QStringLiteral("kind"), QStringLiteral("fault"),
               QStringLiteral("retry"), QStringLiteral("may_have_been_billed"), QStringLiteral("title"),
               QStringLiteral("cause"), QStringLiteral("steps"), QStringLiteral("do"), QStringLiteral("docs"),
               QStringLiteral("verified")});
    static const QRegularExpression idForm(QStringLiteral("^[a-z0-9]+(-[a-z0-9]+)*$"));
    static const QRegularExpression kindForm(QStringLiteral("^[a-z][a-z0-9]*(_[a-z0-9]+)*$"));
    DiagnosisRules::Rule rule;
    rule.id = text(view, "id");
    if (!idForm.match(rule.id).hasMatch())
        complain(QStringLiteral("\"id\" must be lower-case words joined by hyphens"));
    rule.match = match(view["match"]);
    rule.kind = text(view, "kind");
    if (!kindForm.match(rule.kind).hasMatch())
        complain(QStringLiteral("\"kind\" must be lower-case words joined by underscores"));
    rule.fault = named(faults, text(view, "fault"), "fault").value_or(Fault::Unknown);
    rule.retry = named(retries, text(view, "retry"), "retry").value_or(Retry::No);
    rule.mayHaveBeenBilled = truth(view, "may_have_been_billed").value_or(false);
    rule.title = sentence(view, "title");
    rule.cause = sentence(view, "cause");
    for (json::View step = view["steps"].firstChild(); step.exists(); step = step.nextSibling())
        rule.steps.append(sentence(step, "steps"));
    if (!view["steps"].isArray() || rule.steps.isEmpty())
        complain(QStringLiteral("\"steps\" must be a list of at least one text"));
    for (const QString& name : texts(view, "do")) {
        const std::optional<Remedy> remedy = remedyByName(name);
        if (!remedy)
            complain(QStringLiteral("\"do\" does not know \"%1\"").arg(name));
        rule.remedies.push_back(remedy.value_or(Remedy{}));
    }
    rule.docs = text(view, "docs");
    if (!rule.docs.isEmpty() && !rule.docs.startsWith(QLatin1String("https://")))
        complain(QStringLiteral("\"docs\" must be an https address or empty"));
    rule.verified = text(view, "verified");
    if (!QDate::fromString(rule.verified, Qt::ISODate).isValid())
        complain(QStringLiteral("\"verified\" must be a date such as 2026-01-31"));
    return rule;
}

} // namespace

const char* faultName(Fault fault) {
    for (const auto& [name, value] : faults)
        if (value == fault)
            return name;
    return "unknown";
}

const char* retryName(Retry retry) {
    switch (retry) {
    case Retry::No:
        return "no";
    case Retry::After:
        return "after";
    case Retry::Backoff:
        break;
    }
    return "backoff";
}

Result<DiagnosisRules> DiagnosisRules::fromJson(const QByteArray& json, const Translate& translate) {
    const auto invalid = [](const QString& message) {
        return fail(QStringLiteral("rules_invalid"),
                    QStringLiteral("The diagnosis rules are wrong: ") + message);
    };
    json::Document document;
    if (const std::optional<json::Fault> fault = document.scan(json))
        return invalid(
            QStringLiteral("line %1, column %2: %3").arg(fault->line).arg(fault->column).arg(fault->message));
    const json::View root = document.root();
    if (root["version"].toInteger() != 1)
        return invalid(QStringLiteral("\"version\" must be 1"));
    const json::View list = root["rules"];
    if (!list.isArray() || list.size() == 0)
        return invalid(QStringLiteral("\"rules\" must be a list of at least one rule"));

    DiagnosisRules result;
    QSet<QString> ids;
    int number = 0;
    for (json::View view = list.firstChild(); view.exists(); view = view.nextSibling()) {
        ++number;
        RuleReader reader(translate);
        auto rule = std::make_shared<Rule>(reader.read(view));
        QString complaint = reader.complaint();
        const bool last = number == list.size();
        const bool unconditional = view["match"].isObject() && view["match"].size() == 0;
        if (complaint.isEmpty() && ids.contains(rule->id))
            complaint = QStringLiteral("the id is used twice");
        else if (complaint.isEmpty() && unconditional && !last)
            complaint = QStringLiteral("\"match\" is empty, so no later rule could ever be reached");
        else if (complaint.isEmpty() && !unconditional && last)
            complaint = QStringLiteral(
                "the last rule must have an empty \"match\", so that there is always an answer");
        if (!complaint.isEmpty())
            return invalid(QStringLiteral("rule %1 (%2): %3").arg(number).arg(rule->id, complaint));
        ids.insert(rule->id);
        result.m_rules.append(std::move(rule));
    }
    return result;
}

} // namespace lavascope
