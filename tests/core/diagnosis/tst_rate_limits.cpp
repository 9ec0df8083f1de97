// SPDX-License-Identifier: MIT
#include "core/diagnosis/rate_limits.h"

#include <QRandomGenerator>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr qint64 now = 1'795'168'800'000; // 2026-11-20 10:00:00 UTC

/// `requests: 3/60 12000; tokens: ?/100 ?`, to compare a whole answer at once.
QString summary(const Headers& headers) {
    QStringList lines;
    for (const RateLimit& limit : rateLimits(headers, now)) {
        const auto number = [](const auto& value, auto read) {
            return value ? QString::number(read(*value)) : QStringLiteral("?");
        };
        const auto same = [](qint64 value) { return value; };
        const auto count = [](std::chrono::milliseconds value) { return qint64(value.count()); };
        lines += QStringLiteral("%1: %2/%3 %4")
                     .arg(limit.name, number(limit.remaining, same), number(limit.limit, same),
                          number(limit.resetsIn, count));
    }
    return lines.join(QStringLiteral("; "));
}

} // namespace

class TestRateLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDialect_isRead_data() {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<QString>("limits");
        const auto row = [](const char* name, const Headers& headers, const char* limits) {
            QTest::newRow(name) << headers << QString::fromLatin1(limits);
        };
        row("none", {{"content-type", "application/json"}}, "");
        row("OpenAI",
            {{"x-ratelimit-limit-requests", "60"},
             {"x-ratelimit-limit-tokens", "150000"},
             {"x-ratelimit-remaining-requests", "59"},
             {"x-ratelimit-remaining-tokens", "149984"},
             {"x-ratelimit-reset-requests", "1s"},
             {"x-ratelimit-reset-tokens", "6m0s"}},
            "requests: 59/60 1000; tokens: 149984/150000 360000");
        row("OpenAI, older", {{"x-ratelimit-remaining-tokens_usage_based", "7"}},
            "usage based tokens: 7/? ?");
        row("Groq",
            {{"x-groq-region", "us-east-1"},
             {"x-ratelimit-limit-requests", "14400"},
             {"x-ratelimit-remaining-requests", "14370"},
             {"x-ratelimit-reset-requests", "2m59.56s"},
             {"x-ratelimit-reset-tokens", "7.66s"}},
            "requests per day: 14370/14400 179560; tokens per minute: ?/? 7660");
        row("Azure",
            {{"x-ratelimit-remaining-requests", "-1"},
             {"x-ratelimit-limit-requests", "-1"},
             {"x-ratelimit-remaining-tokens", "12"},
             {"x-ratelimit-reset-tokens", "34"}},
            "tokens: 12/? 34000");
        row("Anthropic",
            {{"anthropic-ratelimit-requests-limit", "1000"},
             {"anthropic-ratelimit-requests-remaining", "0"},
             {"anthropic-ratelimit-requests-reset", "2026-11-20T10:00:30Z"},
             {"anthropic-ratelimit-tokens-remaining", "88000"},
             {"anthropic-ratelimit-input-tokens-limit", "80000"},
             {"anthropic-ratelimit-output-tokens-reset", "2026-11-20T12:01:00.5+02:00"},
             {"anthropic-priority-input-tokens-limit", "5"}},
            "requests: 0/1000 30000; tokens: 88000/? ?; input tokens: ?/80000 ?; output tokens: ?/? 60500; "
            "priority input tokens: ?/5 ?");
        row("Anthropic subscription",
            {{"anthropic-ratelimit-unified-status", "allowed"},
             {"anthropic-ratelimit-unified-reset", "1795172400"},
             {"anthropic-ratelimit-unified-5h-reset", "1795170600"}},
            "subscription: ?/? 3600000; subscription in 5 hours: ?/? 1800000");
        row("OpenRouter",
            {{"X-RateLimit-Limit", "50"},
             {"X-RateLimit-Remaining", "0"},
             {"X-RateLimit-Reset", "1795172400000"}},
            "requests: 0/50 3600000");
        row("Unix seconds, as Lava, Cohere and ElevenLabs",
            {{"X-RateLimit-Limit", "1000"},
             {"X-RateLimit-Remaining", "995"},
             {"X-RateLimit-Reset", "1795168860"}},
            "requests: 995/1000 60000");
        row("Together",
            {{"x-ratelimit-limit", "10"},
             {"x-ratelimit-remaining", "9"},
             {"x-ratelimit-reset", "2"},
             {"x-tokenlimit-limit", "3000"},
             {"x-tokenlimit-remaining", "2900"}},
            "requests: 9/10 2000; tokens: 2900/3000 ?");
        row("Fireworks",
            {{"x-ratelimit-limit-requests", "600"},
             {"x-ratelimit-limit-tokens-prompt", "60000"},
             {"x-ratelimit-remaining-tokens-prompt", "59000"},
             {"x-ratelimit-remaining-tokens-generated", "100"}},
            "requests: ?/600 ?; prompt tokens: 59000/60000 ?; generated tokens: 100/? ?");
        row("Mistral",
            {{"x-ratelimit-limit-tokens-minute", "5000000"},
             {"x-ratelimit-remaining-tokens-minute", "4999911"},
             {"x-ratelimit-tokens-query-cost", "52"},
             {"x-ratelimit-limit-req-minute", "720"},
             {"x-ratelimit-remaining-req-minute", "717"},
             {"x-ratelimit-remaining-tokens-month", "8"}},
            "tokens per minute: 4999911/5000000 ?; requests per minute: 717/720 ?; tokens per month: 8/? ?");
        row("IETF, three fields",
            {{"RateLimit-Limit", "100, 100;w=60"}, {"RateLimit-Remaining", "50"}, {"RateLimit-Reset", "30"}},
            "requests: 50/100 30000");
        row("IETF, one field", {{"RateLimit", "limit=100, remaining=50, reset=30"}},
            "requests: 50/100 30000");
        row("IETF, structured",
            {{"RateLimit-Policy", R"("burst";q=100;w=60, "daily";q=1000;w=86400)"},
             {"RateLimit", R"("burst";r=50;t=30)"},
             {"RateLimit", R"("daily";r=0;t=3600)"}},
            "requests per minute: 50/100 30000; requests per day: 0/1000 3600000");
        row("IETF, names with signs in them, and other units",
            {{"RateLimit-Policy",
              R"("a;q=1,b";q=9;qu="content-bytes";w=10, "c";q=7;qu="content-bytes";w=10)"},
             {"RateLimit", R"("a;q=1,b";r=5)"}},
            "bytes in 10 s: 5/9 ?; bytes in 10 s (policy 2): ?/7 ?");
        row("IETF, older policy", {{"RateLimit-Policy", "100;w=60"}}, "");
    }
    void everyDialect_isRead() {
        QFETCH(Headers, headers);
        QFETCH(QString, limits);
        QCOMPARE(summary(headers), limits);
    }

    void everyFormOfReset_isRead_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms"); // -1: nothing
        const auto row = [](const QByteArray& value, qint64 ms) {
            QTest::newRow(value.left(40).constData()) << value << ms;
        };
        row("1s", 1000);
        row("6m0s", 360'000);
        row("2m59.56s", 179'560);
        row("7.66s", 7660);
        row("12ms", 12);
        row("1h2m3s", 3'723'000);
        row("45.837906927s", 45'838);
        row("1500us", 2);
        row("1500\xC2\xB5s", 2);
        row("20ns", 1);
        row("0s", 0);
        row("34", 34'000);
        row("0.25", 250);
        row("0", 0);
        row("1795168799", 0);
        row("1795168860", 60'000);
        row("1795168860.5", 60'500);
        row("1795168860123", 60'123);
        row("2026-11-20T10:00:30Z", 30'000);
        row("2026-11-20t10:00:30.25z", 30'250);
        row("2026-11-20 10:00:30Z", 30'000);
        row("2026-11-20T09:00:00Z", 0);
        row("Fri, 20 Nov 2026 10:01:00 GMT", 60'000);
        row("720h", 2'592'000'000);
        row("745h", -1);
        row("2126-11-20T10:00:30Z", -1);
        row("99999999999999999999999", -1);
        row(QByteArray(400, '9'), -1);
        row(QByteArray(400, '9') + "s", -1);
        row("-1", -1);
        row("-5s", -1);
        row("NaN", -1);
        row("inf", -1);
        row("1x", -1);
        row("s", -1);
        row("1s2", -1);
        row("1 s", -1);
        row("2026-13-20T10:00:30Z", -1);
        row("2026-11-20T10:00:30", -1);
        row("", -1);
    }
    void everyFormOfReset_isRead() {
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        const auto limits = rateLimits({{"x-ratelimit-reset-tokens", value}}, now);
        QCOMPARE(limits.empty() ? qint64(-1) : qint64(limits[0].resetsIn->count()), ms);
    }

    void numbersThatCannotBe_areLeftOut_data() {
        QTest::addColumn<QByteArray>("value");
        for (const char* value : {"-1", "-0.5", "", "many", "NaN", "inf", "1e3", "0x10", "12 34",
                                  "9007199254740993", "999999999999999999999999999999"})
            QTest::newRow(value) << QByteArray(value);
        QTest::newRow("very long") << QByteArray(100'000, '1');
    }
    void numbersThatCannotBe_areLeftOut() {
        QFETCH(QByteArray, value);
        QCOMPARE(summary({{"x-ratelimit-limit", value}, {"x-ratelimit-remaining", "4"}}),
                 QStringLiteral("requests: 4/? ?"));
    }
    void moreLeftThanThereIs_isAllThatThereIs() {
        QCOMPARE(summary({{"x-ratelimit-limit", "60"}, {"x-ratelimit-remaining", "70"}}),
                 QStringLiteral("requests: 60/60 ?"));
    }
    void repeatedField_countsOnce() {
        QCOMPARE(
            summary({{"x-ratelimit-limit", "60"}, {"X-RateLimit-Limit", "9"}, {"x-ratelimit-limit", "x"}}),
            QStringLiteral("requests: ?/60 ?"));
        QCOMPARE(summary({{"x-ratelimit-limit", "60, 9"}}), QStringLiteral("requests: ?/60 ?"));
    }
    void unreadableField_leavesTheNextOne() {
        QCOMPARE(summary({{"x-ratelimit-limit", "?"}, {"x-ratelimit-limit", "9"}}),
                 QStringLiteral("requests: ?/9 ?"));
    }
    void textFromOutside_neverBecomesAName() {
        QCOMPARE(summary({{"x-ratelimit-limit-aks_live_secret", "9"},
                          {"x-ratelimit-limit-", "9"},
                          {"x-ratelimit-", "9"},
                          {"x-ratelimit-requests", "9"},
                          {"x-ratelimit-limit-limit", "9"},
                          {"x-ratelimit-limit-requests-requests", "9"},
                          {"RateLimit", R"("aks_live_secret";r=3, "second";r=4)"}}),
                 QStringLiteral("requests: 3/? ?; requests (policy 2): 4/? ?"));
    }
    void manyLimits_endSomewhere() {
        Headers headers;
        for (const char* kind : {"input", "output", "prompt", "generated", "cached"})
            for (const char* period : {"second", "minute", "hour", "day", "month", "week"})
                headers.append(QByteArray("x-ratelimit-limit-") + kind + '-' + period, "1");
        for (int i = 0; i < 1000; ++i)
            headers.append("RateLimit", QByteArray("\"p") + QByteArray::number(i) + "\";r=1");
        QCOMPARE(rateLimits(headers, now).size(), size_t(24));
    }
    void anyBytes_giveOnlyNumbersThatCanBe() {
        QRandomGenerator random(5);
        const QByteArray alphabet = "0123456789.smhdT:-+Z,;=\"rtqw \xC2\xB5";
        for (int i = 0; i < 20'000; ++i) {
            QByteArray value;
            for (quint32 left = random.bounded(24U); left > 0; --left)
                value += alphabet[random.bounded(int(alphabet.size()))];
            for (const char* name :
                 {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "RateLimit"})
                for (const RateLimit& limit : rateLimits({{name, value}}, now)) {
                    QVERIFY(!limit.limit || *limit.limit >= 0);
                    QVERIFY(!limit.remaining || *limit.remaining >= 0);
                    QVERIFY(!limit.resetsIn || (limit.resetsIn->count() >= 0 && *limit.resetsIn <= 24h * 31));
                }
        }
    }

    void limit_isSaidInWords_data() {
        QTest::addColumn<RateLimit>("limit");
        QTest::addColumn<QString>("line");
        const auto row = [](std::optional<qint64> left, std::optional<qint64> all,
                            std::optional<std::chrono::milliseconds> reset, const char* line) {
            QTest::newRow(line) << RateLimit{QStringLiteral("requests"), QStringLiteral("requests"), all,
                                             left, reset}
                                << QString::fromLatin1(line);
        };
        row(3, 60, 12s, "3 of 60 requests left, full again in 12 s");
        row(3, {}, {}, "3 requests left");
        row({}, 60, 0ms, "at most 60 requests, full again now");
        row({}, {}, 11'001ms, "requests, full again in 12 s");
        row(0, 60, 250ms, "0 of 60 requests left, full again in 250 ms");
        row(0, 60, 123s, "0 of 60 requests left, full again in 2 min 3 s");
        row(0, 60, 5h, "0 of 60 requests left, full again in 5 h");
        row(0, 60, 100h + 1min, "0 of 60 requests left, full again in 4 d 4 h");
    }
    void limit_isSaidInWords() {
        QFETCH(RateLimit, limit);
        QFETCH(QString, line);
        QCOMPARE(rateLimitLine(limit), line);
    }
};

QTEST_GUILESS_MAIN(TestRateLimits)
#include "tst_rate_limits.moc"
