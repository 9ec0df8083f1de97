// SPDX-License-Identifier: MIT
// What must hold for any input: random answers, headers and policies. The seed is printed, and can be given
// in LAVASCOPE_TEST_SEED to see a failure again.
#include "core/diagnosis/retry_policy.h"
#include "core/diagnosis/shipped_rules.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

quint32 seed() {
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("LAVASCOPE_TEST_SEED", &isGiven);
    return isGiven ? quint32(given) : QRandomGenerator::global()->generate();
}

/// Random values; pieces of real answers among them, so that the rules are reached.
class Dice {
public:
    explicit Dice(quint32 start)
        : m_random(start) {}

    int upTo(int most) { return int(m_random.bounded(most + 1)); }
    bool coin() { return upTo(1) == 1; }
    double real() { return m_random.generateDouble(); }
    qint64 wide() {
        // Of every size, not only of the largest: most of what goes wrong lies at the borders.
        const int bits = upTo(62);
        const qint64 value = qint64(m_random.generate64() >> (63 - bits));
        return coin() ? value : -value;
    }
    QByteArray bytes(int most) {
        QByteArray out;
        for (int left = upTo(most); left > 0; --left)
            out += coin() ? char(upTo(255)) : char(' ' + upTo(94));
        return out;
    }
    template <size_t N>
    QByteArray oneOf(const std::array<const char*, N>& list) {
        return list[size_t(upTo(int(N) - 1))];
    }
    QByteArray time() {
        static constexpr std::array<const char*, 12> odd = {"",
                                                            "soon",
                                                            "NaN",
                                                            "inf",
                                                            "-inf",
                                                            "1e400",
                                                            "6m0s",
                                                            "Sat, 28 Nov 2026 00:00:30 GMT",
                                                            "2026-11-28T00:00:09Z",
                                                            "0x10",
                                                            "5, 9",
                                                            "\xC2\xB5s"};
        switch (upTo(4)) {
        case 0:
            return QByteArray::number(wide());
        case 1:
            return QByteArray::number(real() * double(wide()));
        case 2:
            return oneOf(odd);
        case 3:
            return QByteArray::number(wide()) +
                   oneOf(std::array<const char*, 6>{"s", "ms", "h", "m", "us", "ns"});
        default:
            return bytes(40);
        }
    }
    Headers headers() {
        static constexpr std::array<const char*, 10> names = {"Retry-After",
                                                              "retry-after-ms",
                                                              "x-should-retry",
                                                              "x-ratelimit-reset-requests",
                                                              "x-ratelimit-remaining-requests",
                                                              "anthropic-ratelimit-requests-reset",
                                                              "X-RateLimit-Reset",
                                                              "location",
                                                              "content-type",
                                                              "x-amzn-ErrorType"};
        Headers made;
        for (int left = upTo(4); left > 0; --left)
            made.append(coin() ? oneOf(names) : bytes(12), time());
        return made;
    }
    QByteArray body() {
        static constexpr std::array<const char*, 8> pieces = {
            R"({"error":{"message":"You exceeded your current quota","code":429}})",
            R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"38s"}]}})",
            R"({"type":"error","error":{"type":"overloaded_error","message":"Please try again in 20s"}})",
            "<!doctype html><html><title>Free WiFi</title>sign in</html>",
            "error code: 1015",
            R"({"cloudflare_error":true,"retryable":true,"retry_after":30})",
            R"([{"error":{)",
            ""};
        QByteArray made = coin() ? oneOf(pieces) : bytes(200);
        for (int hits = upTo(3); hits > 0 && !made.isEmpty(); --hits)
            made[upTo(int(made.size()) - 1)] = char(upTo(255));
        return made;
    }
    Outcome outcome() {
        Outcome made;
        made.status = coin() ? 200 + upTo(400) : int(wide());
        made.headers = headers();
        made.body = body();
        made.nowMs = coin() ? 1'795'824'000'000 : wide();
        made.url =
            coin() ? QByteArray("https://api.lava.so/v1/forward?u=https%3A%2F%2Fapi.openai.com") : bytes(80);
        if (coin()) {
            Ending ending{
                EndReason(upTo(int(EndReason::OtherFailure))), QString::fromUtf8(bytes(60)), {}, upTo(2)};
            ending.tlsFault = TlsFault(upTo(int(TlsFault::Other)));
            for (int left = upTo(20); left > 0; --left)
                ending.certificates.append(QString::fromUtf8(bytes(2000)));
            made.ending = ending;
        }
        if (coin())
            made.authorization = Secret(bytes(60));
        return made;
    }

private:
    QRandomGenerator m_random;
};

constexpr int rounds = 3000;

} // namespace

class TestDiagnosisProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_seed = seed();
        qInfo("LAVASCOPE_TEST_SEED=%u", m_seed);
        m_rules = shippedRules();
    }

    void anyAnswer_getsADiagnosisInBoundedTime() {
        Dice dice(m_seed);
        qint64 slowest = 0;
        for (int round = 0; round < rounds; ++round) {
            const Outcome outcome = dice.outcome();
            QElapsedTimer timer;
            timer.start();
            const Diagnosis diagnosis = diagnose(m_rules, outcome);
            slowest = std::max(slowest, timer.elapsed());
            QVERIFY2(!diagnosis.kind.isEmpty() && !diagnosis.rule.isEmpty(),
                     qPrintable(QString::number(round)));
            QVERIFY(!diagnosis.title.isEmpty() && !diagnosis.steps.isEmpty() &&
                    !diagnosis.evidence.isEmpty());
            QVERIFY(!diagnosis.retryAfter || (*diagnosis.retryAfter >= 0ms && *diagnosis.retryAfter <= 24h));
            QCOMPARE(diagnosis.retryAfter.has_value(), diagnosis.retry == Retry::After);
            for (const QString& line : diagnosis.evidence)
                QVERIFY2(line.size() < 700, qPrintable(line));
            QVERIFY(diagnosis.evidence.size() < 60);
        }
        QVERIFY2(slowest < 5000, qPrintable(QString::number(slowest)));
    }

    void longAnswer_takesNoLonger() {
        // What a pattern or a reader might trip over, again and again up to what is looked at, and beyond.
        static constexpr std::array<const char*, 8> pieces = {
            "[",          "{\"error\":",    "<b",   "sign in wi-fi ",
            "retry in 1", "error code: 10", "\xC3", "per day limit "};
        Dice dice(m_seed + 3);
        qint64 slowest = 0;
        for (int round = 0; round < 40; ++round) {
            Outcome outcome;
            outcome.status = dice.coin() ? 429 : 200;
            const QByteArray piece = dice.oneOf(pieces);
            outcome.body = (dice.coin() ? QByteArray("<html>") : QByteArray()) +
                           piece.repeated(128 * 1024 / piece.size()) + dice.bytes(100);
            outcome.headers = {{"Retry-After", piece.repeated(2000)}};
            QElapsedTimer timer;
            timer.start();
            QVERIFY(!diagnose(m_rules, outcome).rule.isEmpty());
            slowest = std::max(slowest, timer.elapsed());
        }
        QVERIFY2(slowest < 5000, qPrintable(QString::number(slowest)));
    }

    void anyTimeInAHeader_isNeverNegativeNorBeyondADay() {
        Dice dice(m_seed + 1);
        for (int round = 0; round < 10 * rounds; ++round) {
            const Headers headers = {{dice.coin() ? "Retry-After" : "retry-after-ms", dice.time()}};
            const auto wait = retryAfter(headers, dice.coin() ? 1'795'824'000'000 : dice.wide());
            QVERIFY2(!wait || (*wait >= 0ms && *wait <= 24h), headers.begin()->value.constData());
        }
    }

    void anyPolicy_waitsWithinItsCapOrNotAtAll() {
        Dice dice(m_seed + 2);
        int waits = 0;
        for (int round = 0; round < 10 * rounds; ++round) {
            RetryPolicy policy;
            policy.base = std::chrono::milliseconds(std::abs(dice.wide()));
            policy.cap = std::chrono::milliseconds(std::abs(dice.wide()) >> 10);
            policy.maxRetries = dice.coin() ? dice.upTo(5) : int(dice.wide());
            Diagnosis diagnosis;
            diagnosis.retry = Retry(dice.upTo(int(Retry::Backoff)));
            if (dice.coin())
                diagnosis.retryAfter = std::chrono::milliseconds(dice.wide());
            diagnosis.mayHaveBeenBilled = dice.upTo(3) == 0;
            const bool answerBegan = dice.upTo(3) == 0;
            const int tries = dice.coin() ? 1 + dice.upTo(6) : int(dice.wide() & 0x7FFFFFFF);
            const auto wait = policy.waitBefore(diagnosis, tries, answerBegan, dice.real());
            if (!wait)
                continue;
            ++waits;
            QVERIFY2(*wait >= 0ms && *wait <= policy.cap, qPrintable(QString::number(round)));
            QVERIFY(diagnosis.retry != Retry::No);
            QVERIFY(!answerBegan && !diagnosis.mayHaveBeenBilled);
            QVERIFY(tries <= policy.maxRetries);
            if (diagnosis.retry == Retry::After && diagnosis.retryAfter)
                QCOMPARE(*wait, std::max(*diagnosis.retryAfter, 0ms)); // never earlier than the server said
        }
        QVERIFY2(waits > rounds / 10, qPrintable(QString::number(waits)));
    }

private:
    quint32 m_seed = 0;
    DiagnosisRules m_rules;
};

QTEST_GUILESS_MAIN(TestDiagnosisProperties)
#include "tst_diagnosis_properties.moc"
