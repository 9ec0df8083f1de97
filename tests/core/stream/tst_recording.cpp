// SPDX-License-Identifier: MIT
#include "core/stream/recording.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

Recording twoAttempts() {
    Recording recording;
    recording.startedAtMs = 1'780'000'000'123;
    recording.request = {"POST",
                         "https://api.lava.so/v1/forward?u=https%3A%2F%2Fexample.org%2Fv1%2Fmessages",
                         {{"Content-Type", "application/json"}, {"X-Twice", "a"}, {"x-twice", ""}},
                         "{\"stream\":true}\n"};
    Attempt first;
    first.status = 503;
    first.reason = "Service Unavailable";
    first.headers = {{"Retry-After", "2"}};
    first.headersAt = 1500us;
    first.chunks = {{1600us, "busy"}};
    first.ending = Ending{EndReason::Finished, {}, 1700us, 1};
    Attempt second;
    second.waited = 2000ms;
    second.status = 200;
    second.headersAt = 900us;
    second.chunks = {{1000us, "data: \xE6"}, {2000us, "\xBD\xAE\n\n"}, {3000us, QByteArray("\0\x01\xFF", 3)}};
    second.ending = Ending{EndReason::CutOff, QStringLiteral("The peer broke off."), 4000us, 1};
    recording.attempts = {first, second};
    return recording;
}

QByteArray written(const Recording& recording) {
    return writeRecording(redact(recording, {}));
}

QString errorOf(const QByteArray& text) {
    const Result<Recording> read = readRecording(text);
    return read ? QString() : read.error().code;
}

constexpr const char* firstLine =
    "{\"lavascope_recording\":1,\"started_at_ms\":5,\"request\":{\"method\":\"POST\","
    "\"url\":\"https://example.org/\",\"headers\":[],\"body\":\"\"}}\n";

void compare(const Attempt& actual, const Attempt& expected) {
    QCOMPARE(actual.waited, expected.waited);
    QCOMPARE(actual.status, expected.status);
    QCOMPARE(actual.reason, expected.reason);
    QVERIFY(actual.headers == expected.headers);
    QCOMPARE(actual.headersAt, expected.headersAt);
    QCOMPARE(actual.chunks.size(), expected.chunks.size());
    for (size_t i = 0; i < actual.chunks.size(); ++i) {
        QCOMPARE(actual.chunks[i].at, expected.chunks[i].at);
        QCOMPARE(actual.chunks[i].bytes, expected.chunks[i].bytes);
    }
    QCOMPARE(actual.ending.has_value(), expected.ending.has_value());
    if (!actual.ending)
        return;
    QCOMPARE(actual.ending->reason, expected.ending->reason);
    QCOMPARE(actual.ending->detail, expected.ending->detail);
    QCOMPARE(actual.ending->at, expected.ending->at);
    QCOMPARE(actual.ending->timesSent, expected.ending->timesSent);
    QCOMPARE(tlsFaultName(actual.ending->tlsFault), tlsFaultName(expected.ending->tlsFault));
    QCOMPARE(actual.ending->certificates, expected.ending->certificates);
}

} // namespace

/// Checks that a recording comes back from its file as it went in, and that no file can do harm.
class TestRecording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEndReason_hasANameThatIsReadBack();
    void everyTlsFault_hasANameThatIsReadBack();
    void refusedCertificates_comeBackMasked();
    void body_isAllChunksInOrder();
    void aRecording_comesBackAsItWasWritten();
    void theFormat_isWhatTheDocumentSays();
    void bytesThatAreNoText_areWrittenAsBase64_data();
    void bytesThatAreNoText_areWrittenAsBase64();
    void aFileThatBreaksOffAnywhere_isReadAsFarAsItGoes();
    void unknownLinesAndMembers_areIgnored();
    void linesWithoutAnAttempt_beginOne();
    void aNewerVersion_isRefused();
    void hostileLines_areRefused_data();
    void hostileLines_areRefused();
    void anInvalidLine_isNamed();
    void looksLikeRecording_asksTheFirstMember_data();
    void looksLikeRecording_asksTheFirstMember();
};

void TestRecording::everyEndReason_hasANameThatIsReadBack() {
    QSet<QByteArray> names;
    for (int value = 0; value <= int(EndReason::OtherFailure); ++value) {
        const QByteArray name = endReasonName(EndReason(value));
        QVERIFY(!names.contains(name));
        names.insert(name);
        QCOMPARE(endReasonByName(name), std::optional(EndReason(value)));
    }
    QCOMPARE(QByteArray(endReasonName(EndReason::StoppedByUser)), "stopped_by_user");
    QVERIFY(!endReasonByName("Finished"));
    QVERIFY(!endReasonByName(""));
}

void TestRecording::everyTlsFault_hasANameThatIsReadBack() {
    QSet<QByteArray> names;
    for (int value = 0; value <= int(TlsFault::Other); ++value) {
        const QByteArray name = tlsFaultName(TlsFault(value));
        QVERIFY(!names.contains(name));
        names.insert(name);
        QCOMPARE(tlsFaultByName(name), std::optional(TlsFault(value)));
    }
    QVERIFY(!tlsFaultByName("Expired"));
    QVERIFY(!tlsFaultByName(""));
}

void TestRecording::refusedCertificates_comeBackMasked() {
    Recording recording = twoAttempts();
    Ending& ending = *recording.attempts.back().ending;
    ending.reason = EndReason::TlsFailed;
    ending.tlsFault = TlsFault::WrongHost;
    ending.certificates = {
        QStringLiteral("1. sk-proj-EXAMPLEnotARealKey0000000000 (issued by A) \u2014 valid"),
        QStringLiteral("2. A (issued by A)")};
    const QByteArray text = written(recording);
    QVERIFY2(text.contains(R"("times_sent":1,"tls":"wrong_host","certificates":["1. )"), text.constData());
    QVERIFY(!text.contains("EXAMPLEnotARealKey"));
    const Result<Recording> read = readRecording(text);
    QVERIFY(read);
    QCOMPARE(read->attempts.back().ending->tlsFault, TlsFault::WrongHost);
    QCOMPARE(read->attempts.back().ending->certificates.size(), 2);
    QCOMPARE(read->attempts.back().ending->certificates.last(), ending.certificates.last());

    // Files from before, from later, and from nobody in particular.
    const auto endOf = [&](const QByteArray& members) {
        const auto one =
            readRecording(QByteArray(firstLine) + "{\"end\":{\"reason\":\"tls_failed\"" + members + "}}\n");
        return one ? *one->attempts.back().ending : Ending{};
    };
    QCOMPARE(endOf("").tlsFault, TlsFault::None);
    QCOMPARE(endOf(",\"tls\":\"of_next_year\"").tlsFault, TlsFault::Other);
    QCOMPARE(endOf(",\"certificates\":[1,\"x\",null]").certificates, QStringList(QStringLiteral("x")));
    QCOMPARE(endOf(",\"certificates\":\"x\"").certificates, QStringList());
}

void TestRecording::body_isAllChunksInOrder() {
    Attempt attempt;
    QCOMPARE(attempt.body(), QByteArray());
    attempt.chunks = {{1us, "a\n"}, {2us, ""}, {3us, "bc"}};
    QCOMPARE(attempt.body(), "a\nbc");
    QCOMPARE(attempt.bodySize(), 4);
}

void TestRecording::aRecording_comesBackAsItWasWritten() {
    Recording recording = twoAttempts();
    recording.request.body = QByteArray("\xEF\xBB\xBFtext with\0nul", 16);
    recording.request.headers.append("x-odd", "\xFF\xFE");
    recording.attempts.emplace_back(); // nothing came, and it still ran
    const Result<Recording> read = readRecording(written(recording));
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->startedAtMs, recording.startedAtMs);
    QCOMPARE(read->request.method, recording.request.method);
    QCOMPARE(read->request.url, recording.request.url);
    QCOMPARE(read->request.body, recording.request.body);
    QVERIFY(read->request.headers == recording.request.headers);
    QCOMPARE(read->attempts.size(), recording.attempts.size());
    for (size_t i = 0; i < recording.attempts.size(); ++i)
        compare(read->attempts[i], recording.attempts[i]);
    QCOMPARE(written(*read), written(recording));
}

void TestRecording::theFormat_isWhatTheDocumentSays() {
    const QByteArrayList lines = written(twoAttempts()).split('\n');
    const QByteArrayList expected = {
        R"({"lavascope_recording":1,"started_at_ms":1780000000123,"request":{"method":"POST","url":"https://api.lava.so/v1/forward?u=https%3A%2F%2Fexample.org%2Fv1%2Fmessages","headers":[["Content-Type","application/json"],["X-Twice","a"],["x-twice",""]],"body":"{\"stream\":true}\n"}})",
        R"({"attempt":1,"waited_ms":0})",
        R"({"headers":{"at_us":1500,"status":503,"reason":"Service Unavailable","headers":[["Retry-After","2"]]}})",
        R"({"chunk":{"at_us":1600,"text":"busy"}})",
        R"({"end":{"at_us":1700,"reason":"finished","detail":"","times_sent":1}})",
        R"({"attempt":2,"waited_ms":2000})",
        R"({"headers":{"at_us":900,"status":200,"reason":"","headers":[]}})",
        R"({"chunk":{"at_us":1000,"base64":"ZGF0YTog5g=="}})",
        R"({"chunk":{"at_us":2000,"base64":"va4KCg=="}})",
        R"({"chunk":{"at_us":3000,"base64":"AAH/"}})",
        R"({"end":{"at_us":4000,"reason":"cut_off","detail":"The peer broke off.","times_sent":1}})",
        "",
    };
    QCOMPARE(lines.size(), expected.size());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(lines[i], expected[i]);
}

void TestRecording::bytesThatAreNoText_areWrittenAsBase64_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isText");
    QTest::newRow("empty") << QByteArray("") << true;
    QTest::newRow("utf-8") << QByteArray("\xE6\xBD\xAE \xF0\x9F\x8C\x8A") << true;
    QTest::newRow("controls") << QByteArray("\x01\x1B[31m\r\n\t") << true;
    QTest::newRow("nul") << QByteArray("a\0b", 3) << true;
    QTest::newRow("line separator") << QByteArray("\xE2\x80\xA8") << true;
    QTest::newRow("half a character") << QByteArray("\xE6\xBD") << false;
    QTest::newRow("latin-1") << QByteArray("caf\xE9") << false;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    // Decoders drop it without a word.
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "data: x")
                                     << false;
    QTest::newRow("mark after an escape") << QByteArray("\n\xEF\xBB\xBF") << false;
}

void TestRecording::bytesThatAreNoText_areWrittenAsBase64() {
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isText);
    Recording recording;
    recording.attempts.emplace_back();
    recording.attempts[0].chunks = {{0us, bytes}};
    const QByteArray text = written(recording);
    QCOMPARE(text.contains("\"base64\":"), !isText);
    const Result<Recording> read = readRecording(text);
    QVERIFY(read);
    QCOMPARE(read->attempts[0].chunks[0].bytes, bytes);
}

void TestRecording::aFileThatBreaksOffAnywhere_isReadAsFarAsItGoes() {
    const QByteArray whole = written(twoAttempts());
    const qsizetype firstEnd = whole.indexOf('\n');
    size_t chunksBefore = 0;
    for (qsizetype size = firstEnd; size <= whole.size(); ++size) {
        const Result<Recording> read = readRecording(whole.first(size));
        QVERIFY2(read.has_value(), qPrintable(QStringLiteral("%1 bytes").arg(size)));
        size_t chunks = 0;
        for (const Attempt& attempt : read->attempts)
            chunks += attempt.chunks.size();
        QVERIFY(chunks >= chunksBefore);
        chunksBefore = chunks;
    }
    QCOMPARE(chunksBefore, size_t(4));
    for (qsizetype size = 0; size < firstEnd; ++size)
        QCOMPARE(errorOf(whole.first(size)), QStringLiteral("recording_invalid"));

    const Result<Recording> cut = readRecording(whole.first(whole.indexOf("{\"end\"")));
    QVERIFY(cut);
    QVERIFY(!cut->attempts.back().ending);
}

void TestRecording::unknownLinesAndMembers_areIgnored() {
    const QByteArray text = QByteArray("\xEF\xBB\xBF") + firstLine +
                            "\r\n{\"note\":\"later versions say more\"}\n[1,2]\n7\n"
                            "{\"attempt\":1,\"proxy\":{\"host\":\"x\"}}\n"
                            "{\"chunk\":{\"at_us\":1,\"text\":\"a\",\"colour\":\"blue\"}}\n"
                            "{\"end\":{\"at_us\":2,\"reason\":\"melted\"}}";
    const Result<Recording> read = readRecording(text);
    QVERIFY(read);
    QCOMPARE(read->attempts.size(), size_t(1));
    QCOMPARE(read->attempts[0].body(), "a");
    QCOMPARE(read->attempts[0].ending->reason, EndReason::OtherFailure);
}

void TestRecording::linesWithoutAnAttempt_beginOne() {
    const Result<Recording> read = readRecording(
        QByteArray(firstLine) + "{\"headers\":{\"status\":200}}\n{\"chunk\":{\"text\":\"x\"}}\n");
    QVERIFY(read);
    QCOMPARE(read->attempts.size(), size_t(1));
    QCOMPARE(read->attempts[0].status, 200);
    QVERIFY(!read->attempts[0].headersAt);
    QCOMPARE(read->attempts[0].body(), "x");
}

void TestRecording::aNewerVersion_isRefused() {
    QCOMPARE(errorOf("{\"lavascope_recording\":2}\n"), QStringLiteral("recording_version"));
    QCOMPARE(errorOf("{\"lavascope_recording\":0}\n"), QStringLiteral("recording_invalid"));
    QCOMPARE(errorOf("{\"lavascope_recording\":\"1\"}\n"), QStringLiteral("recording_invalid"));
    QCOMPARE(errorOf("{\"lavascope_recording\":1}\n"), QString());
}

void TestRecording::hostileLines_areRefused_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no json") << QByteArray("hello");
    QTest::newRow("nul") << QByteArray("\0", 1);
    QTest::newRow("negative time") << QByteArray(R"({"chunk":{"at_us":-1,"text":"x"}})");
    QTest::newRow("time beyond all") << QByteArray(R"({"chunk":{"at_us":99999999999999999999,"text":"x"}})");
    QTest::newRow("time 1e300") << QByteArray(R"({"end":{"at_us":1e300,"reason":"finished"}})");
    QTest::newRow("time in words") << QByteArray(R"({"chunk":{"at_us":"soon","text":"x"}})");
    QTest::newRow("text that is none") << QByteArray(R"({"chunk":{"at_us":1,"text":{}}})");
    QTest::newRow("broken base64") << QByteArray(R"({"chunk":{"at_us":1,"base64":"A*=="}})");
    QTest::newRow("base64 that is no text") << QByteArray(R"({"chunk":{"at_us":1,"base64":5}})");
    QTest::newRow("status beyond all") << QByteArray(R"({"headers":{"status":4000000000}})");
    QTest::newRow("negative status") << QByteArray(R"({"headers":{"status":-200}})");
    QTest::newRow("headers that are a text") << QByteArray(R"({"headers":{"status":200,"headers":[["a"]]}})");
    QTest::newRow("headers as an object") << QByteArray(R"({"headers":{"status":200,"headers":{"a":"b"}}})");
    QTest::newRow("header base64") << QByteArray(R"({"headers":{"headers":[["*","*","base64"]]}})");
    QTest::newRow("negative wait") << QByteArray(R"({"attempt":1,"waited_ms":-5})");
    QTest::newRow("sent too often") << QByteArray(R"({"end":{"times_sent":2147483648}})");
}

void TestRecording::hostileLines_areRefused() {
    QFETCH(QByteArray, line);
    QCOMPARE(errorOf(firstLine + line + '\n'), QStringLiteral("recording_invalid"));
}

void TestRecording::anInvalidLine_isNamed() {
    const Result<Recording> read =
        readRecording(QByteArray(firstLine) + "\n{\"chunk\":{\"at_us\":-1}}\n{\"attempt\":1}\n");
    QVERIFY(!read);
    QVERIFY2(read.error().message.contains(QStringLiteral("Line 3")), qPrintable(read.error().message));
    QCOMPARE(read.error().offset, qint64(strlen(firstLine) + 1 + strlen("{\"chunk\":{\"at_us\":")));
}

void TestRecording::looksLikeRecording_asksTheFirstMember_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("looks");
    QTest::newRow("written") << written(twoAttempts()) << true;
    QTest::newRow("blanks") << QByteArray(" \n{ \"lavascope_recording\" : 1}") << true;
    QTest::newRow("mark") << QByteArray("\xEF\xBB\xBF{\"lavascope_recording\":1}") << true;
    QTest::newRow("newer") << QByteArray("{\"lavascope_recording\":9}") << true;
    QTest::newRow("sse") << QByteArray("data: {\"lavascope_recording\":1}") << false;
    QTest::newRow("other json") << QByteArray("{\"a\":\"lavascope_recording\"}") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestRecording::looksLikeRecording_asksTheFirstMember() {
    QFETCH(QByteArray, text);
    QTEST(looksLikeRecording(text), "looks");
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
