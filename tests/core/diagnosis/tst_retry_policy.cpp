// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_policy.h"

#include <QTest>

#include <limits>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

Diagnosis withRetry(Retry retry, std::optional<std::chrono::milliseconds> after = std::nullopt) {
    Diagnosis diagnosis;
    diagnosis.retry = retry;
    diagnosis.retryAfter = after;
    return diagnosis;
}

constexpr RetryPolicy threeRetries = {.base = 500ms, .cap = 60s, .maxRetries = 3};

} // namespace

class TestRetryPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unasked_neverRetries() {
        QVERIFY(!RetryPolicy().waitBefore(withRetry(Retry::Backoff), 1, false, 0.5));
    }
    void hopeless_neverRetries() { QVERIFY(!threeRetries.waitBefore(withRetry(Retry::No), 1, false, 0.5)); }
    void answerBegan_neverRetries() {
        QVERIFY(!threeRetries.waitBefore(withRetry(Retry::Backoff), 1, true, 0.5));
        QVERIFY(!threeRetries.waitBefore(withRetry(Retry::After, 1s), 1, true, 0.5));
    }
    void perhapsBilled_isLeftToThePerson() {
        Diagnosis diagnosis = withRetry(Retry::Backoff);
        diagnosis.mayHaveBeenBilled = true;
        QVERIFY(!threeRetries.waitBefore(diagnosis, 1, false, 0.5));
    }
    void tries_areCounted() {
        QVERIFY(threeRetries.waitBefore(withRetry(Retry::Backoff), 3, false, 0.5));
        QVERIFY(!threeRetries.waitBefore(withRetry(Retry::Backoff), 4, false, 0.5));
    }
    void serversWish_isObeyed() {
        QCOMPARE(threeRetries.waitBefore(withRetry(Retry::After, 7s), 1, false, 0.0), 7000ms);
        QCOMPARE(threeRetries.waitBefore(withRetry(Retry::After, 60s), 1, false, 0.9), 60'000ms);
        QCOMPARE(threeRetries.waitBefore(withRetry(Retry::After, -1s), 1, false, 0.9), 0ms);
    }
    void serversWishBeyondTheCap_isNeitherShortenedNorObeyedUnasked() {
        QVERIFY(!threeRetries.waitBefore(withRetry(Retry::After, 60'001ms), 1, false, 0.0));
        QVERIFY(!threeRetries.waitBefore(withRetry(Retry::After, 9000s), 1, false, 0.9));
    }
    void wait_isNeverNegativeAndNeverAboveTheCap() {
        RetryPolicy policy = threeRetries;
        policy.maxRetries = std::numeric_limits<int>::max();
        for (const auto cap : {0ms, 1ms, 700ms, 60'000ms, 86'400'000ms})
            for (const auto wish : {-5ms, 0ms, 1ms, 700ms, 60'001ms, 86'400'000ms, 864'000'000ms})
                for (const double random : {-1.0, 0.0, 0.999, 2.0})
                    for (const int tries : {1, 2, 31, 64, 1'000'000}) {
                        policy.cap = cap;
                        for (const Diagnosis& diagnosis :
                             {withRetry(Retry::After, wish), withRetry(Retry::Backoff)}) {
                            const auto wait = policy.waitBefore(diagnosis, tries, false, random);
                            QVERIFY(!wait || (*wait >= 0ms && *wait <= cap));
                        }
                    }
    }
    void backoff_isFullJitterUnderAGrowingCeiling_data() {
        QTest::addColumn<int>("triesMade");
        QTest::addColumn<double>("random");
        QTest::addColumn<int>("ms");
        QTest::newRow("first, lowest") << 1 << 0.0 << 0;
        QTest::newRow("first, middle") << 1 << 0.5 << 500;
        QTest::newRow("second, middle") << 2 << 0.5 << 1000;
        QTest::newRow("third, middle") << 3 << 0.5 << 2000;
        QTest::newRow("capped") << 10 << 0.5 << 30'000;
        QTest::newRow("far beyond any shift") << 2'000'000 << 0.5 << 30'000;
        QTest::newRow("random out of range") << 10 << 7.0 << 60'000;
    }
    void backoff_isFullJitterUnderAGrowingCeiling() {
        QFETCH(int, triesMade);
        QFETCH(double, random);
        QFETCH(int, ms);
        RetryPolicy policy = threeRetries;
        policy.maxRetries = std::numeric_limits<int>::max();
        const auto wait = policy.waitBefore(withRetry(Retry::Backoff), triesMade, false, random);
        QCOMPARE(int(wait.value().count()), ms);
    }
};

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retry_policy.moc"
