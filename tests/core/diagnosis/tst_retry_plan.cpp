// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_plan.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;
using Next = RetryPlan::Next;
using Obstacle = RetryPlan::Obstacle;

namespace {

Diagnosis failure(Retry retry, std::optional<std::chrono::milliseconds> after = std::nullopt) {
    Diagnosis diagnosis;
    diagnosis.retry = retry;
    diagnosis.retryAfter = after;
    return diagnosis;
}

Attempt answered(int status, const QByteArray& body = "x") {
    Attempt attempt;
    attempt.status = status;
    attempt.chunks = {{1us, body}};
    attempt.ending = Ending{EndReason::Finished, {}, 2us, 1};
    return attempt;
}

Attempt unanswered(int timesSent) {
    Attempt attempt;
    attempt.ending = Ending{EndReason::NoAnswer, {}, 2us, timesSent};
    return attempt;
}

constexpr RetryPolicy unasked = {.base = 500ms, .cap = 60s};
constexpr RetryPolicy three = {.base = 500ms, .cap = 60s, .maxRetries = 3};

} // namespace

class TestRetryPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hopelessFailure_hasNoNextTry() {
        const RetryPlan plan = retryPlan(three, failure(Retry::No), answered(402), 1);
        QCOMPARE(plan.next, Next::Nothing);
        QVERIFY(plan.longestPauses.empty());
    }

    void unasked_thePersonTries() {
        const RetryPlan plan = retryPlan(unasked, failure(Retry::After, 12s), answered(429), 1);
        QCOMPARE(plan.next, Next::ByHand);
        QCOMPARE(plan.obstacle, Obstacle::None);
        QCOMPARE(plan.serverWait, std::optional(std::chrono::milliseconds(12s)));
    }

    void asked_itTriesByItself_andNamesWhatIsLeft() {
        const RetryPlan plan = retryPlan(three, failure(Retry::Backoff), answered(503), 2);
        QCOMPARE(plan.next, Next::ByItself);
        QCOMPARE(plan.nextTry, 3);
        QCOMPARE(plan.lastByItself, 4);
        const std::vector<std::chrono::milliseconds> pauses{2000ms, 4000ms};
        QCOMPARE(plan.longestPauses, pauses);
    }

    void earlierTries_lengthenThePauses_butAreNotCountedAgain() {
        RetryPolicy policy = three;
        policy.triesBefore = 2;
        const RetryPlan plan = retryPlan(policy, failure(Retry::Backoff), answered(503), 1);
        QCOMPARE(plan.next, Next::ByItself);
        QCOMPARE(plan.nextTry, 4);
        QCOMPARE(plan.lastByItself, 6);
        QCOMPARE(plan.longestPauses.front(), 4000ms);
    }

    void obstacle_isNamed_data() {
        QTest::addColumn<Diagnosis>("diagnosis");
        QTest::addColumn<Attempt>("attempt");
        QTest::addColumn<int>("triesMade");
        QTest::addColumn<Obstacle>("obstacle");
        QTest::addColumn<Next>("next");
        QTest::addColumn<BillingDoubt>("doubt");
        Diagnosis doubtful = failure(Retry::Backoff);
        doubtful.mayHaveBeenBilled = true;
        const Diagnosis plain = failure(Retry::Backoff);
        QTest::newRow("used up") << plain << answered(503) << 4 << Obstacle::UsedUp << Next::ByHand
                                 << BillingDoubt::None;
        QTest::newRow("too long") << failure(Retry::After, 2h) << answered(429) << 1 << Obstacle::TooLong
                                  << Next::ByHand << BillingDoubt::None;
        QTest::newRow("answer began")
            << plain << answered(200) << 1 << Obstacle::Doubt << Next::OnAnswer << BillingDoubt::AnswerBegan;
        QTest::newRow("no answer") << plain << unanswered(1) << 1 << Obstacle::Doubt << Next::OnAnswer
                                   << BillingDoubt::NotAnswered;
        QTest::newRow("a rule says so")
            << doubtful << answered(504) << 1 << Obstacle::Doubt << Next::OnAnswer << BillingDoubt::Untold;
        QTest::newRow("never went out")
            << plain << unanswered(0) << 1 << Obstacle::None << Next::ByItself << BillingDoubt::None;
        QTest::newRow("good status without a byte")
            << plain << answered(200, {}) << 1 << Obstacle::None << Next::ByItself << BillingDoubt::None;
    }
    void obstacle_isNamed() {
        QFETCH(Diagnosis, diagnosis);
        QFETCH(Attempt, attempt);
        QFETCH(int, triesMade);
        const RetryPlan plan = retryPlan(three, diagnosis, attempt, triesMade);
        QTEST(plan.obstacle, "obstacle");
        QTEST(plan.next, "next");
        QTEST(plan.doubt, "doubt");
    }

    void plan_agreesWithThePolicy() {
        for (const Retry retry : {Retry::No, Retry::After, Retry::Backoff})
            for (const auto after : {0ms, 60'000ms, 60'001ms})
                for (const Attempt& attempt : {answered(200), answered(503), unanswered(0), unanswered(1)})
                    for (const int tries : {1, 3, 4})
                        for (const bool billed : {false, true}) {
                            Diagnosis diagnosis = failure(retry, after);
                            diagnosis.mayHaveBeenBilled = billed;
                            const bool byItself =
                                retryPlan(three, diagnosis, attempt, tries).next == Next::ByItself;
                            const auto wait =
                                three.waitBefore(diagnosis, tries, mayHaveBeenBilled(attempt), 0.5);
                            QCOMPARE(byItself, wait.has_value());
                        }
    }
};

QTEST_APPLESS_MAIN(TestRetryPlan)
#include "tst_retry_plan.moc"
