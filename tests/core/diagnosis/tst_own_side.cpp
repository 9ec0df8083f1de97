// SPDX-License-Identifier: MIT
// What a diagnosis says of the request that was sent, of what it is not, and of what can be done.
#include "core/diagnosis/rule.h"
#include "core/diagnosis/shipped_rules.h"
#include "core/request/mend_request.h"

#include <QDir>
#include <QTest>

#include <algorithm>

using namespace lavascope;

namespace {

const QByteArray url = "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.anthropic.com%2Fv1%2Fmessages";

Outcome answered(int status, const QByteArray& body, const QByteArray& sentBody,
                 const Headers& sentHeaders = {}) {
    Outcome outcome;
    outcome.status = status;
    outcome.body = body;
    outcome.url = url;
    outcome.request = HttpRequest{"POST", url, sentHeaders, sentBody};
    return outcome;
}

Diagnosis diagnosed(const Outcome& outcome) {
    return diagnose(shippedRules(), outcome);
}

bool anyStartsWith(const QStringList& lines, const QString& begin) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const QString& line) { return line.startsWith(begin); });
}

bool offers(const Diagnosis& diagnosis, Remedy::Action action, const QString& argument = {}) {
    const Remedy wanted{action, argument};
    return std::find(diagnosis.remedies.begin(), diagnosis.remedies.end(), wanted) !=
           diagnosis.remedies.end();
}

const QByteArray refused = R"({"type":"error","error":{"type":"invalid_request_error","message":"Bad"}})";
const QByteArray withSystem =
    R"({"model":"claude-x","max_tokens":1,"messages":[{"role":"system","content":"a"},{"role":"user","content":"b"}]})";

} // namespace

class OwnSideTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void faultOfTheRequest_leadsAndCanBeMended() {
        const Diagnosis diagnosis =
            diagnosed(answered(400, refused, withSystem, {{"anthropic-version", "2023-06-01"}}));
        QCOMPARE(diagnosis.title, QStringLiteral("Anthropic knows no message with the role \"system\""));
        QCOMPARE(diagnosis.fault, Fault::You);
        QCOMPARE(diagnosis.steps.value(0),
                 QStringLiteral("Put the text into the top-level member \"system\"."));
        QCOMPARE(diagnosis.remarks.size(), size_t(1));
        QVERIFY(offers(diagnosis, Remedy::Action::MendRequest, QStringLiteral("anthropic_system_role")));
        QVERIFY(
            diagnosis.evidence.contains(QStringLiteral("Message: Bad"))); // what the answer says is not lost
    }

    void remarksOfALesserFault_standInTheEvidence() {
        const Diagnosis diagnosis = diagnosed(answered(
            400,
            R"({"error":{"message":"Long","type":"invalid_request_error","code":"context_length_exceeded"}})",
            withSystem));
        QCOMPARE(diagnosis.kind, QStringLiteral("context_too_long"));
        QVERIFY(diagnosis.evidence.contains(
            QStringLiteral("What was sent: Anthropic knows no message with the role \"system\".")));
    }

    void answersThatSpeakOfSomethingElse_bringNoRemarks_data() {
        QTest::addColumn<int>("status");
        for (int status : {200, 401, 402, 407, 429, 500, 503})
            QTest::newRow(QByteArray::number(status).constData()) << status;
    }
    void answersThatSpeakOfSomethingElse_bringNoRemarks() {
        QFETCH(int, status);
        QVERIFY(diagnosed(answered(status, refused, withSystem)).remarks.empty());
    }

    void secretInTheRequest_isInNoRemark() {
        const QByteArray key = "aks_live_4f9c2b7d8e1a4c5b9d2f6e7a8b1c3d5e";
        // Where remarks name what they found: a member that stands twice, and a parameter that was lost.
        Outcome outcome = answered(400, refused, "{\"" + key + "\":1,\"" + key + "\":2}");
        outcome.authorization = Secret("Bearer " + key);
        outcome.url = "https://api.lava.so/v1/forward?u=https://a.example/x?k=1&" + key + "=1";
        outcome.request->url = outcome.url;
        const Diagnosis diagnosis = diagnosed(outcome);
        QString words = diagnosis.title + diagnosis.cause + diagnosis.steps.join(QLatin1Char(' ')) +
                        (diagnosis.evidence + diagnosis.ruledOut).join(QLatin1Char(' '));
        for (const Finding& remark : diagnosis.remarks)
            words += remark.message + remark.fix;
        QVERIFY2(words.contains(Secret(key).masked()), qPrintable(words));
        QVERIFY(!words.contains(QString::fromLatin1(key)));
    }

    void answerThatBrokeOff_rulesNothingOutByItsBody() {
        Outcome outcome;
        outcome.status = 429;
        outcome.url = url;
        outcome.authorization = Secret("Bearer aks_test_demo_key_0000");
        outcome.ending = Ending{EndReason::CutOff, {}, {}, 1};
        const Diagnosis diagnosis = diagnosed(outcome);
        QVERIFY(!diagnosis.ruledOut.isEmpty());
        for (const QString& line : diagnosis.ruledOut)
            QVERIFY2(!line.startsWith(QStringLiteral("Ruled out")) ||
                         !line.contains(QStringLiteral("no error code")),
                     qPrintable(line));
    }

    void lookAlikes_areRuledOutWithTheReason() {
        Outcome outcome = answered(
            429, R"({"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}})",
            "{}");
        outcome.url =
            "https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions";
        outcome.request->url = outcome.url;
        const Diagnosis diagnosis = diagnosed(outcome);
        QCOMPARE(diagnosis.kind, QStringLiteral("rate_limited"));
        QVERIFY(anyStartsWith(diagnosis.ruledOut, QStringLiteral("Ruled out: ")));
        QVERIFY(diagnosis.ruledOut.size() <= 4);
        // A used-up quota would ask for the opposite: never to try again.
        QVERIFY2(std::any_of(diagnosis.ruledOut.begin(), diagnosis.ruledOut.end(),
                             [](const QString& line) {
                                 return line.contains(QStringLiteral("no error code says so"));
                             }),
                 qPrintable(diagnosis.ruledOut.join(QLatin1Char('\n'))));
    }

    void whatIsNotKnown_isNotRuledOut() {
        Outcome outcome;
        outcome.status = 401;
        outcome.body = R"({"error":"Who are you?"})"; // of either
        QStringList lines = diagnosed(outcome).ruledOut;
        outcome.status = 429;
        outcome.body.clear(); // only the status is known
        lines += diagnosed(outcome).ruledOut;
        QVERIFY2(anyStartsWith(lines, QStringLiteral("Not ruled out: ")),
                 qPrintable(lines.join(QLatin1Char('\n'))));
        for (const QString& line : lines)
            if (line.contains(QStringLiteral("not known")))
                QVERIFY(line.startsWith(QStringLiteral("Not ruled out: ")));
    }

    void goodAnswer_hasNothingToRuleOut() {
        Outcome outcome;
        outcome.status = 200;
        outcome.body = "{}";
        QVERIFY(diagnosed(outcome).ruledOut.isEmpty());
    }

    void emptyWallet_offersToLookUpWhatIsLeft() {
        Outcome outcome = answered(402, R"({"error":{"message":"No credit","code":"x","status":402}})", "{}");
        const Diagnosis diagnosis = diagnosed(outcome);
        QVERIFY(offers(diagnosis, Remedy::Action::LookUpCredit));
    }

    void codesThatRulesAskFor_areThoseOfTheLint() {
        QByteArray sources;
        const QDir folder(QStringLiteral(LAVASCOPE_SOURCE_DIR "/src/core/request"));
        for (const QString& name : folder.entryList({QStringLiteral("*.cpp")}))
            sources += fileOfSource(("src/core/request/" + name.toUtf8()).constData());
        const DiagnosisRules rules = shippedRules();
        int codes = 0;
        for (const auto& rule : rules.rules())
            for (const QString& code : rule->match.request) {
                ++codes;
                QVERIFY2(sources.contains('"' + code.toUtf8() + '"'), qPrintable(code));
            }
        QVERIFY(codes > 20);
    }

    void remedies_areReadByName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("known");
        for (const char* name : {"token_field:secret_key", "token_field:disable_billing", "edit_url",
                                 "edit_headers", "edit_body", "choose_gateway", "look_up_credit"})
            QTest::newRow(name) << QString::fromLatin1(name) << true;
        for (const char* name :
             {"", "token_field", "token_field:", "token_field:colour", "edit_url:x", "Edit_url", "mend"})
            QTest::addRow("not %s", name) << QString::fromLatin1(name) << false;
    }
    void remedies_areReadByName() {
        QFETCH(QString, name);
        QFETCH(bool, known);
        QCOMPARE(remedyByName(name).has_value(), known);
    }
};

QTEST_APPLESS_MAIN(OwnSideTest)
#include "tst_own_side.moc"
