// SPDX-License-Identifier: MIT
#include "core/diagnosis/shipped_rules.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

Outcome answered(int status, const QByteArray& body = {}, const Headers& headers = {}) {
    Outcome outcome;
    outcome.status = status;
    outcome.body = body;
    outcome.headers = headers;
    outcome.nowMs = 1'790'000'000'000;
    return outcome;
}

Outcome ended(EndReason reason, int status = 0) {
    Outcome outcome = answered(status);
    outcome.ending = Ending{reason, QStringLiteral("The other side hung up."), {}, 1};
    return outcome;
}

Transcript read(Verdict verdict, const char* dialect = "openai_chat") {
    Transcript transcript;
    transcript.verdict = verdict;
    transcript.dialect = QString::fromLatin1(dialect);
    return transcript;
}

Diagnosis diagnosed(const Outcome& outcome, const Transcript* transcript = nullptr) {
    static const DiagnosisRules rules = shippedRules();
    return diagnose(rules, outcome, transcript);
}

QString all(const Diagnosis& diagnosis) {
    return diagnosis.title + QLatin1Char('\n') + diagnosis.cause + QLatin1Char('\n') +
           diagnosis.steps.join(QLatin1Char('\n')) + QLatin1Char('\n') +
           diagnosis.evidence.join(QLatin1Char('\n')) + diagnosis.requestId;
}

} // namespace

class TestDiagnose : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gatewaysOwnTable_isAnswered_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("retry");
        const auto row = [](int status, const char* kind, const char* fault, const char* retry) {
            QTest::addRow("%d", status) << status << QString::fromLatin1(kind) << QString::fromLatin1(fault)
                                        << QString::fromLatin1(retry);
        };
        row(401, "bad_token", "you", "no");
        row(402, "no_credit", "wallet", "no");
        row(429, "rate_limited", "you", "backoff");
        row(500, "gateway_error", "unknown", "backoff");
        row(502, "bad_gateway", "unknown", "backoff");
        row(503, "unavailable", "unknown", "backoff");
    }
    void gatewaysOwnTable_isAnswered() {
        QFETCH(int, status);
        QFETCH(QString, kind);
        QFETCH(QString, fault);
        QFETCH(QString, retry);
        const Diagnosis diagnosis = diagnosed(answered(status));
        QCOMPARE(diagnosis.kind, kind);
        QCOMPARE(QLatin1String(faultName(diagnosis.fault)), fault);
        QCOMPARE(QLatin1String(retryName(diagnosis.retry)), retry);
        QVERIFY(!diagnosis.retryAfter);
    }

    void defaultRetryOfEveryStatus_isTheProvidersTable_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("retry");
        for (int status : {400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412,
                           413, 415, 422, 431, 498, 499, 501, 505, 525, 526})
            QTest::addRow("%d", status) << status << false;
        for (int status : {408, 409, 424, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
            QTest::addRow("%d", status) << status << true;
    }
    void defaultRetryOfEveryStatus_isTheProvidersTable() {
        QFETCH(int, status);
        QFETCH(bool, retry);
        QCOMPARE(diagnosed(answered(status)).retry != Retry::No, retry);
    }

    void everyStatus_hasAnAnswerInWords() {
        for (int status = -1; status <= 601; ++status) {
            const Diagnosis diagnosis = diagnosed(answered(status));
            QVERIFY2(!diagnosis.kind.isEmpty() && !diagnosis.steps.isEmpty(),
                     qPrintable(QString::number(status)));
        }
    }
    void everyEnding_hasAnAnswerOfItsOwn() {
        QStringList rules;
        for (int i = int(EndReason::StoppedByUser); i <= int(EndReason::OtherFailure); ++i) {
            const auto reason = EndReason(i);
            rules.append(diagnosed(ended(reason, reason == EndReason::CutOff ? 200 : 0)).rule);
        }
        const qsizetype before = rules.size();
        QVERIFY(!rules.contains(QStringLiteral("unknown")));
        QCOMPARE(rules.removeDuplicates(), 0);
        QCOMPARE(rules.size(), before);
    }

    void serversTime_turnsBackoffIntoAfter() {
        const Diagnosis diagnosis = diagnosed(answered(429, {}, {{"Retry-After", "7"}}));
        QCOMPARE(diagnosis.retry, Retry::After);
        QCOMPARE(diagnosis.retryAfter, 7000ms);
        QVERIFY(diagnosis.evidence.contains(QStringLiteral("Header Retry-After: 7")));
    }
    void serversTime_isSaidWithItsSource() {
        const auto saysWhen = [](const Outcome& outcome, const char* line) {
            return diagnosed(outcome).evidence.contains(QString::fromLatin1(line));
        };
        QVERIFY(saysWhen(answered(429, {}, {{"Retry-After", "7"}}),
                         "When to try again: in 7 s, by the Retry-After header"));
        QVERIFY(saysWhen(answered(429, R"({"error":{"message":"Please try again in 350ms"}})"),
                         "When to try again: in 350 ms, by the words of the error"));
        QVERIFY(saysWhen(
            answered(429, {}, {{"x-ratelimit-remaining-tokens", "0"}, {"x-ratelimit-reset-tokens", "6m0s"}}),
            "When to try again: in 6 min, by the reset of the limit that is used up (tokens)"));
    }
    void limits_areTold() {
        const Diagnosis diagnosis =
            diagnosed(answered(429, {}, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-limit", "60"}}));
        QCOMPARE(diagnosis.rateLimits.size(), size_t(1));
        QCOMPARE(rateLimitLine(diagnosis.rateLimits[0]), QStringLiteral("0 of 60 requests left"));
        QVERIFY(diagnosed(answered(429)).rateLimits.empty());
    }
    void limitsInTheBodyOfOpenRouter_areTold() {
        const Diagnosis diagnosis = diagnosed(answered(
            429, R"({"error":{"message":"Rate limit exceeded: free-models-per-min","code":429,"metadata":)"
                 R"({"headers":{"X-RateLimit-Limit":"20","X-RateLimit-Remaining":"0",)"
                 R"("X-RateLimit-Reset":"1790000012000"}}}})"));
        QCOMPARE(diagnosis.rateLimits.size(), size_t(1));
        QCOMPARE(diagnosis.retryAfter, 12'000ms);
    }
    void exhaustedQuota_isNeverRetriedWhateverTheHeadersSay() {
        const Diagnosis diagnosis =
            diagnosed(answered(429, R"({"error":{"type":"insufficient_quota","code":"insufficient_quota"}})",
                               {{"Retry-After", "7"}}));
        QCOMPARE(diagnosis.kind, QStringLiteral("quota_exhausted"));
        QCOMPARE(diagnosis.retry, Retry::No);
        QVERIFY(!diagnosis.retryAfter);
    }
    void unansweredRequest_mayHaveBeenBilled() {
        QVERIFY(diagnosed(ended(EndReason::NoAnswer)).mayHaveBeenBilled);
        QVERIFY(diagnosed(ended(EndReason::FirstByteTimeout)).mayHaveBeenBilled);
        QVERIFY(!diagnosed(ended(EndReason::ConnectionRefused)).mayHaveBeenBilled);
        QVERIFY(!diagnosed(answered(503)).mayHaveBeenBilled);
    }
    void stoppedCall_isNoError() {
        const Transcript transcript = read(Verdict::Stopped);
        const Diagnosis diagnosis = diagnosed(ended(EndReason::StoppedByUser, 200), &transcript);
        QCOMPARE(diagnosis.kind, QStringLiteral("stopped"));
        QCOMPARE(diagnosis.retry, Retry::No);
    }
    void stopAfterAnErrorStatus_keepsTheStatus() {
        QCOMPARE(diagnosed(ended(EndReason::StoppedByUser, 402)).kind, QStringLiteral("no_credit"));
    }

    void origin_isFoundByItsEvidence_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("begin");
        const auto row = [](const char* name, const char* body, const char* header, const char* begin) {
            QTest::newRow(name) << QByteArray(body) << QByteArray(header) << QString::fromLatin1(begin);
        };
        row("gateway's form", R"({"error":{"message":"m","code":"c","status":500}})", "",
            "Written by the gateway");
        row("forward code", R"({"error":{"message":"m","code":"forward_x"}})", "", "Written by the gateway");
        row("error type", R"({"error":{"message":"m","type":"server_error","code":null}})", "",
            "Written by the provider");
        row("Anthropic", R"({"type":"error","error":{"message":"m"}})", "", "Written by the provider");
        row("Google", R"({"error":{"code":500,"message":"m","status":"INTERNAL"}})", "",
            "Written by the provider");
        row("Google, in an array", R"([{"error":{"code":500,"message":"m","status":"INTERNAL"}}])", "",
            "Written by the provider");
        row("ElevenLabs", R"({"detail":{"status":"x","message":"m"}})", "", "Written by the provider");
        row("Mistral", R"({"object":"error","message":"m"})", "", "Written by the provider");
        row("OpenRouter", R"({"error":{"code":500,"message":"m"}})", "", "Written by the provider");
        row("Azure", R"({"statusCode":500,"message":"m"})", "", "Written by the provider");
        row("Cohere", R"({"id":"x","message":"m"})", "", "Written by the provider");
        row("xAI", R"({"code":"c","error":"m"})", "", "Written by the provider");
        row("Amazon", R"({"__type":"XException","message":"m"})", "", "Written by the provider");
        row("message alone", R"({"message":"m"})", "", "Undecided");
        row("Cloudflare", R"({"cloudflare_error":true,"detail":"m","status":500})", "", "Undecided");
        row("provider's header", "", "anthropic-ratelimit-requests-limit", "Written by the provider");
        row("text error", R"({"error":"m"})", "", "Undecided");
        row("Lava's request id proves nothing", "", "x-lava-request-id", "Undecided");
        row("nothing", "", "", "Undecided");
    }
    void origin_isFoundByItsEvidence() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, header);
        QFETCH(QString, begin);
        Headers headers;
        if (!header.isEmpty())
            headers.append(header, "1");
        const QStringList evidence = diagnosed(answered(500, body, headers)).evidence;
        QVERIFY2(std::any_of(evidence.begin(), evidence.end(),
                             [&](const QString& line) { return line.startsWith(begin); }),
                 qPrintable(evidence.join(QLatin1Char('\n'))));
    }

    void message_isFoundInEveryProvidersForm_data() {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, const char* body) { QTest::newRow(name) << QByteArray(body); };
        row("error.message", R"({"error":{"message":"The words"}})");
        row("error", R"({"error":"The words"})");
        row("message", R"({"message":"The words"})");
        row("Message", R"({"Message":"The words"})");
        row("message.detail", R"({"message":{"detail":"The words"}})");
        row("detail.message", R"({"detail":{"message":"The words"}})");
        row("detail", R"({"detail":"The words"})");
        row("detail list", R"({"detail":[{"loc":["body"],"msg":"The words","type":"x"}]})");
        row("errors", R"({"errors":[{"message":"The words"}]})");
        row("array", R"([{"error":{"message":"The words"}}])");
        row("OpenRouter's raw text",
            R"({"error":{"message":"Provider returned error","metadata":{"raw":"The words"}}})");
        row("error as a code", R"({"error":"a_code","message":"The words"})");
        row("JSON in the message",
            "{\"error\":{\"message\":\"{\\\"error\\\":{\\\"message\\\":\\\"The words\\\"}}\"}}");
        row("markup",
            "<html><head><style>p{}</style><script>if (a<b) x()</script></head><p>The <b>words</b></html>");
        row("text", "The words");
        row("white space", "{\"error\":\" The \\n\\u0009 words \"}");
    }
    void message_isFoundInEveryProvidersForm() {
        QFETCH(QByteArray, body);
        const QStringList evidence = diagnosed(answered(500, body)).evidence;
        QVERIFY2(evidence.contains(QStringLiteral("Message: The words")),
                 qPrintable(evidence.join(QLatin1Char('\n'))));
    }
    void longMessage_isCut() {
        const QByteArray body = "{\"error\":\"" + QByteArray(100000, 'x') + "\"}";
        for (const QString& line : diagnosed(answered(500, body)).evidence)
            QVERIFY(line.size() <= 220);
    }

    void echoedCredential_isMasked_data() {
        QTest::addColumn<QByteArray>("credential");
        QTest::addColumn<QByteArray>("body");
        const QByteArray key = "aks_live_CANARYnotARealKey0000";
        const QByteArray token =
            ("{\"secret_key\":\"" + key + "\",\"provider_key\":\"odd/CANARY+secret\"}").toBase64();
        QTest::newRow("key echoed") << key << QByteArray("{\"error\":\"Bad key " + key + "\"}");
        QTest::newRow("key inside the token echoed") << token << QByteArray("Bad key " + key);
        QTest::newRow("provider key echoed") << token << QByteArray("Bad key odd/CANARY+secret");
        QTest::newRow("token echoed") << token << QByteArray("Bad token " + token);
        QTest::newRow("unknown key echoed")
            << QByteArray("aks_test_other00000000") << QByteArray("Bad key sk-proj-CANARY000000");
        QTest::newRow("cut in the middle") << key << QByteArray(190, 'x') + ' ' + key;
    }
    void echoedCredential_isMasked() {
        QFETCH(QByteArray, credential);
        QFETCH(QByteArray, body);
        for (int status : {400, 401, 500}) {
            Outcome outcome =
                answered(status, body, {{"location", "https://x/?key=CANARY"}, {"x-request-id", body}});
            outcome.authorization = Secret("Bearer " + credential);
            const QString text = all(diagnosed(outcome));
            QVERIFY2(!text.contains(QLatin1String("CANARY")), qPrintable(text));
        }
    }

    void requestId_isLavasElseTheProviders() {
        QCOMPARE(
            diagnosed(answered(500, {}, {{"request-id", "req_p"}, {"x-lava-request-id", "req_l"}})).requestId,
            QStringLiteral("req_l"));
        QCOMPARE(diagnosed(answered(500, {}, {{"request-id", "req_p"}})).requestId, QStringLiteral("req_p"));
        QCOMPARE(diagnosed(answered(500, R"({"type":"error","request_id":"req_b"})")).requestId,
                 QStringLiteral("req_b"));
        QVERIFY(diagnosed(answered(500)).requestId.isEmpty());
    }

    void errorInsideAGoodAnswer_isSaidSo() {
        Transcript transcript = read(Verdict::ErrorInStream);
        transcript.error =
            StreamError{QStringLiteral("rate_limit_error"), {}, QStringLiteral("Slow down"), 429, {}};
        const Diagnosis diagnosis = diagnosed(answered(200, "data: {}\n\n"), &transcript);
        QCOMPARE(diagnosis.kind, QStringLiteral("rate_limited"));
        QVERIFY(diagnosis.cause.contains(QLatin1String("200")));
        QVERIFY(diagnosis.evidence.contains(QStringLiteral("Message: Slow down")));
    }
    void errorInsideAGoodAnswer_neverBlamesTheToken() {
        Transcript transcript = read(Verdict::ErrorInStream);
        transcript.error =
            StreamError{QStringLiteral("authentication_error"), {}, QStringLiteral("No"), 401, {}};
        Outcome outcome = answered(200, "data: {}\n\n");
        outcome.authorization = Secret("Bearer aks_test_EXAMPLEnotARealKey0000");
        QCOMPARE(diagnosed(outcome, &transcript).kind, QStringLiteral("provider_key_rejected"));
    }
    void errorBodyUnderAGoodStatus_isSeenWithoutATranscript() {
        QCOMPARE(diagnosed(answered(200, R"({"error":{"code":429,"message":"m"}})")).kind,
                 QStringLiteral("rate_limited"));
    }

    void foreignBraces_areNotFilledIn() {
        Outcome outcome = ended(EndReason::Refused);
        outcome.ending->detail = QStringLiteral("{status} {provider}");
        QVERIFY(diagnosed(outcome).cause.contains(QLatin1String("{status} {provider}")));
    }

    void success_needsAWholeAnswer_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("reason"); // -1: not known
        QTest::addColumn<int>("verdict");
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<bool>("success");
        const int finished = int(EndReason::Finished);
        const auto row = [](const char* name, int status, int reason, Verdict verdict, const char* dialect,
                            bool success) {
            QTest::newRow(name) << status << reason << int(verdict) << QString::fromLatin1(dialect)
                                << success;
        };
        row("complete stream", 200, finished, Verdict::Complete, "openai_chat", true);
        row("complete, ending not known", 200, -1, Verdict::Complete, "openai_chat", true);
        row("plain JSON", 200, finished, Verdict::NotAStream, "json", true);
        row("page", 200, finished, Verdict::NotAStream, "html", false);
        row("cut off", 200, finished, Verdict::CutOff, "openai_chat", false);
        row("stopped", 200, int(EndReason::StoppedByUser), Verdict::Stopped, "openai_chat", false);
        row("error inside", 200, finished, Verdict::ErrorInStream, "openai_chat", false);
        row("error status", 500, finished, Verdict::NotAStream, "json", false);
        row("redirect", 302, finished, Verdict::NotAStream, "text", false);
        row("idle timeout", 200, int(EndReason::IdleTimeout), Verdict::Complete, "openai_chat", false);
    }
    void success_needsAWholeAnswer() {
        QFETCH(int, status);
        QFETCH(int, reason);
        QFETCH(int, verdict);
        QFETCH(QString, dialect);
        QFETCH(bool, success);
        Outcome outcome = answered(status, "data: x\n\n");
        if (reason >= 0)
            outcome.ending = Ending{EndReason(reason), {}, {}, 1};
        const Transcript transcript = read(Verdict(verdict), dialect.toLatin1().constData());
        QCOMPARE(succeeded(outcome, transcript), success);
        QCOMPARE(diagnosed(outcome, &transcript).kind == QLatin1String("no_error"), success);
    }
};

QTEST_GUILESS_MAIN(TestDiagnose)
#include "tst_diagnose.moc"
