// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_after.h"

#include <QTest>

using namespace lavascope;

namespace {

constexpr qint64 now = 784'111'770'000; // Sun, 06 Nov 1994 08:49:30 GMT

/// `38000 RetryInfo in the body`, or nothing.
QString timeIn(int status, const QByteArray& body, const Headers& headers = {}) {
    Outcome outcome;
    outcome.status = status;
    outcome.body = body;
    outcome.headers = headers;
    outcome.nowMs = now;
    const std::optional<ServersTime> time =
        serversTime(Facts(outcome, nullptr), rateLimits(outcome.headers, outcome.nowMs));
    return time ? QStringLiteral("%1 %2").arg(time->wait.count()).arg(time->source) : QString();
}

QByteArray retryInfo(const QByteArray& delay) {
    return R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Please retry in 99s.","details":[)"
           R"({"@type":"type.googleapis.com/google.rpc.Help"},)"
           R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":)" +
           delay + "}]}}";
}

QByteArray said(const QByteArray& message) {
    return R"({"error":{"message":")" + message + R"(","type":"tokens","code":"rate_limit_exceeded"}})";
}

} // namespace

class TestRetryAfter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void header_givesTheWait_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms"); // -1: nothing
        const auto row = [](const char* name, const QByteArray& value, qint64 ms) {
            QTest::addRow("%s: %s", name, value.constData()) << QByteArray(name) << value << ms;
        };
        row("Retry-After", "7", 7000);
        row("retry-after", "0", 0);
        row("retry-after", " 3 ", 3000);
        row("retry-after", "0.5", 500);
        row("retry-after", ".25", 250);
        row("retry-after", "1.", 1000);
        row("retry-after", "0.0001", 1);
        row("retry-after", "-5", 0);
        row("retry-after", "86400", 86'400'000);
        row("retry-after", "86401", 86'400'000);
        row("retry-after", "99999999999999999999999999", 86'400'000);
        row("retry-after", QByteArray(400, '9'), 86'400'000);
        row("retry-after", "5, 9", 5000);
        row("retry-after-ms", "1500", 1500);
        row("retry-after-ms", "12.2", 13);
        row("retry-after-ms", "-1", 0);
        row("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", 7000);
        row("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", 7000);
        row("retry-after", "Sun Nov  6 08:49:37 1994", 7000);
        row("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT", 0);
        row("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT", 0);
        row("retry-after", "Mon, 06 Nov 2094 08:49:37 GMT", 86'400'000);
        row("retry-after", "Tuesday, 06-Nov-45 08:49:37 GMT", 0); // 2045 is over 50 years ahead: 1945
        row("retry-after", "Sun, 31 Feb 1994 08:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Foo 1994 08:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Nov 1994 25:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Nov 1994 08:49:60 GMT", 29'000); // a leap second counts as the one before
        row("retry-after", "soon", -1);
        row("retry-after", "", -1);
        row("retry-after", "NaN", -1);
        row("retry-after", "inf", -1);
        row("retry-after", "7s", -1);
        row("x-other", "7", -1);
    }
    void header_givesTheWait() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        const auto wait = retryAfter({{name, value}}, now);
        QCOMPARE(wait ? qint64(wait->count()) : qint64(-1), ms);
    }

    void milliseconds_beatSeconds() {
        QCOMPARE(retryAfter({{"retry-after", "7"}, {"retry-after-ms", "250"}}, 0)->count(), 250);
    }
    void unreadableMilliseconds_leaveSeconds() {
        QCOMPARE(retryAfter({{"retry-after-ms", "soon"}, {"retry-after", "7"}}, 0)->count(), 7000);
    }

    void place_givesTheWait_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("time");
        const auto row = [](const QByteArray& body, const char* time) {
            QTest::addRow("%s", body.right(60).constData()) << body << QString::fromLatin1(time);
        };
        row(retryInfo(R"("38s")"), "38000 RetryInfo in the body");
        row(retryInfo(R"("2.5s")"), "2500 RetryInfo in the body");
        row(retryInfo(R"("45.837906927s")"), "45838 RetryInfo in the body");
        row(retryInfo(R"("0s")"), "0 RetryInfo in the body");
        row(retryInfo(R"("999999999s")"), "86400000 RetryInfo in the body");
        row(retryInfo(R"("-5s")"), "99000 words of the error");
        row(retryInfo(R"("soon")"), "99000 words of the error");
        row(retryInfo("38"), "99000 words of the error");
        row('[' + retryInfo(R"("7s")") + ']', "7000 RetryInfo in the body");
        row(R"({"cloudflare_error":true,"status":429,"retry_after":30})", "30000 retry_after in the body");
        row(R"({"error":{"message":"x","retry_after":"1.5"}})", "1500 retry_after in the body");
        row(R"({"error":{"message":"x","metadata":{"retry_after_seconds":4}}})",
            "4000 retry_after_seconds in the body");
        row(R"({"retry_after_ms":250})", "250 retry_after_ms in the body");
        row(R"({"retry_after":1e2})", "100000 retry_after in the body");
        row(R"({"retry_after":1e300})", "86400000 retry_after in the body");
        row(R"({"retry_after":-3})", "");
        row(R"({"retry_after":null})", "");
        row(R"({"retry_after":{"seconds":3}})", "");
        row(said("Please try again in 20s. Visit the page."), "20000 words of the error");
        row("Slow down. Retry after 30 seconds", "30000 words of the error");
        row("<html><body>Busy.<p>Please try again in 2 minutes.</body></html>", "120000 words of the error");
        row(said(QByteArray(3000, 'x') + " Please retry in 47.4s."), "47400 words of the error");
        row(said("Slow down"), "");
        row("", "");
    }
    void place_givesTheWait() {
        QFETCH(QByteArray, body);
        QFETCH(QString, time);
        QCOMPARE(timeIn(429, body), time);
    }

    void header_isTrustedBeforeTheBody() {
        QCOMPARE(timeIn(429, retryInfo(R"("38s")"), {{"Retry-After", "3"}}),
                 QStringLiteral("3000 Retry-After header"));
        QCOMPARE(timeIn(429, retryInfo(R"("38s")"), {{"Retry-After", "3"}, {"retry-after-ms", "5"}}),
                 QStringLiteral("5 retry-after-ms header"));
        QCOMPARE(timeIn(429, retryInfo(R"("38s")"), {{"Retry-After", "soon"}}),
                 QStringLiteral("38000 RetryInfo in the body"));
    }

    void words_giveTheWait_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<qint64>("ms"); // -1: nothing
        const auto row = [](const char* words, qint64 ms) {
            QTest::newRow(words) << QString::fromLatin1(words) << ms;
        };
        row("Please retry in 47.4s.", 47'400);
        row("Please try again in 20s", 20'000);
        row("Please try again in 1m2.5s. Visit", 62'500);
        row("Please try again in 6m0s.", 360'000);
        row("try again in 350ms", 350);
        row("Try Again In 7 Seconds", 7000);
        row("Please retry after 26 seconds.", 26'000);
        row("Please retry after 1 second", 1000);
        row("retry in 2 hours", 7'200'000);
        row("retry in 5 min", 300'000);
        row("retry in 15 milliseconds", 15);
        row("retry in 999999h", 86'400'000);
        row("try again in 0s", 0);
        row("Please try again later", -1);
        row("try again in a few seconds", -1);
        row("retry in 20", -1);
        row("retry in 20 stones", -1);
        row("retry in -20s", -1);
        row("there were 20s of silence", -1);
        row("entry in 20s", -1);
        row("", -1);
    }
    void words_giveTheWait() {
        QFETCH(QString, words);
        QFETCH(qint64, ms);
        const auto wait = waitInWords(words);
        QCOMPARE(wait ? qint64(wait->count()) : qint64(-1), ms);
    }
    void wordsOfAnyLength_areReadInTime() {
        QVERIFY(!waitInWords(QStringLiteral("try again in ").repeated(50'000)));
        QVERIFY(!waitInWords(QStringLiteral("try again in ") + QString(200'000, QLatin1Char('1'))));
        QVERIFY(!waitInWords(QStringLiteral("try again in ") + QStringLiteral("1m").repeated(100'000)));
    }

    void limitThatIsUsedUp_givesItsReset() {
        const Headers headers = {
            {"x-ratelimit-remaining-requests", "0"},     {"x-ratelimit-reset-requests", "12s"},
            {"x-ratelimit-remaining-tokens", "0"},       {"x-ratelimit-reset-tokens", "1m30s"},
            {"x-ratelimit-remaining-input-tokens", "5"}, {"x-ratelimit-reset-input-tokens", "1h"}};
        const QString expected = QStringLiteral("90000 reset of the limit that is used up (tokens)");
        QCOMPARE(timeIn(429, {}, headers), expected);
        QCOMPARE(timeIn(503, {}, headers), expected);
        QCOMPARE(timeIn(500, {}, headers), QString());
        QCOMPARE(timeIn(429, said("Please try again in 20s."), headers),
                 QStringLiteral("20000 words of the error"));
    }
    void limitThatIsNotUsedUp_givesNone() {
        QCOMPARE(timeIn(429, {}, {{"x-ratelimit-remaining", "1"}, {"x-ratelimit-reset", "12"}}), QString());
        QCOMPARE(timeIn(429, {}, {{"x-ratelimit-remaining", "-1"}, {"x-ratelimit-reset", "12"}}), QString());
        QCOMPARE(timeIn(429, {}, {{"x-ratelimit-remaining", "0"}}), QString());
    }
    void resetBeyondADay_isClamped() {
        QCOMPARE(timeIn(429, {}, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "700h"}}),
                 QStringLiteral("86400000 reset of the limit that is used up (requests)"));
    }
};

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retry_after.moc"
