// SPDX-License-Identifier: MIT
#include "core/stream/recording.h"

#include <QElapsedTimer>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr const char* canary = "Qz7-canary.4w/x+K9~pL";

Recording withAnswer(const QByteArray& body) {
    Recording recording;
    recording.request.url = "https://example.org/";
    recording.attempts.emplace_back();
    recording.attempts[0].status = 200;
    recording.attempts[0].chunks = {{0us, body}};
    return recording;
}

QByteArray maskedAnswer(const QByteArray& body, const std::vector<Secret>& known = {}) {
    return redact(withAnswer(body), known).recording().attempts[0].body();
}

} // namespace

/// Checks that no credential gets into a redacted recording, and that all else stays as it was.
class TestRedact : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKnownSecret_isMaskedInEverySpelling_data();
    void aKnownSecret_isMaskedInEverySpelling();
    void aSecretAcrossChunks_isMaskedAndChunksKeepTheirSize();
    void everyPlaceOfARecording_isSearched();
    void theRequestsOwnCredential_isMaskedWhereTheAnswerQuotesIt();
    void theKeysInsideAToken_areMaskedToo();
    void aTextWithTheShapeOfACredential_isMasked_data();
    void aTextWithTheShapeOfACredential_isMasked();
    void ordinaryText_staysAsItIs_data();
    void ordinaryText_staysAsItIs();
    void masking_keepsJsonReadable();
    void manySigns_areSearchedInLinearTime_data();
    void manySigns_areSearchedInLinearTime();
};

void TestRedact::aKnownSecret_isMaskedInEverySpelling_data() {
    QTest::addColumn<QByteArray>("spelling");
    const QByteArray secret = canary;
    QTest::newRow("plain") << secret;
    QTest::newRow("percent") << secret.toPercentEncoding();
    QTest::newRow("percent, lower case")
        << secret.toPercentEncoding().replace("%2F", "%2f").replace("%2B", "%2b");
    QTest::newRow("json with an escaped quote") << QByteArray("{\"k\":\"" + secret + "\\\"\"}");
    for (int before = 0; before < 4; ++before)
        for (int after = 0; after < 4; ++after) {
            const QByteArray text = QByteArray(before, '>') + secret + QByteArray(after, '?');
            const QByteArray name =
                QByteArray::number(before) + " before, " + QByteArray::number(after) + " after";
            QTest::newRow("base64 " + name) << text.toBase64();
            QTest::newRow("base64url " + name)
                << text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
            QTest::newRow("percent-encoded base64 " + name) << text.toBase64().toPercentEncoding();
        }
}

void TestRedact::aKnownSecret_isMaskedInEverySpelling() {
    QFETCH(QByteArray, spelling);
    const QByteArray body = "before " + spelling + " after";
    const QByteArray safe = maskedAnswer(body, {Secret(canary)});
    QCOMPARE(safe.size(), body.size());
    QVERIFY(safe.startsWith("before "));
    QVERIFY(safe.endsWith(" after"));
    QVERIFY2(!safe.contains(spelling), safe.constData());
    // Not much of it may be left either: the digits of base64 that a neighbour shares, at most.
    const QByteArray decoded = QByteArray::fromBase64(safe.mid(7));
    QVERIFY(!decoded.contains("canary"));
    QVERIFY2(safe.contains("********"), safe.constData());
}

void TestRedact::aSecretAcrossChunks_isMaskedAndChunksKeepTheirSize() {
    const QByteArray body = QByteArray("data: {\"error\":\"") + canary + "\"}\n\n";
    for (qsizetype cut = 0; cut <= body.size(); ++cut) {
        Recording recording = withAnswer(body.first(cut));
        recording.attempts[0].chunks.push_back({1us, body.sliced(cut)});
        const RedactedRecording safe = redact(recording, {Secret(canary)});
        const Attempt& attempt = safe.recording().attempts[0];
        QCOMPARE(attempt.chunks[0].bytes.size(), cut);
        QCOMPARE(attempt.body(),
                 QByteArray("data: {\"error\":\"") + QByteArray(qstrlen(canary), '*') + "\"}\n\n");
    }
}

void TestRedact::everyPlaceOfARecording_isSearched() {
    const QByteArray secret = canary;
    Recording recording = withAnswer("x" + secret + "x");
    recording.request.url = "https://user:" + secret + "@example.org/v1?key=" + secret + "&a=b";
    recording.request.headers = {{"Authorization", "Bearer " + secret}, {"X-Note", "see " + secret}};
    recording.request.body = "{\"a\":\"" + secret + "\"}";
    Attempt& attempt = recording.attempts[0];
    attempt.reason = "No " + secret;
    attempt.headers = {{"Set-Cookie", "s=" + secret}, {"Location", "/?key=" + secret}};
    attempt.ending = Ending{EndReason::OtherFailure, QString::fromLatin1(secret), 0us, 1};
    const RedactedRecording safe = redact(recording, {Secret(secret)});
    const QByteArray file = writeRecording(safe);
    QVERIFY2(!file.contains(secret), file.constData());
    QVERIFY(!file.contains(secret.toBase64()));
    QVERIFY2(file.contains("&a=b"), file.constData());
    QVERIFY(file.contains("Authorization"));
    QCOMPARE(safe.recording().request.body.size(), recording.request.body.size());
}

void TestRedact::theRequestsOwnCredential_isMaskedWhereTheAnswerQuotesIt() {
    Recording recording = withAnswer("{\"error\":\"no such key: plainword77\"}");
    recording.request.headers = {{"x-api-key", "plainword77"}};
    QVERIFY(!redact(recording, {}).recording().attempts[0].body().contains("plainword77"));
}

void TestRedact::theKeysInsideAToken_areMaskedToo() {
    const QByteArray token =
        QByteArray(R"({"secret_key":"aks_live_abc","provider_key":"very plain words"})").toBase64();
    const QByteArray body = "key very plain words, token " + token + ", id";
    const QByteArray safe = maskedAnswer(body, {Secret(token)});
    QVERIFY2(!safe.contains("very plain"), safe.constData());
    QVERIFY2(safe.endsWith(", id"), safe.constData());
}

void TestRedact::aTextWithTheShapeOfACredential_isMasked_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("safe");
    const auto stars = [](qsizetype count) { return QByteArray(count, '*'); };
    QTest::newRow("live key") << QByteArray("aks_live_EXAMPLE0000.") << "aks_live_" + stars(11) + ".";
    QTest::newRow("test key") << QByteArray("'aks_test_EXAMPLE-00'") << "'aks_test_" + stars(10) + "'";
    QTest::newRow("spend key") << QByteArray("lava_sk_EXAMPLE0000") << "lava_sk_" + stars(11);
    QTest::newRow("provider key") << QByteArray("(sk-EXAMPLE)") << "(sk-" + stars(7) + ")";
    QTest::newRow("anthropic key") << QByteArray("\"sk-ant-api03-EXAMPLE\"")
                                   << "\"sk-ant-" + stars(13) + "\"";
    QTest::newRow("key after an escape")
        << QByteArray("\"see:\\nsk-EXAMPLE\"") << "\"see:\\nsk-" + stars(7) + "\"";
    QTest::newRow("key after a percent code") << QByteArray("a%3Dsk-EXAMPLE") << "a%3Dsk-" + stars(7);
    QTest::newRow("google key") << QByteArray("AIzaEXAMPLE0000EXAMPLE0000") << "AIza" + stars(22);
    const QByteArray token = QByteArray(R"({"secret_key":"aks_live_x"})").toBase64();
    QTest::newRow("forward token") << "<" + token + ">"
                                   << "<eyJ" + stars(token.size() - 3) + ">";
    const QByteArray swapped = QByteArray(R"({ "meter_slug": "m", "secret_key": "k" })").toBase64();
    QTest::newRow("token in another order") << swapped << "eyA" + stars(swapped.size() - 3);
    const QByteArray slashed = QByteArray(R"({"secret_key":"a??>>~~??>>"})").toBase64();
    QTest::newRow("token with escaped slashes")
        << "\"" + QByteArray(slashed).replace("/", "\\/") + "\\\"\""
        << "\"eyJ" + stars(QByteArray(slashed).replace("/", "\\/").size() - 3) + "\\\"\"";
    QTest::newRow("token behind a harmless one")
        << "eyJhIjoxLCJiIjoyMzQ1Njc4OTB9/" + token
        << "eyJhIjoxLCJiIjoyMzQ1Njc4OTB9/eyJ" + stars(token.size() - 3);
    QTest::newRow("bearer") << QByteArray("Authorization: Bearer abc-12345\r\n")
                            << "Authorization: Bearer " + stars(9) + "\r\n";
    QTest::newRow("bearer in json") << QByteArray(R"("Bearer abc-12345\"")")
                                    << "\"Bearer " + stars(9) + "\\\"\"";
    QTest::newRow("parameter") << QByteArray("GET /v1?alt=sse&key=abc&x=1")
                               << "GET /v1?alt=sse&key=" + stars(3) + "&x=1";
    QTest::newRow("encoded parameter") << QByteArray("u=https%3A%2F%2Fh%2Fv1%3Fkey%3Dabc%26x%3D1")
                                       << "u=https%3A%2F%2Fh%2Fv1%3Fkey%3D" + stars(3) + "%26x%3D1";
    QTest::newRow("user info") << QByteArray("https://me:pw@host/p") << "https://" + stars(5) + "@host/p";
    QTest::newRow("encoded user info")
        << QByteArray("u=https%3A%2F%2Fme%3Apw%40host%2Fp") << "u=https%3A%2F%2F" + stars(7) + "%40host%2Fp";
    QTest::newRow("member") << QByteArray(R"({"api_key" : "a\"b", "n":1})")
                            << QByteArray(R"({"api_key" : "****", "n":1})");
}

void TestRedact::aTextWithTheShapeOfACredential_isMasked() {
    QFETCH(QByteArray, text);
    QTEST(maskedAnswer(text), "safe");
}

void TestRedact::ordinaryText_staysAsItIs_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("prose") << QByteArray(
        "Bearer authentication is used; a risk-management task; the key=value form");
    QTest::newRow("placeholders") << QByteArray("aks_live_… aks_test_ lava_sk_<key> sk-… Bearer <token>");
    QTest::newRow("a stream") << QByteArray(
        "data: {\"id\":\"chatcmpl-7Aq\",\"usage\":{\"prompt_tokens\":61}}\n\ndata: [DONE]\n\n");
    QTest::newRow("base64 of harmless json")
        << QByteArray(R"({"cursor":"page-2","limit":100,"order":"asc"})").toBase64();
    QTest::newRow("an address") << QByteArray(
        "https://example.org/a?model=x&token_count=5 and user@example.org");
    QTest::newRow("binary") << QByteArray("\0\xFF\xFE\x80", 4);
    QTest::newRow("empty") << QByteArray("");
}

void TestRedact::ordinaryText_staysAsItIs() {
    QFETCH(QByteArray, text);
    QCOMPARE(maskedAnswer(text), text);
}

void TestRedact::masking_keepsJsonReadable() {
    const QByteArray body =
        R"({"error":{"message":"Incorrect API key provided: \"sk-EXAMPLE\\\" see https://h/?key=a\u0026key=b"}})";
    const QByteArray safe = maskedAnswer(body);
    QCOMPARE(
        safe,
        QByteArray(
            R"({"error":{"message":"Incorrect API key provided: \"sk-*******\\\" see https://h/?key=*\u0026key=*"}})"));
}

void TestRedact::manySigns_areSearchedInLinearTime_data() {
    QTest::addColumn<QByteArray>("piece");
    for (const char* piece :
         {"eyJ", "eyJ.", "sk-", "?key=", "Bearer%20", "://", "%3A%2F%2F", "\"api_key\"", "&key%3D"})
        QTest::newRow(piece) << QByteArray(piece);
}

void TestRedact::manySigns_areSearchedInLinearTime() {
    QFETCH(QByteArray, piece);
    const auto timeFor = [&](int count) {
        const QByteArray body = piece.repeated(count);
        QElapsedTimer timer;
        timer.start();
        const QByteArray safe = maskedAnswer(body);
        return safe.size() == body.size() ? timer.nsecsElapsed() : -1;
    };
    const qint64 few = timeFor(10'000);
    const qint64 many = timeFor(160'000);
    QVERIFY(few > 0 && many > 0);
    QVERIFY2(many < few * 16 * 5, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(few).arg(many)));
}

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
