// SPDX-License-Identifier: MIT
// The retry coach: its book-keeping with numbers for time, and over real sockets.
#include "core/diagnosis/retry_report_text.h"
#include "sandbox/coach.h"
#include "sandbox/running_sandbox.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

CoachedCall callOf(const char* what, const char* key = "") {
    return {QStringLiteral("client"), QStringLiteral("https://api.openai.com/v1/models"), what,
            QLatin1String(key)};
}

RetryTry whole(int status, std::optional<std::chrono::milliseconds> retryAfter = {}) {
    RetryTry answer;
    answer.ending = RetryTry::Ending::Whole;
    answer.status = status;
    answer.retryAfter = retryAfter;
    return answer;
}

Coach coachWith(const QStringList& steps) {
    Coach coach;
    QList<FaultSpec> plan;
    for (const QString& step : steps)
        plan.append(*parseCoachStep(step));
    coach.setPlan(plan);
    return coach;
}

/// One try that is answered as planned, or with 200, at once; its status.
int tryOnce(Coach& coach, const CoachedCall& call, microseconds now) {
    const Coach::Welcome welcome = coach.arrive(call, now);
    const int status = welcome.fault ? welcome.fault->status : 200;
    coach.answered(welcome.ticket, whole(status), now);
    return status;
}

SandboxConfig coached(const QStringList& steps) {
    SandboxConfig config = atOnce();
    for (const QString& step : steps)
        config.coach.append(*parseCoachStep(step));
    return config;
}

QStringList namesIn(const RetryReport& report) {
    QStringList names;
    for (const RetryFinding& finding : report.findings)
        names.append(finding.name);
    return names;
}

} // namespace

class TestCoach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCall_failsAsPlannedAndThenSucceeds() {
        Coach coach = coachWith({QStringLiteral("429:times=2"), QStringLiteral("503:times=1")});
        QList<int> statuses;
        for (int index = 0; index < 4; ++index)
            statuses.append(tryOnce(coach, callOf("a"), index * 1s));
        QCOMPARE(statuses, (QList<int>{429, 429, 503, 200}));
        QCOMPARE(tryOnce(coach, callOf("b"), 3s), 429); // each call has a plan of its own
        QCOMPARE(tryOnce(coach, callOf("a"), 3s), 429); // and the next one of the same kind, too
        QVERIFY(!coachWith({}).isOn());
    }

    void report_comesOnceWhenTheAnswerWasThere() {
        Coach coach = coachWith({QStringLiteral("503:times=1")});
        tryOnce(coach, callOf("a"), 1s);
        QVERIFY(coach.settle(2s).isEmpty());
        tryOnce(coach, callOf("a"), 2s);
        QVERIFY(coach.nextLook());
        const QList<RetryReport> reports = coach.settle(*coach.nextLook());
        QCOMPARE(reports.size(), 1);
        QVERIFY(reports[0].exchange.finished);
        QCOMPARE(reports[0].exchange.tries.size(), 2);
        QVERIFY(coach.settle(100s).isEmpty());
        QVERIFY(!coach.nextLook());
        QCOMPARE(coach.reports().size(), 1);
    }

    void clientThatStaysAway_hasGivenUp() {
        Coach coach = coachWith({QStringLiteral("503")});
        tryOnce(coach, callOf("a"), 1s);
        QVERIFY(coach.settle(15'999ms).isEmpty());
        const QList<RetryReport> reports = coach.settle(16s);
        QCOMPARE(reports.size(), 1);
        QVERIFY(namesIn(reports[0]).contains(QStringLiteral("gave_up_early")));
    }

    void requestThatIsStillUnanswered_keepsTheCallOpen() {
        Coach coach = coachWith({QStringLiteral("hang")});
        const Coach::Welcome welcome = coach.arrive(callOf("a"), 1s);
        QVERIFY(!coach.nextLook());
        QVERIFY(coach.settle(3600s).isEmpty());
        RetryTry left;
        left.ending = RetryTry::Ending::ClientLeft;
        coach.answered(welcome.ticket, left, 3601s);
        QCOMPARE(coach.nextLook(), std::optional<microseconds>(3616s));
    }

    void lateTry_isAnotherCall() {
        Coach coach = coachWith({QStringLiteral("503")});
        tryOnce(coach, callOf("a"), 0s);
        tryOnce(coach, callOf("a"), 20s); // without settle() in between
        QCOMPARE(coach.finishAll().size(), 2);
    }

    void keys_tellCallsApartThatRunTogether() {
        Coach coach = coachWith({QStringLiteral("503")});
        (void)coach.arrive(callOf("a", "1"), 0s);
        (void)coach.arrive(callOf("a", "2"), 1ms);
        (void)coach.arrive(callOf("a", "1"), 2ms);
        const QList<RetryReport> reports = coach.finishAll();
        QCOMPARE(reports.size(), 2);
        QCOMPARE(reports[0].exchange.tries.size(), 2);
        QVERIFY(namesIn(reports[0]).contains(QStringLiteral("hammered")));
    }
    void newKeyAfterAFailure_isTheSameCall() {
        Coach coach = coachWith({QStringLiteral("503")});
        tryOnce(coach, callOf("a", "1"), 0s);
        tryOnce(coach, callOf("a", "2"), 1s);
        const QList<RetryReport> reports = coach.finishAll();
        QCOMPARE(reports.size(), 1);
        QCOMPARE(reports[0].findings[0].name, QStringLiteral("changed_idempotency_key"));
    }

    void crowd_isBounded() {
        Coach coach = coachWith({QStringLiteral("503")});
        for (int index = 0; index < 1000; ++index) {
            tryOnce(coach, callOf(QByteArray::number(index).constData()), microseconds(index));
        }
        QVERIFY(coach.reports().size() > 200);
        QVERIFY(coach.reports().size() <= 500);
        QVERIFY(!coach.settle(1s).isEmpty());
        // A call that never succeeds does not grow for ever.
        Coach endless = coachWith({QStringLiteral("503:times=1")});
        for (int index = 0; index < 3000; ++index) {
            const Coach::Welcome welcome = endless.arrive(callOf("a"), microseconds(index));
            endless.answered(welcome.ticket, whole(500), microseconds(index));
        }
        for (const RetryReport& report : endless.reports())
            QVERIFY(report.exchange.tries.size() <= 1000);
    }

    void hammeringClient_isJudgedBad() {
        Running gateway(coached({QStringLiteral("429:times=3,retry_after=2")}));
        QSignalSpy reports(&gateway.server, &SandboxServer::coached);
        QList<int> statuses;
        for (int index = 0; index < 4; ++index)
            statuses.append(gateway.answer(gateway.chat()).status);
        QCOMPARE(statuses, (QList<int>{429, 429, 429, 200}));
        QTRY_COMPARE(reports.size(), 1);
        const auto report = reports[0][0].value<RetryReport>();
        QCOMPARE(report.verdict, RetryVerdict::Bad);
        QVERIFY(namesIn(report).contains(QStringLiteral("hammered")));
        QVERIFY(namesIn(report).contains(QStringLiteral("ignored_retry_after")));
        QCOMPARE(report.exchange.tries[0].retryAfter, std::optional(2000ms));
        QCOMPARE(report.exchange.target, QLatin1String(chatUrl));
        QCOMPARE(gateway.spy.first().at(0).value<ServedRequest>().note.section(QLatin1Char(';'), 0, 0),
                 QStringLiteral("retry coach, try 1: 429:retry_after=2"));
    }

    void patientClient_isJudgedGoodByTheClock() {
        microseconds now = 5s;
        Running gateway(coached({QStringLiteral("503:times=4")}));
        gateway.server.setClock([&now] { return now; });
        QSignalSpy reports(&gateway.server, &SandboxServer::coached);
        for (const auto wait : {0ms, 480ms, 1700ms, 2300ms, 6100ms}) {
            now += wait;
            gateway.answer(gateway.chat());
        }
        now += 1s;
        const RawAnswer answer = gateway.answer(gateway.ask().method("GET").target("/sandbox/coach"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(reports.size(), 1);
        json::Document document;
        QVERIFY(!document.scan(answer.body));
        QCOMPARE(document.root()["verdict"].toString(), QStringLiteral("good"));
        QCOMPARE(document.root()["plan"].at(0).toString(), QStringLiteral("503:times=4"));
        const json::View tries = document.root()["reports"].at(0)["tries"];
        QCOMPARE(tries.size(), 5);
        QCOMPARE(tries.at(3)["after_ms"].toInteger().value_or(0), 2300);
    }

    void clientThatStops_isJudgedWhenAsked() {
        Running gateway(coached({QStringLiteral("401")}));
        QCOMPARE(gateway.answer(gateway.chat()).status, 401);
        const auto report = [&](const QByteArray& method) {
            json::Document document;
            const RawAnswer answer =
                gateway.answer(gateway.ask().method(method).target("/sandbox/coach").body(""));
            return document.scan(answer.body) ? QString()
                   : document.root()["reports"].at(0)["finished"].toBool().value_or(false)
                       ? document.root()["verdict"].toString()
                       : QStringLiteral("open");
        };
        QCOMPARE(report("GET"), QStringLiteral("open"));
        QCOMPARE(report("POST"), QStringLiteral("good"));
        QCOMPARE(report("GET"), QStringLiteral("good"));
        const RawAnswer refused = gateway.answer(gateway.ask().method("DELETE").target("/sandbox/coach"));
        QCOMPARE(refused.status, 405);
        QCOMPARE(errorIn(refused).code, QStringLiteral("method_not_allowed"));
    }

    void browserPage_doesNotGetTheReports() {
        Running gateway(coached({QStringLiteral("503")}));
        QCOMPARE(
            gateway
                .answer(
                    gateway.ask().method("GET").target("/sandbox/coach").field("Origin", "https://a.example"))
                .status,
            403);
    }

    void everyAnswer_isWrittenDown_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("answer");
        QTest::newRow("status") << QStringLiteral("529:times=1") << QStringLiteral("529");
        QTest::newRow("dropped") << QStringLiteral("drop:times=1")
                                 << QStringLiteral("connection closed without an answer");
        QTest::newRow("cut off") << QStringLiteral("cut:times=1,after=1") << QStringLiteral("200, cut off");
    }
    void everyAnswer_isWrittenDown() {
        QFETCH(QString, step);
        QFETCH(QString, answer);
        Running gateway(coached({step}));
        QSignalSpy reports(&gateway.server, &SandboxServer::coached);
        RawClient client(gateway.port);
        client.send(gateway.chat(true).bytes());
        if (answer != QStringLiteral("529"))
            QVERIFY(client.waitForClose());
        else
            QCOMPARE(client.answer().status, 529);
        if (step.startsWith(QStringLiteral("drop")))
            QVERIFY(client.received().isEmpty());
        QCOMPARE(gateway.answer(gateway.chat(true)).status, 200);
        QTRY_COMPARE(reports.size(), 1);
        const auto report = reports[0][0].value<RetryReport>();
        QVERIFY(retryReportJson(report).contains("\"answer\":\"" + answer.toUtf8() + '"'));
        QCOMPARE(report.exchange.tries.size(), 2);
    }

    void clientThatLeavesASilentCall_isWrittenDown() {
        Running gateway(coached({QStringLiteral("hang:times=1")}));
        {
            RawClient client(gateway.port);
            client.send(gateway.chat().bytes());
            QTRY_COMPARE(gateway.server.coachReports().size(), 1);
        }
        QTRY_COMPARE(gateway.spy.size(), 1);
        const RetryTry only = gateway.server.coachReports()[0].exchange.tries[0];
        QCOMPARE(only.ending, RetryTry::Ending::ClientLeft);
        QCOMPARE(only.status, 0);
    }

    void badRequests_areNotCoached() {
        Running gateway(coached({QStringLiteral("503")}));
        QCOMPARE(gateway.answer(gateway.ask().to(chatUrl).body(chatBody(false))).status, 401);
        QVERIFY(gateway.server.coachReports().isEmpty());
    }

    void newPlan_endsWhatIsOpen() {
        Running gateway(coached({QStringLiteral("503")}));
        QSignalSpy reports(&gateway.server, &SandboxServer::coached);
        gateway.answer(gateway.chat());
        gateway.server.setCoach({});
        QCOMPARE(reports.size(), 1);
        QCOMPARE(gateway.answer(gateway.chat()).status, 200);
        QVERIFY(gateway.server.config().faults.isEmpty());
    }

    void report_holdsNoSecret() {
        Running gateway(coached({QStringLiteral("429:times=1")}));
        const QByteArray target =
            "/v1/forward?u=" +
            QByteArray("https://api.openai.com/v1/chat/completions?key=CANARY1").toPercentEncoding();
        for (int index = 0; index < 2; ++index)
            gateway.answer(gateway.ask()
                               .target(target)
                               .key("aks_test_CANARY2_CANARY3_CANARY4")
                               .field("Idempotency-Key", "CANARY5")
                               .body(chatBody(false, R"(,"user":"CANARY6")")));
        const RawAnswer answer =
            gateway.answer(gateway.ask().method("POST").target("/sandbox/coach").body(""));
        QVERIFY(answer.body.contains("api.openai.com"));
        QVERIFY2(!answer.body.contains("CANARY"), answer.body.constData());
        QVERIFY(!answer.body.contains("aks_"));
        for (const RetryReport& report : gateway.server.coachReports())
            QVERIFY(!retryReportLines(report).join(QLatin1Char(' ')).contains(QStringLiteral("CANARY")));
    }
};

QTEST_GUILESS_MAIN(TestCoach)
#include "tst_coach.moc"
