// SPDX-License-Identifier: MIT
#include "gui/retry_words.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestRetryWords : public QObject {
    Q_OBJECT

private:
    static RetryPlan byHand() {
        RetryPlan plan;
        plan.next = RetryPlan::Next::ByHand;
        plan.nextTry = 2;
        plan.cap = 60s;
        plan.longestPauses = {1s, 2s};
        return plan;
    }

private Q_SLOTS:
    void nothingToDo_saysNothing() { QVERIFY(retryPlanWords(RetryPlan()).isEmpty()); }

    void serversWish_isSaidAlone() {
        RetryPlan plan = byHand();
        plan.serverWait = 12s;
        QCOMPARE(retryPlanWords(plan), QStringLiteral("The server asks for a pause of 12 s."));
    }

    void growingPauses_areNamedTryByTry() {
        QCOMPARE(retryPlanWords(byHand()),
                 QStringLiteral("Pauses grow and are drawn at random (try 2: up to 1 s, try 3: up to 2 s)."));
    }

    void tryByItself_isCountedOut() {
        RetryPlan plan = byHand();
        plan.next = RetryPlan::Next::ByItself;
        plan.lastByItself = 4;
        QVERIFY(retryPlanWords(plan).startsWith(QStringLiteral("Try 2 of 4 starts by itself. Pauses")));
    }

    void pauseBeyondTheLimit_isNotWaitedUnwatched() {
        RetryPlan plan = byHand();
        plan.serverWait = 2h;
        plan.obstacle = RetryPlan::Obstacle::TooLong;
        QCOMPARE(
            retryPlanWords(plan),
            QStringLiteral("The server asks for a pause of 2 h. It is not tried again by itself: that is "
                           "longer than the 1 min that are waited at most (see Settings)."));
    }

    void billingDoubt_comesFirst_data() {
        QTest::addColumn<BillingDoubt>("doubt");
        QTest::addColumn<QString>("begin");
        QTest::newRow("began") << BillingDoubt::AnswerBegan << QStringLiteral("An answer had begun");
        QTest::newRow("unanswered") << BillingDoubt::NotAnswered << QStringLiteral("The request went out");
        QTest::newRow("untold") << BillingDoubt::Untold << QStringLiteral("Nothing tells");
    }
    void billingDoubt_comesFirst() {
        QFETCH(BillingDoubt, doubt);
        QFETCH(QString, begin);
        RetryPlan plan = byHand();
        plan.next = RetryPlan::Next::OnAnswer;
        plan.doubt = doubt;
        plan.obstacle = RetryPlan::Obstacle::Doubt;
        const QString words = retryPlanWords(plan);
        QVERIFY(words.startsWith(begin));
        QVERIFY(words.contains(QStringLiteral("billed")));
        QVERIFY(words.contains(QStringLiteral("not tried again by itself")));
    }
};

QTEST_MAIN(TestRetryWords)
#include "tst_retry_words.moc"
