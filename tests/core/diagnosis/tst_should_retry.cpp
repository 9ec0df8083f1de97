// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_policy.h"
#include "core/diagnosis/shipped_rules.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

Outcome answered(int status, const QByteArray& word, const QByteArray& body = {}) {
    Outcome outcome;
    outcome.status = status;
    outcome.body = body;
    outcome.headers.append("X-Should-Retry", word);
    outcome.nowMs = 1'790'000'000'000;
    return outcome;
}

Diagnosis diagnosed(const Outcome& outcome, const Transcript* transcript = nullptr) {
    static const DiagnosisRules rules = shippedRules();
    return diagnose(rules, outcome, transcript);
}

QString evidence(const Diagnosis& diagnosis) {
    return diagnosis.evidence.join(QLatin1Char('\n'));
}

} // namespace

class TestShouldRetry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serversWord_overridesTheStatus_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QString>("retry");
        QTest::addColumn<QString>("said");
        const auto row = [](int status, const char* word, const char* retry, const char* said) {
            QTest::addRow("%d %s", status, word)
                << status << QByteArray(word) << QString::fromLatin1(retry) << QString::fromLatin1(said);
        };
        row(429, "false", "no", "Header x-should-retry: false, which overrides what the status means");
        row(500, "false", "no", "Header x-should-retry: false, which overrides what the status means");
        row(503, " False ", "no", "Header x-should-retry: false, which overrides what the status means");
        row(400, "true", "backoff", "Header x-should-retry: true, which overrides what the status means");
        row(404, "TRUE", "backoff", "Header x-should-retry: true, which overrides what the status means");
        row(429, "true", "backoff", "Header x-should-retry: true");
        row(400, "false", "no", "Header x-should-retry: false");
        row(429, "maybe", "backoff", "");
        row(400, "1", "no", "");
        row(402, "true", "no", "Header x-should-retry: true, not followed: waiting does not cure this");
    }
    void serversWord_overridesTheStatus() {
        QFETCH(int, status);
        QFETCH(QByteArray, word);
        QFETCH(QString, retry);
        QFETCH(QString, said);
        const Diagnosis diagnosis = diagnosed(answered(status, word));
        QCOMPARE(QString::fromLatin1(retryName(diagnosis.retry)), retry);
        QCOMPARE(diagnosis.evidence.contains(said), !said.isEmpty());
        QCOMPARE(evidence(diagnosis).contains(QStringLiteral("should-retry")), !said.isEmpty());
    }

    void overriddenVerdict_isSaidInTheCause() {
        QVERIFY(diagnosed(answered(500, "false"))
                    .cause.endsWith(QStringLiteral(" The server says that another try cannot work.")));
        QVERIFY(diagnosed(answered(400, "true"))
                    .cause.endsWith(QStringLiteral(" The server says that another try can work.")));
        QVERIFY(!diagnosed(answered(429, "true")).cause.contains(QStringLiteral("The server says")));
    }
    void retryThatTheServerAllows_waitsAsLongAsItSays() {
        Outcome outcome = answered(400, "true");
        outcome.headers.append("Retry-After", "7");
        const Diagnosis diagnosis = diagnosed(outcome);
        QCOMPARE(diagnosis.retry, Retry::After);
        QCOMPARE(diagnosis.retryAfter, 7000ms);
    }
    void retryThatTheServerForbids_namesNoTime() {
        Outcome outcome = answered(429, "false");
        outcome.headers.append("Retry-After", "7");
        QVERIFY(!diagnosed(outcome).retryAfter);
        QCOMPARE(diagnosed(outcome).retry, Retry::No);
    }
    void usedUpQuota_staysUsedUp() {
        const Diagnosis diagnosis =
            diagnosed(answered(429, "true", R"({"error":{"type":"insufficient_quota","code":"x"}})"));
        QCOMPARE(diagnosis.kind, QStringLiteral("quota_exhausted"));
        QCOMPARE(diagnosis.retry, Retry::No);
    }
    void mistakeInOurCredential_staysOne() {
        Outcome outcome = answered(401, "true");
        outcome.authorization = Secret("Bearer sk-EXAMPLEnotARealKey0000");
        QCOMPARE(diagnosed(outcome).retry, Retry::No);
    }
    void headersOfAGoodStatus_sayNothingOfALaterFailure() {
        Transcript transcript;
        transcript.verdict = Verdict::ErrorInStream;
        StreamError error;
        error.message = QStringLiteral("odd");
        transcript.error = error;
        QVERIFY(diagnosed(answered(200, "false"), &transcript).retry != Retry::No);
        QCOMPARE(diagnosed(answered(200, "true")).kind, QStringLiteral("no_error"));
        QCOMPARE(diagnosed(answered(200, "true")).retry, Retry::No);
    }
    void callThatWasStopped_isNotRepeated() {
        Outcome outcome = answered(400, "true");
        outcome.ending = Ending{EndReason::StoppedByUser, {}, {}, 1};
        QCOMPARE(diagnosed(outcome).retry, Retry::No);
    }
    void callThatMayHaveBeenBilled_isNeverRepeatedByItself() {
        RetryPolicy policy;
        policy.maxRetries = 5;
        for (int i = int(EndReason::StoppedByUser); i <= int(EndReason::OtherFailure); ++i) {
            for (int status : {0, 200, 400, 500}) {
                Outcome outcome = answered(status, "true");
                outcome.ending = Ending{EndReason(i), {}, {}, 1};
                const Diagnosis diagnosis = diagnosed(outcome);
                outcome.headers.remove("x-should-retry");
                QCOMPARE(diagnosis.mayHaveBeenBilled, diagnosed(outcome).mayHaveBeenBilled);
                QVERIFY(!diagnosis.mayHaveBeenBilled || !policy.waitBefore(diagnosis, 1, false, 0.5));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestShouldRetry)
#include "tst_should_retry.moc"
