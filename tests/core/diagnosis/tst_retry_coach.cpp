// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_coach.h"
#include "core/diagnosis/retry_report_text.h"
#include "core/json/document.h"

#include <QRandomGenerator>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

/// The tries of a client, one after the other.
class Client {
public:
    /// It asks after that wait; the answer takes 5 ms.
    Client& asks(microseconds wait, int status, std::optional<std::chrono::milliseconds> retryAfter = {}) {
        return tries(wait, RetryTry::Ending::Whole, status, retryAfter);
    }
    Client& tries(microseconds wait, RetryTry::Ending ending, int status = 0,
                  std::optional<std::chrono::milliseconds> retryAfter = {}) {
        RetryTry each;
        each.arrivedAt = m_now + wait;
        each.endedAt = each.arrivedAt + 5ms;
        each.ending = ending;
        each.status = status;
        each.retryAfter = retryAfter;
        each.idempotencyKey = m_key;
        m_now = each.endedAt;
        m_exchange.tries.append(each);
        return *this;
    }
    Client& key(const char* key) {
        m_key = QLatin1String(key);
        return *this;
    }
    [[nodiscard]] RetryExchange exchange(int number = 1) const {
        RetryExchange exchange = m_exchange;
        exchange.number = number;
        exchange.client = QStringLiteral("0123456789ab");
        exchange.target = QStringLiteral("https://api.openai.com/v1/chat/completions");
        exchange.finished = true;
        return exchange;
    }
    [[nodiscard]] RetryReport report() const { return judgeRetries(exchange()); }

private:
    RetryExchange m_exchange;
    microseconds m_now = 1000s; // clocks do not begin with the client
    QString m_key;
};

const RetryFinding* findingIn(const RetryReport& report, const char* name) {
    for (const RetryFinding& finding : report.findings)
        if (finding.name == QLatin1String(name))
            return &finding;
    return nullptr;
}

QString namesIn(const RetryReport& report) {
    QStringList names;
    for (const RetryFinding& finding : report.findings)
        names.append(finding.name);
    return names.join(QLatin1Char(' '));
}

Client withWaits(const QList<microseconds>& waits) {
    Client client;
    client.asks(0s, 503);
    for (qsizetype index = 0; index < waits.size(); ++index)
        client.asks(waits[index], index + 1 < waits.size() ? 503 : 200);
    return client;
}

} // namespace

class TestRetryCoach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitAsAsked_isGood() {
        const RetryReport report =
            Client().asks(0s, 429, 2s).asks(2010ms, 429, 2s).asks(2300ms, 200).report();
        QCOMPARE(namesIn(report), QStringLiteral("good jitter_unknown"));
        QCOMPARE(report.verdict, RetryVerdict::Good);
        QVERIFY(report.findings.constFirst().message.contains(QStringLiteral("2.01 s, 2.3 s")));
    }
    void timerThatGoesOffALittleEarly_isForgiven() {
        QCOMPARE(Client().asks(0s, 429, 2s).asks(1910ms, 200).report().verdict, RetryVerdict::Good);
        QCOMPARE(Client().asks(0s, 429, 100ms).asks(85ms, 200).report().verdict, RetryVerdict::Good);
    }
    void comingBeforeTheTime_ignoresRetryAfter() {
        const RetryReport report = Client().asks(0s, 429, 2s).asks(310ms, 429, 2s).asks(900ms, 200).report();
        const RetryFinding* finding = findingIn(report, "ignored_retry_after");
        QVERIFY(finding);
        QVERIFY2(finding->message.contains(
                     QStringLiteral("try 1 asked to wait 2 s; try 2 came 0.31 s later. So it was 2 times.")),
                 qPrintable(finding->message));
        QVERIFY(!finding->advice.isEmpty());
        QCOMPARE(report.verdict, RetryVerdict::Bad);
        QCOMPARE(report.findings.constFirst().name, QStringLiteral("ignored_retry_after"));
    }
    void retryAfterZero_allowsToComeAtOnce() {
        QCOMPARE(namesIn(Client().asks(0s, 503, 0ms).asks(1ms, 503, 0ms).asks(1ms, 200).report()),
                 QStringLiteral("good"));
    }
    void loopWithoutAPause_hammers() {
        const RetryReport report = withWaits({1ms, 2ms, 1ms}).report();
        QCOMPARE(namesIn(report), QStringLiteral("hammered"));
        QCOMPARE(report.verdict, RetryVerdict::Bad);
        QVERIFY(report.findings[0].message.contains(QStringLiteral("3 tries came, on average, 0.001 s")));
    }
    void tryWhileAnAnswerIsDue_hammers() {
        RetryExchange exchange = Client().asks(0s, 503).asks(600ms, 200).exchange();
        exchange.tries[1].arrivedAt = exchange.tries[0].arrivedAt + 1ms;
        const RetryReport report = judgeRetries(exchange);
        const RetryFinding* finding = findingIn(report, "hammered");
        QVERIFY(finding);
        QVERIFY(finding->message.contains(QStringLiteral("1 of 2 tries")));
        QVERIFY(finding->advice.contains(QStringLiteral("Idempotency-Key")));
    }
    void singleShortWait_isOnlyNoted() {
        const RetryReport report = Client().asks(0s, 503).asks(8ms, 200).report();
        QCOMPARE(namesIn(report), QStringLiteral("good waited_too_little jitter_unknown"));
        QCOMPARE(report.verdict, RetryVerdict::Good);
    }
    void shortWaits_areTooLittle() {
        const RetryReport report = withWaits({30ms, 45ms}).report();
        QCOMPARE(report.findings[0].name, QStringLiteral("waited_too_little"));
        QCOMPARE(report.verdict, RetryVerdict::Improvable);
    }
    void comingBackAtOnceAfterALostConnection_isUsual() {
        QCOMPARE(namesIn(Client().tries(0s, RetryTry::Ending::Dropped).asks(1ms, 200).report()),
                 QStringLiteral("good jitter_unknown"));
    }
    void waitFarBeyondTheTime_isMuchTooLong() {
        const RetryReport report = Client().asks(0s, 429, 2s).asks(30s, 200).report();
        QCOMPARE(report.findings[0].name, QStringLiteral("waited_much_too_long"));
        QCOMPARE(report.verdict, RetryVerdict::Improvable);
        QCOMPARE(Client().asks(0s, 429, 2s).asks(6s, 200).report().verdict, RetryVerdict::Good);
    }
    void answerThatCannotChange_mustNotBeAskedAgain_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isUseless");
        for (const int status : {400, 401, 402, 403, 404, 413, 422, 501, 505})
            QTest::addRow("%d", status) << status << true;
        for (const int status : {408, 409, 425, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", status) << status << false;
    }
    void answerThatCannotChange_mustNotBeAskedAgain() {
        QFETCH(int, status);
        QFETCH(bool, isUseless);
        const RetryReport again = Client().asks(0s, status).asks(700ms, 200).report();
        QCOMPARE(findingIn(again, "retried_what_cannot_work") != nullptr, isUseless);
        QCOMPARE(again.verdict, isUseless ? RetryVerdict::Bad : RetryVerdict::Good);
        const RetryReport once = Client().asks(0s, status).report();
        QCOMPARE(findingIn(once, "gave_up_early") != nullptr, !isUseless);
        QCOMPARE(once.verdict, isUseless ? RetryVerdict::Good : RetryVerdict::Improvable);
    }
    void givingUp_isEarlyOnlyBeforeASecondRetry() {
        QCOMPARE(Client().asks(0s, 503).asks(500ms, 503).report().verdict, RetryVerdict::Improvable);
        const RetryReport later = Client().asks(0s, 503).asks(500ms, 503).asks(900ms, 503).report();
        QVERIFY(findingIn(later, "gave_up_early"));
        QCOMPARE(later.verdict, RetryVerdict::Good);
        // Nobody has to wait an hour in front of a program.
        QCOMPARE(Client().asks(0s, 429, 3600s).report().verdict, RetryVerdict::Good);
    }
    void openExchange_hasNotGivenUp() {
        RetryExchange exchange = Client().asks(0s, 503).exchange();
        exchange.finished = false;
        QVERIFY(!findingIn(judgeRetries(exchange), "gave_up_early"));
    }
    void constantWaits_neitherGrowNorAreRandom() {
        const RetryReport report = withWaits({1000ms, 1004ms, 1001ms}).report();
        QCOMPARE(namesIn(report), QStringLiteral("no_growth no_jitter"));
        QCOMPARE(report.verdict, RetryVerdict::Improvable);
    }
    void fixedRule_isNoJitter_data() {
        QTest::addColumn<QList<microseconds>>("waits");
        QTest::newRow("doubling") << QList<microseconds>{500ms, 1002ms, 2001ms};
        QTest::newRow("by half") << QList<microseconds>{1000ms, 1502ms, 2253ms, 3380ms};
        QTest::newRow("tripling") << QList<microseconds>{200ms, 603ms, 1803ms};
        QTest::newRow("one second more") << QList<microseconds>{1s, 2001ms, 3002ms};
    }
    void fixedRule_isNoJitter() {
        QFETCH(QList<microseconds>, waits);
        QCOMPARE(namesIn(withWaits(waits).report()), QStringLiteral("no_jitter"));
    }
    void fewWaits_tellNothingOfJitter() {
        QCOMPARE(namesIn(withWaits({500ms, 1000ms}).report()), QStringLiteral("good jitter_unknown"));
    }
    void waitsThatAreAskedFor_tellNothingOfJitter() {
        Client client;
        for (int tries = 0; tries < 4; ++tries)
            client.asks(1s, 429, 1s);
        QCOMPARE(namesIn(client.asks(1s, 200).report()), QStringLiteral("good jitter_unknown"));
    }
    void manyWaitsThatStayLow_doNotGrow() {
        QVERIFY(findingIn(withWaits({500ms, 900ms, 300ms, 700ms, 400ms, 350ms}).report(), "no_growth"));
    }
    void growingRandomWaits_areGood() {
        QCOMPARE(namesIn(withWaits({310ms, 870ms, 1300ms, 3100ms}).report()), QStringLiteral("good"));
    }
    void clientsThatComeTogether_areInStep() {
        const RetryExchange one = withWaits({310ms, 870ms, 1300ms}).exchange(1);
        RetryExchange other = withWaits({312ms, 866ms, 1303ms}).exchange(2);
        QVERIFY(findingIn(judgeRetries(one, {one, other}), "in_step"));
        for (RetryTry& each : other.tries) {
            each.arrivedAt += 100ms;
            each.endedAt += 100ms;
        }
        QVERIFY(!findingIn(judgeRetries(one, {one, other}), "in_step"));
    }
    void otherKeyForTheSameCall_isFound() {
        const RetryReport report = Client().key("a").asks(0s, 503).key("b").asks(600ms, 200).report();
        QCOMPARE(report.findings[0].name, QStringLiteral("changed_idempotency_key"));
        QCOMPARE(report.verdict, RetryVerdict::Bad);
        QVERIFY(Client()
                    .key("a")
                    .asks(0s, 503)
                    .key("")
                    .asks(600ms, 200)
                    .report()
                    .findings[0]
                    .message.contains(QStringLiteral("without the Idempotency-Key")));
        QCOMPARE(Client().key("a").asks(0s, 503).asks(600ms, 200).report().verdict, RetryVerdict::Good);
    }
    void repeatingAnAnswerThatHadBegun_mayBeBilledTwice() {
        const auto client = [](const char* key) {
            return Client().key(key).tries(0s, RetryTry::Ending::CutOff, 200).asks(600ms, 200).report();
        };
        QCOMPARE(client("").findings[0].name, QStringLiteral("may_be_billed_twice"));
        QCOMPARE(client("").verdict, RetryVerdict::Improvable);
        QCOMPARE(client("a").verdict, RetryVerdict::Good);
        // And who leaves it at that has done nothing wrong.
        QCOMPARE(Client().tries(0s, RetryTry::Ending::CutOff, 200).report().verdict, RetryVerdict::Good);
    }

    void anyTries_getAnAnswer() {
        QRandomGenerator random(1);
        for (int round = 0; round < 3000; ++round) {
            RetryExchange exchange;
            exchange.finished = random.bounded(2) == 1;
            const int count = int(random.bounded(12));
            for (int index = 0; index < count; ++index) {
                RetryTry each;
                // In any order, for what is handed in may be anything.
                each.arrivedAt = microseconds(random.bounded(200'000'000));
                each.endedAt = microseconds(random.bounded(200'000'000));
                each.ending = RetryTry::Ending(random.bounded(5));
                each.status = int(random.bounded(700));
                if (random.bounded(3) == 0)
                    each.retryAfter = std::chrono::milliseconds(random.bounded(100'000));
                each.idempotencyKey = random.bounded(4) == 0 ? QStringLiteral("x") : QString();
                exchange.tries.append(each);
            }
            const RetryReport report = judgeRetries(exchange, {exchange});
            QVERIFY(!report.findings.isEmpty());
            bool hasError = false;
            bool hasWarning = false;
            for (const RetryFinding& finding : report.findings) {
                QVERIFY(!finding.name.isEmpty());
                QVERIFY(!finding.message.isEmpty());
                hasError = hasError || finding.severity == RetryFinding::Severity::Error;
                hasWarning = hasWarning || finding.severity == RetryFinding::Severity::Warning;
            }
            QCOMPARE(report.verdict, hasError     ? RetryVerdict::Bad
                                     : hasWarning ? RetryVerdict::Improvable
                                                  : RetryVerdict::Good);
            QCOMPARE(findingIn(report, "good") != nullptr, !hasError && !hasWarning);
            json::Document document;
            const QByteArray json = retryReportJson(report);
            QVERIFY(!document.scan(json));
            QCOMPARE(document.root()["tries"].size(), exchange.tries.size());
            QVERIFY(patienceWith(exchange) >= 15s);
        }
    }

    void fullJitter_isRarelyBlamed() {
        QRandomGenerator random(7);
        constexpr int rounds = 2000;
        int bad = 0;
        int improvable = 0;
        for (int round = 0; round < rounds; ++round) {
            QList<microseconds> waits;
            const int count = 2 + int(random.bounded(4));
            for (int retry = 1; retry <= count; ++retry)
                waits.append(microseconds(qint64(random.generateDouble() * 500'000 * (1 << retry))));
            const RetryReport report = withWaits(waits).report();
            bad += report.verdict == RetryVerdict::Bad ? 1 : 0;
            improvable += report.verdict == RetryVerdict::Improvable ? 1 : 0;
        }
        qInfo("full jitter: bad %d, improvable %d of %d", bad, improvable, rounds);
        QVERIFY(bad <= rounds / 200);
        QVERIFY(improvable <= rounds / 25);
    }

    void patience_growsWithWhatWasAsked() {
        QCOMPARE(patienceWith(Client().asks(0s, 503).exchange()), 15s);
        QCOMPARE(patienceWith(Client().asks(0s, 429, 10s).exchange()), 55s);
        QCOMPARE(patienceWith(Client().asks(0s, 503).asks(5s, 503).exchange()), 35s);
    }

    void report_isReadByProgramsAndPeople() {
        const RetryReport report = Client().asks(0s, 429, 2s).asks(310ms, 200).report();
        json::Document document;
        const QByteArray json = retryReportJson(report);
        QVERIFY(!document.scan(json));
        const json::View root = document.root();
        QCOMPARE(root["verdict"].toString(), QStringLiteral("bad"));
        QCOMPARE(root["client"].toString(), QStringLiteral("0123456789ab"));
        QCOMPARE(root["target"].toString(), QStringLiteral("https://api.openai.com/v1/chat/completions"));
        QCOMPARE(root["tries"].at(0)["number"].toInteger().value_or(0), 1);
        QVERIFY(root["tries"].at(0)["after_ms"].isNull());
        QCOMPARE(root["tries"].at(0)["retry_after_ms"].toInteger().value_or(0), 2000);
        QCOMPARE(root["tries"].at(1)["after_ms"].toInteger().value_or(0), 310);
        QCOMPARE(root["tries"].at(1)["answer"].toString(), QStringLiteral("200"));
        QCOMPARE(root["findings"].at(0)["name"].toString(), QStringLiteral("ignored_retry_after"));
        QCOMPARE(root["findings"].at(0)["severity"].toString(), QStringLiteral("error"));
        QVERIFY(!root["findings"].at(0)["advice"].toString().isEmpty());
        const QString text = retryReportLines(report).join(QLatin1Char('\n'));
        QVERIFY(text.startsWith(QStringLiteral("retry coach: exchange 1: ✕ bad · client 0123456789ab")));
        QVERIFY(text.contains(
            QStringLiteral("  try 1: 429, asked to wait 2 s\n  try 2: 200 · came 0.31 s later")));
    }
};

QTEST_GUILESS_MAIN(TestRetryCoach)
#include "tst_retry_coach.moc"
