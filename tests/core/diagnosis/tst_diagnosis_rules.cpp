// SPDX-License-Identifier: MIT
#include "core/diagnosis/rule.h"
#include "core/diagnosis/shipped_rules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace lavascope;

namespace {

/// One entry of rule_examples.json: what came, the rule that must hit, and those that it only looks like.
struct Example {
    QString rule;
    QStringList lookAlikes; ///< `not` in the file
    Outcome outcome;
    std::optional<Transcript> transcript;
};

std::optional<Verdict> verdictByName(const QString& name) {
    for (Verdict verdict :
         {Verdict::Complete, Verdict::Stopped, Verdict::CutOff, Verdict::ErrorInStream, Verdict::NotAStream})
        if (name == QLatin1String(verdictName(verdict)))
            return verdict;
    return std::nullopt;
}

StreamError streamError(const QJsonObject& object) {
    StreamError error;
    error.type = object[QStringLiteral("type")].toString();
    error.code = object[QStringLiteral("code")].toString();
    error.message = object[QStringLiteral("message")].toString();
    error.raw = object[QStringLiteral("raw")].toString().toUtf8();
    if (const int status = object[QStringLiteral("effective_status")].toInt())
        error.effectiveStatus = status;
    return error;
}

QByteArray bytesOf(const QJsonValue& body) {
    return body.isObject() ? QJsonDocument(body.toObject()).toJson() : body.toString().toUtf8();
}

Headers headersOf(const QJsonObject& object) {
    Headers headers;
    for (const QString& name : object.keys())
        headers.append(name.toLatin1(), object[name].toString().toUtf8());
    return headers;
}

HttpRequest requestOf(const QJsonObject& object, const QByteArray& url) {
    return {object[QStringLiteral("method")].toString(QStringLiteral("POST")).toLatin1(), url,
            headersOf(object[QStringLiteral("headers")].toObject()), bytesOf(object[QStringLiteral("body")])};
}

Example example(const QJsonObject& object) {
    Example example;
    example.rule = object[QStringLiteral("rule")].toString();
    const QJsonArray lookAlikes = object[QStringLiteral("not")].toArray();
    for (const auto& value : lookAlikes)
        example.lookAlikes.append(value.toString());
    Outcome& outcome = example.outcome;
    outcome.status = object[QStringLiteral("status")].toInt();
    outcome.url = object[QStringLiteral("url")].toString().toUtf8();
    outcome.body = bytesOf(object[QStringLiteral("body")]);
    outcome.headers = headersOf(object[QStringLiteral("headers")].toObject());
    if (object.contains(QStringLiteral("request")))
        outcome.request = requestOf(object[QStringLiteral("request")].toObject(), outcome.url);
    if (object.contains(QStringLiteral("credential")))
        outcome.authorization = Secret("Bearer " + object[QStringLiteral("credential")].toString().toUtf8());
    if (object.contains(QStringLiteral("authorization")))
        outcome.authorization = Secret(object[QStringLiteral("authorization")].toString().toUtf8());
    if (object.contains(QStringLiteral("ending")))
        outcome.ending =
            Ending{endReasonByName(object[QStringLiteral("ending")].toString().toLatin1()).value(),
                   object[QStringLiteral("detail")].toString(),
                   {},
                   1,
                   tlsFaultByName(object[QStringLiteral("tls")].toString(QStringLiteral("none")).toLatin1())
                       .value()};
    if (object.contains(QStringLiteral("verdict"))) {
        Transcript transcript;
        transcript.dialect = object[QStringLiteral("dialect")].toString();
        transcript.verdict = verdictByName(object[QStringLiteral("verdict")].toString());
        if (object.contains(QStringLiteral("error")))
            transcript.error = streamError(object[QStringLiteral("error")].toObject());
        example.transcript = transcript;
    }
    return example;
}

QList<Example> examples() {
    const QByteArray file = fileOfSource("tests/core/diagnosis/rule_examples.json");
    QList<Example> list;
    const QJsonArray array = QJsonDocument::fromJson(file).array();
    for (const auto& value : array)
        list.append(example(value.toObject()));
    return list;
}

/// JSON written with single quotes, so that it can be read here.
QByteArray json(QByteArray text) {
    return text.replace('\'', '"');
}

QByteArray ruleWith(const QByteArray& member, const QByteArray& value) {
    const QList<QPair<QByteArray, QByteArray>> members = {
        {"id", "\"a-rule\""},          {"match", "{}"},        {"kind", "\"a_kind\""},
        {"fault", "\"you\""},          {"retry", "\"no\""},    {"title", "\"Title\""},
        {"cause", "\"Cause.\""},       {"steps", "[\"Do.\"]"}, {"docs", "\"\""},
        {"verified", "\"2026-01-31\""}};
    QByteArray text;
    bool replaced = false;
    for (const auto& [name, usual] : members) {
        text += (text.isEmpty() ? "\"" : ",\"") + name + "\":" + (name == member ? value : usual);
        replaced = replaced || name == member;
    }
    if (!replaced && !member.isEmpty())
        text += ",\"" + member + "\":" + value;
    return '{' + text + '}';
}

QByteArray rulesOf(const QByteArray& rules) {
    return json("{'version':1,'rules':[") + rules + "]}";
}

} // namespace

class TestDiagnosisRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shippedRules_areValid() {
        const Result<DiagnosisRules> rules =
            DiagnosisRules::fromJson(fileOfSource("resources/diagnosis.json"));
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().message));
        QVERIFY(rules->rules().size() > 50);
    }

    void everyRule_hasAnExample() {
        QStringList covered;
        for (const Example& one : examples())
            covered.append(one.rule);
        const DiagnosisRules shipped = shippedRules();
        for (const auto& rule : shipped.rules())
            QVERIFY2(covered.contains(rule->id), qPrintable(rule->id));
    }

    void everyRuleThatReadsTheAnswer_isToldFromALookAlike() {
        QStringList covered;
        QStringList known;
        const DiagnosisRules shipped = shippedRules();
        for (const auto& rule : shipped.rules())
            known.append(rule->id);
        for (const Example& one : examples()) {
            QVERIFY2(!one.lookAlikes.contains(one.rule), qPrintable(one.rule));
            for (const QString& other : one.lookAlikes)
                QVERIFY2(known.contains(other), qPrintable(other));
            covered += one.lookAlikes;
        }
        QStringList missing;
        for (const auto& rule : shipped.rules()) {
            const Match& match = rule->match;
            const bool reads = !match.any.empty() || !match.codes.isEmpty() || !match.message.empty() ||
                               !match.body.empty() || !match.headers.empty() || !match.request.isEmpty();
            if (reads && !covered.contains(rule->id))
                missing.append(rule->id);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char(' '))));
    }

    void everyExample_hitsItsRule_data() {
        QTest::addColumn<int>("index");
        const QList<Example> list = examples();
        QVERIFY(!list.isEmpty());
        for (int i = 0; i < list.size(); ++i)
            QTest::addRow("%d %s", i, qPrintable(list[i].rule)) << i;
    }
    void everyExample_hitsItsRule() {
        QFETCH(int, index);
        const Example one = examples()[index];
        const Diagnosis diagnosis =
            diagnose(shippedRules(), one.outcome, one.transcript ? &*one.transcript : nullptr);
        QCOMPARE(diagnosis.rule, one.rule);
        QVERIFY(!diagnosis.title.contains(QLatin1Char('{')));
        QVERIFY(!diagnosis.cause.contains(QLatin1Char('{')) || !one.outcome.body.isEmpty());
        QVERIFY(!diagnosis.steps.isEmpty());
        QVERIFY(!diagnosis.evidence.isEmpty());
    }

    void everyExample_keepsSecretsOutOfTheAnswer() {
        const DiagnosisRules shipped = shippedRules();
        for (const Example& one : examples()) {
            const Diagnosis diagnosis =
                diagnose(shipped, one.outcome, one.transcript ? &*one.transcript : nullptr);
            const QString all = diagnosis.title + diagnosis.cause + diagnosis.steps.join(QLatin1Char(' ')) +
                                diagnosis.evidence.join(QLatin1Char(' '));
            QVERIFY2(!all.contains(QLatin1String("EXAMPLEnotARealKey")), qPrintable(all));
        }
    }

    void wordsOfRules_areWholeSentences() {
        const DiagnosisRules shipped = shippedRules();
        for (const auto& rule : shipped.rules()) {
            QVERIFY2(!rule->title.endsWith(QLatin1Char('.')), qPrintable(rule->id));
            QVERIFY2(rule->cause.endsWith(QLatin1Char('.')) || rule->cause.endsWith(QLatin1Char('}')) ||
                         rule->cause.endsWith(QChar(0x2026)),
                     qPrintable(rule->id));
            for (const QString& step : rule->steps)
                QVERIFY2(step.endsWith(QLatin1Char('.')) || step.endsWith(QChar(0x2026)) ||
                             step == QStringLiteral("{fix}"),
                         qPrintable(rule->id + QLatin1String(": ") + step));
        }
    }

    void texts_areTranslatedWithTheirPlaceholders() {
        const QByteArray english = rulesOf(ruleWith("cause", "\"Status {status}.\""));
        const auto inGerman = [](const QString& text) {
            if (text == QStringLiteral("Status {status}."))
                return QStringLiteral("Der Status ist {status}.");
            if (text == QStringLiteral("Title"))
                return QStringLiteral("Titel {colour}"); // stands for nothing: not used
            return text == QStringLiteral("Do.") ? QStringLiteral(" ") : QString();
        };
        const Result<DiagnosisRules> rules = DiagnosisRules::fromJson(english, inGerman);
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().message));
        Outcome outcome;
        outcome.status = 418;
        const Diagnosis diagnosis = diagnose(*rules, outcome);
        QCOMPARE(diagnosis.cause, QStringLiteral("Der Status ist 418."));
        QCOMPARE(diagnosis.title, QStringLiteral("Title"));
        QCOMPARE(diagnosis.steps, QStringList{QStringLiteral("Do.")});
    }

    void smallestRules_areRead() {
        const Result<DiagnosisRules> rules = DiagnosisRules::fromJson(rulesOf(ruleWith({}, {})));
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().message));
        QCOMPARE(diagnose(*rules, Outcome{}).rule, QStringLiteral("a-rule"));
    }

    void wrongRules_areRefusedWithTheReason_data() {
        QTest::addColumn<QByteArray>("rulesText");
        QTest::addColumn<QString>("complaint");
        const auto wrong = [](const char* name, const char* member, const char* value,
                              const char* complaint) {
            QTest::newRow(name) << rulesOf(ruleWith(member, json(value))) << QString::fromLatin1(complaint);
        };
        wrong("unknown member", "colour", "1", "unknown member \"colour\"");
        wrong("member twice", "x\":1,\"x", "2", "unknown member");
        wrong("id with blank", "id", "\"a rule\"", "\"id\"");
        wrong("kind with hyphen", "kind", "\"a-kind\"", "\"kind\"");
        wrong("fault unknown", "fault", "\"me\"", "\"me\"");
        wrong("retry after", "retry", "\"after\"", "\"after\"");
        wrong("title empty", "title", "\" \"", "\"title\" is empty");
        wrong("title missing", "title", "null", "\"title\"");
        wrong("placeholder unknown", "cause", "\"A {thing}.\"", "{thing}");
        wrong("steps empty", "steps", "[]", "\"steps\"");
        wrong("step no text", "steps", "[1]", "\"steps\"");
        wrong("docs not https", "docs", "\"http://x\"", "\"docs\"");
        wrong("verified no date", "verified", "\"soon\"", "\"verified\"");
        wrong("billed no truth", "may_have_been_billed", "1", "may_have_been_billed");
        const auto wrongMatch = [&](const char* name, const char* match, const char* complaint) {
            wrong(name, "match", match, complaint);
        };
        wrongMatch("match no object", "[]", "match");
        wrongMatch("match unknown", "{'colour':1}", "colour");
        wrongMatch("status no list", "{'status':400}", "status");
        wrongMatch("status empty", "{'status':[]}", "status");
        wrongMatch("status backwards", "{'status':['599-500']}", "599-500");
        wrongMatch("status text", "{'status':['many']}", "many");
        wrongMatch("ending unknown", "{'ending':['exploded']}", "exploded");
        wrongMatch("tls unknown", "{'tls':['too_old']}", "too_old");
        wrongMatch("origin unknown", "{'origin':['mars']}", "mars");
        wrongMatch("content unknown", "{'content':['xml']}", "xml");
        wrongMatch("verdict unknown", "{'verdict':['guilty']}", "guilty");
        wrongMatch("credential unknown", "{'credential':['stolen']}", "stolen");
        wrongMatch("pattern wrong", "{'message':['[a-']}", "pattern");
        wrongMatch("body no list", "{'body':{'path':'x'}}", "body");
        wrongMatch("body without path", "{'body':[{'equals':'x'}]}", "path");
        wrongMatch("header without name", "{'header':[{'equals':'x'}]}", "name");
        wrongMatch("any no list", "{'any':{'code':'x'}}", "must be an object");
        wrongMatch("any empty", "{'any':[]}", "any");
        wrongMatch("any asks for nothing", "{'any':[{}]}", "empty match");
        wrongMatch("any unknown", "{'any':[{'colour':1}]}", "colour");
        wrongMatch("code no text", "{'code':[1]}", "code");
        wrongMatch("unless unknown", "{'unless':{'colour':1}}", "colour");
        QTest::newRow("last rule conditional")
            << rulesOf(ruleWith("match", json("{'status':[400]}"))) << QStringLiteral("last rule");
        QTest::newRow("first rule unconditional")
            << rulesOf(ruleWith({}, {}) + ',' + ruleWith("id", "\"b\"")) << QStringLiteral("no later rule");
        QTest::newRow("same id") << rulesOf(ruleWith("match", json("{'status':[400]}")) + ',' +
                                            ruleWith({}, {}))
                                 << QStringLiteral("twice");
        QTest::newRow("not JSON") << QByteArray("{") << QStringLiteral("line 1");
        QTest::newRow("version") << json("{'version':2,'rules':[]}") << QStringLiteral("version");
        QTest::newRow("no rules") << rulesOf({}) << QStringLiteral("\"rules\"");
    }
    void wrongRules_areRefusedWithTheReason() {
        QFETCH(QByteArray, rulesText);
        QFETCH(QString, complaint);
        const Result<DiagnosisRules> rules = DiagnosisRules::fromJson(rulesText);
        QVERIFY(!rules.has_value());
        QCOMPARE(rules.error().code, QStringLiteral("rules_invalid"));
        QVERIFY2(rules.error().message.contains(complaint), qPrintable(rules.error().message));
    }

    void conditions_matchAsTheyAreDescribed_data() {
        QTest::addColumn<QByteArray>("match");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* name, const char* match, const char* body, bool fits) {
            QTest::newRow(name) << json(match) << json(body) << fits;
        };
        row("status in range", "{'status':['400-499']}", "", true);
        row("status outside", "{'status':[404,'500-599']}", "", false);
        row("path equals", "{'body':[{'path':'error.code','equals':'x'}]}", "{'error':{'code':'X'}}", true);
        row("path differs", "{'body':[{'path':'error.code','equals':'x'}]}", "{'error':{'code':'y'}}", false);
        row("path prefix", "{'body':[{'path':'a','prefix':'forward_'}]}", "{'a':'forward_x'}", true);
        row("path number", "{'body':[{'path':'a','equals':'429'}]}", "{'a':429}", true);
        row("path index", "{'body':[{'path':'a.1.b','equals':'x'}]}", "{'a':[0,{'b':'x'}]}", true);
        row("path star", "{'body':[{'path':'a.*.b','equals':'x'}]}", "{'a':[0,{'b':'y'},{'b':'x'}]}", true);
        row("path star misses", "{'body':[{'path':'a.*.b','equals':'x'}]}", "{'a':[{'c':'x'}]}", false);
        row("null is nothing", "{'body':[{'path':'a'}]}", "{'a':null}", false);
        row("kind fits", "{'body':[{'path':'a','kind':['string']}]}", "{'a':'x'}", true);
        row("kind differs", "{'body':[{'path':'a','kind':['string']}]}", "{'a':1}", false);
        row("either path", "{'body':[{'path':['a','b'],'equals':'x'}]}", "{'b':'x'}", true);
        row("both tests", "{'body':[{'path':'a'},{'path':'b'}]}", "{'b':'x'}", false);
        row("header present", "{'header':[{'name':'Retry-After'}]}", "", true);
        row("header value", "{'header':[{'name':'retry-after','matches':'[0-9]'}]}", "", true);
        row("header other value", "{'header':[{'name':'retry-after','equals':'8'}]}", "", false);
        row("code in error", "{'code':['X']}", "{'error':{'code':'x'}}", true);
        row("code in type", "{'code':['x']}", "{'error':{'code':'y','type':'x'}}", true);
        row("code in details", "{'code':['x']}", "{'error':{'type':'y','details':{'error_code':'x'}}}", true);
        row("code in a reason", "{'code':['x']}", "{'error':{'details':[{'a':1},{'reason':'x'}]}}", true);
        row("code in detail", "{'code':['x']}", "{'detail':{'type':'x'}}", true);
        row("code as number", "{'code':['1300']}", "{'code':1300}", true);
        row("code as a word beside a message", "{'code':['x']}", "{'error':'x','message':'m'}", true);
        row("words are no code", "{'code':['x']}", "{'error':'x'}", false);
        row("code of Amazon", "{'code':['XException']}", "{'__type':'com.amazon.a#XException'}", true);
        row("code of an error handed on", "{'code':['x']}",
            "{'error':{'metadata':{'raw':'{\\'error\\':{\\'type\\':\\'x\\'}}'}}}", true);
        row("code other", "{'code':['x']}", "{'error':{'code':'xx'}}", false);
        row("any first", "{'any':[{'code':['x']},{'message':['words']}]}", "{'code':'x'}", true);
        row("any second", "{'any':[{'code':['x']},{'message':['words']}]}", "{'error':'The words'}", true);
        row("any neither", "{'any':[{'code':['x']},{'message':['words']}]}", "{'error':'Other'}", false);
        row("any is one more condition", "{'status':[500],'any':[{'code':['x']}]}", "{'code':'x'}", false);
        row("message pattern", "{'message':['too LONG']}", "{'message':'It is too long'}", true);
        row("message other", "{'message':['too long']}", "{'message':'It is fine'}", false);
        row("target domain", "{'target':['openai.com']}", "", true);
        row("target look-alike", "{'target':['penai.com']}", "", false);
        row("host", "{'host':['api.lava.so']}", "", true);
        row("unless", "{'unless':{'status':[400]}}", "", false);
        row("unless other", "{'unless':{'status':[401]}}", "", true);
        row("content json", "{'content':['json']}", "{}", true);
        row("content text", "{'content':['json']}", "{", false);
        row("content html", "{'content':['html']}", "\n<!DOCTYPE HTML>", true);
        row("content empty", "{'content':['empty']}", " \n", true);
    }
    void conditions_matchAsTheyAreDescribed() {
        QFETCH(QByteArray, match);
        QFETCH(QByteArray, body);
        QFETCH(bool, fits);
        const QByteArray text = rulesOf(ruleWith("match", match) + ',' + ruleWith("id", "\"otherwise\""));
        const Result<DiagnosisRules> rules = DiagnosisRules::fromJson(text);
        QVERIFY2(rules.has_value(), rules ? "" : qPrintable(rules.error().message));
        Outcome outcome;
        outcome.status = 400;
        outcome.body = body;
        outcome.headers = {{"retry-after", "7"}};
        outcome.url = "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1";
        QCOMPARE(diagnose(*rules, outcome).rule,
                 fits ? QStringLiteral("a-rule") : QStringLiteral("otherwise"));
    }
};

QTEST_GUILESS_MAIN(TestDiagnosisRules)
#include "tst_diagnosis_rules.moc"
