// SPDX-License-Identifier: MIT
// What becomes of a whole call when the answer is broken: the verdict, the sentence, whose fault it is and
// whether to try again, what is kept, and that it was asked once.
#include "session/run_peer.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mebi = 1024 * 1024;

struct Expected {
    std::optional<Verdict> verdict;
    QByteArray reason;
    QString kind; ///< of the diagnosis; empty: the call succeeded
    QByteArray body;
    QByteArray blame = {}; ///< fault and retry of the diagnosis, e.g. `network no`
    QString evidence = {}; ///< a part of one of its lines
};

const QByteArray html = "<!doctype html><html><body><b>no</b></body></html>";
const QByteArray json = R"({"error":{"message":"no","type":"some_error"}})";

bool isSilent(const FaultScript& script) {
    return std::any_of(script.begin(), script.end(), [](const FaultStep& step) {
        return step.kind == FaultStep::Kind::Hang || step.kind == FaultStep::Kind::Drip;
    });
}

QByteArray redirectTo(const QByteArray& location) {
    return counted("302 Found", "Location: " + location + "\r\n", "gone");
}

} // namespace

Q_DECLARE_METATYPE(FaultScript)
Q_DECLARE_METATYPE(Expected)

class TestRunFaults : public QObject {
    Q_OBJECT

private:
    using Row = std::function<void(const QByteArray& name, const FaultScript&, const Expected&)>;
    static void addUnanswered(const Row& row);
    static void addBrokenOff(const Row& row);
    static void addWhole(const Row& row);
    static void addUnreadable(const Row& row);
    static void addStatuses(const Row& row);
    static void addOtherThings(const Row& row);

    Workbench m_workbench;

private Q_SLOTS:
    void answer_isToldAndAskedForOnce_data();
    void answer_isToldAndAskedForOnce();
    void slowDrip_isNotTakenForSilence();
    void retriesWished_neverRepeatWhatMayBeBilled_data();
    void retriesWished_neverRepeatWhatMayBeBilled();
    void wishBeyondTheCap_isLeftToThePerson();
    void redirect_isShownAndNotFollowed();
    void redirectLoop_isAskedOnce();
    void serverThatKeepsTheConnection_isLeftAfterTheEndMark();
    void secretAtTheEndOfABeginning_isMaskedBeforeItIsCut();
};

void TestRunFaults::secretAtTheEndOfABeginning_isMaskedBeforeItIsCut() {
    const QByteArray shapeless = "correct horse battery staple";
    constexpr qsizetype kept = 200;
    constexpr qsizetype inside = 12; // bytes of the secret in front of the cut
    const QByteArray body = QByteArray(kept - inside, 'x') + shapeless + QByteArray(500, 'y');
    FaultServer peer({say(counted("500 Internal Server Error", "", body)), fin()});
    Workbench workbench;
    RequestDraft draft = draftTo(peer);
    draft.token.providerKey = Secret(shapeless);
    const auto run = startRun(workbench, draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    const QByteArray shown = run->redactedBeginnings(kept).attempts.at(0).body();
    QCOMPARE(shown.size(), kept);
    QVERIFY2(!shown.contains(shapeless.first(6)), shown.constData());
}

void TestRunFaults::answer_isToldAndAskedForOnce_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<Expected>("expected");
    const Row row = [](const QByteArray& name, const FaultScript& script, const Expected& expected) {
        QTest::newRow(name.constData()) << script << expected;
    };
    addUnanswered(row);
    addBrokenOff(row);
    addWhole(row);
    addUnreadable(row);
    addStatuses(row);
    addOtherThings(row);
}

void TestRunFaults::addUnanswered(const Row& row) {
    const Expected nothing{Verdict::CutOff, "no_answer", QStringLiteral("no_answer"), {}, "unknown backoff"};
    const Expected late{
        Verdict::CutOff, "first_byte_timeout", QStringLiteral("no_answer_in_time"), {}, "unknown backoff"};
    row("4 closes before status", {fin()}, nothing);
    row("5 resets before status", {reset()}, nothing);
    row("5 resets inside headers", {say(openHead), reset()}, nothing);
    row("18 never answers", {hang()}, late);
    row("15 headers drop by drop", {say("HTTP/1.1 200 OK\r\n"), drip("X: y\r\n", 90, 20ms), hang()}, late);
}

void TestRunFaults::addBrokenOff(const Row& row) {
    const auto cut = [&](const QByteArray& reason, const QByteArray& body) {
        return Expected{Verdict::CutOff, reason, QStringLiteral("cut_off"), body, "unknown backoff"};
    };
    const QByteArray long1000 = openHead + "Content-Length: 1000\r\n\r\n";
    row("5 resets after the headers", {say(long1000), gate(), reset()}, cut("cut_off", {}));
    row("8 content-length, FIN", {say(long1000 + word), fin()}, cut("cut_off", word));
    row("8 content-length, reset", {say(long1000 + word), gate(), reset()}, cut("cut_off", word));
    row("8 content-length, too short", {say(openHead + "Content-Length: 20\r\n\r\n" + word + stop + done)},
        cut("finished", word.first(20)));
    // Qt does not always see that a chunked answer lacks its last chunk: the verdict does not rest on it.
    row("9 chunked, FIN", {say(chunkedHead + asChunk(word)), fin()}, cut({}, word));
    row("9 chunked, reset", {say(chunkedHead + asChunk(word)), gate(), reset()}, cut({}, word));
    row("9 inside a chunk, FIN", {say(chunkedHead + "fff\r\n" + word), fin()}, cut({}, word));
    row("9 inside a chunk, reset", {say(chunkedHead + "fff\r\n" + word), gate(), reset()}, cut({}, word));
    const QByteArray halfCharacter =
        word + R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"caf)" +
        "\xC3";
    row("10 inside a character, FIN", {say(openHead + "\r\n" + halfCharacter), fin()},
        cut("finished", halfCharacter));
    row("10 inside a character, reset", {say(long1000 + halfCharacter), gate(), reset()},
        cut("cut_off", halfCharacter));
    row("10 close-delimited, inside an event", {say(openHead + "\r\n" + word + "data: {\"n"), fin()},
        cut("finished", word + "data: {\"n"));
    row("10 close-delimited, between events", {say(openHead + "\r\n" + word), fin()}, cut("finished", word));
    for (const char* size : {"zz", "10000000000000000", "100000000"})
        row(QByteArray("12 chunk size ") + size,
            {say(chunkedHead + asChunk(word) + size + "\r\nrest"), fin()}, cut({}, {}));
    row("18 silence after the first event", {say(openHead + "\r\n" + word), hang()},
        {Verdict::CutOff, "idle_timeout", QStringLiteral("idle_timeout"), word, "unknown backoff"});
    row("204 with a body", {say("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), fin()},
        {Verdict::CutOff, "finished", QStringLiteral("empty_answer"), {}, "unknown no"});
    row("nothing with 200", {say(counted("200 OK", {}, {}))}, cut("finished", {}));
}

/// The end mark says so.
void TestRunFaults::addWhole(const Row& row) {
    const QByteArray whole = word + stop + done;
    const Expected complete{Verdict::Complete, "finished", {}, whole};
    row("11 close-delimited", {say(openHead + "\r\n" + whole), fin()}, complete);
    row("11 chunked", {say(chunkedHead + asChunk(whole) + "0\r\n\r\n")}, complete);
    row("11 chunked with a trailer",
        {say(chunkedHead + asChunk(whole) + "0\r\nX-Trailer: late\r\nServer-Timing: x\r\n\r\n")}, complete);
    row("11 reset after the end mark", {say(openHead + "\r\n" + whole), gate(), reset()}, complete);
    row("13 100 first", {say("HTTP/1.1 100 Continue\r\n\r\n" + openHead + "\r\n" + whole), fin()}, complete);
    row("16 content-length and chunked",
        {say(openHead + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + asChunk(whole) +
             "0\r\n\r\n")},
        complete);
    row("16 content-length that is none", {say(openHead + "Content-Length: -1\r\n\r\n" + whole), fin()},
        complete);
    row("16 two lengths",
        {say(openHead + "Content-Length: " + QByteArray::number(whole.size()) +
             "\r\nContent-Length: 5\r\n\r\n" + whole),
         fin()},
        complete);
}

/// It is no HTTP that one could read.
void TestRunFaults::addUnreadable(const Row& row) {
    const QString malformed = QStringLiteral("malformed_answer");
    const Expected lost{{}, "malformed_answer", malformed, {}, "unknown backoff"};
    const Expected interim{{}, "malformed_answer", malformed, {}, "gateway backoff"};
    row("13 interim answer",
        {say("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + counted("200 OK", {}, "x"))}, interim);
    row("13 102 first", {say("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n" + counted("200 OK", {}, "x"))},
        interim);
    Expected withBody = lost;
    withBody.body = "body";
    row("14 bad header name",
        {say("HTTP/1.1 200 OK\r\nBad Header: x\r\nContent-Length: 4\r\n\r\nbody"), hang()}, withBody);
    QByteArray many = openHead;
    for (int i = 0; i < 100'000; ++i)
        many += "X-" + QByteArray::number(i) + ": v\r\n";
    row("14 100,000 headers", {say(many + "\r\n" + word), fin()}, lost);
    row("14 header of 1 MB", {say(openHead + "X-Long: " + QByteArray(mebi, 'x') + "\r\n\r\n" + word), fin()},
        lost);
    row("17 status 999", {say(counted("999 Odd", {}, "x"))}, {{}, "finished", malformed, "x", "unknown no"});
}

/// A status decides, whatever the body is.
void TestRunFaults::addStatuses(const Row& row) {
    const auto isJson = [](const QByteArray& body) { return body == json; };
    for (const auto& [name, body] :
         {std::pair("JSON", json), std::pair("HTML", html), std::pair("nothing", QByteArray()),
          std::pair("invalid UTF-8", QByteArray("\xff\xfe\x80")),
          std::pair("10 MiB", QByteArray(10 * mebi, 'x'))}) {
        const auto answer = [&](const QByteArray& status, const char* kind, const QByteArray& blame) {
            row("27 " + status + " with " + name, {say(counted(status + " No", {}, body))},
                {Verdict::NotAStream, "finished", QString::fromLatin1(kind), body, blame});
        };
        // An error in a provider's form comes from the provider.
        answer("402", isJson(body) ? "provider_no_credit" : "no_credit",
               isJson(body) ? "provider no" : "wallet no");
        answer("429", "rate_limited", isJson(body) ? "provider backoff" : "you backoff");
        answer("529", "overloaded", "provider backoff");
    }
    const QByteArray page = "Content-Type: text/html\r\n";
    row("27 502 with HTML", {say(counted("502 Bad Gateway", page, html))},
        {Verdict::NotAStream, "finished", QStringLiteral("bad_gateway"), html, "unknown backoff"});
    row("27 504 with HTML", {say(counted("504 Gateway Timeout", page, html))},
        {Verdict::NotAStream, "finished", QStringLiteral("proxy_page"), html, "network backoff"});
}

void TestRunFaults::addOtherThings(const Row& row) {
    const QByteArray page = "Content-Type: text/html\r\n";
    row("web page with 200", {say(counted("200 OK", page, html))},
        {Verdict::NotAStream, "finished", QStringLiteral("html_instead_of_answer"), html, "network no"});
    const QByteArray signIn = "<html><title>Free WiFi</title><body>Sign in to use the WiFi.</body></html>";
    const Expected portal{{}, "finished", QStringLiteral("captive_portal"), {}, "network no"};
    row("captive portal, 200", {say(counted("200 OK", page, signIn))}, portal);
    row("captive portal, 302", {say(redirectTo("http://login.hotel.example/start"))}, portal);
    row("captive portal, private address", {say(redirectTo("http://192.168.4.1/"))}, portal);
    row("captive portal, 511", {say(counted("511 Network Authentication Required", page, signIn))}, portal);
    row("no captive portal, 302", {say(redirectTo("https://www.lava.so/login"))},
        {{}, "finished", QStringLiteral("redirected"), "gone", "you no"});
    const QByteArray packed = QByteArray::fromHex("1f8b08000000000000034b494c4954");
    row("22 gzip, broken off",
        {say(openHead + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n" + packed), fin()},
        {{}, "cut_off", QStringLiteral("cut_off"), packed, "unknown backoff"});
    row("22 gzip, broken off inside its framing",
        {say(counted("200 OK", "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n", packed))},
        {Verdict::NotAStream, "finished", QStringLiteral("not_a_stream"), packed, "unknown no"});
    row("38 error inside a stream",
        {say(openHead + "\r\n" + word +
             "data: {\"error\":{\"message\":\"broke\",\"type\":\"server_error\"}}\n\n"),
         fin()},
        {Verdict::ErrorInStream,
         "finished",
         QStringLiteral("provider_error"),
         {},
         "provider backoff",
         QStringLiteral("broke")});
}

void TestRunFaults::answer_isToldAndAskedForOnce() {
    QFETCH(FaultScript, script);
    QFETCH(Expected, expected);
    FaultServer peer(script);
    const RequestDraft draft = draftTo(peer);
    const auto run = startRun(m_workbench, draft, isSilent(script) ? impatientOptions() : SendOptions());
    QSignalSpy finished(run.get(), &Run::finished);
    if (script.size() > 1 && script.at(1).kind == FaultStep::Kind::Gate) {
        QTRY_COMPARE(run->state(), Run::State::Receiving);
        QTRY_COMPARE(run->recording().attempts[0].bodySize(), expected.body.size());
        peer.openGate();
    }
    QVERIFY(!finished.isEmpty() || finished.wait(runPatience));
    peer.settle();

    QCOMPARE(finished.size(), 1);
    QCOMPARE(run->recording().attempts.size(), size_t(1));
    const Attempt& attempt = run->recording().attempts[0];
    if (!expected.reason.isEmpty())
        QCOMPARE(QByteArray(endReasonName(attempt.ending->reason)), expected.reason);
    if (expected.verdict)
        QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(*expected.verdict));
    if (attempt.status == 204)
        QCOMPARE(attempt.body(), QByteArray());
    if (!expected.body.isEmpty())
        QCOMPARE(attempt.body(), expected.body);
    QCOMPARE(run->succeeded(), expected.kind.isEmpty());
    if (attempt.body().contains("Hello"))
        QCOMPARE(run->reader().transcript().first().text, QStringLiteral("Hello"));
    if (const auto& diagnosis = run->diagnosis()) {
        QCOMPARE(diagnosis->kind, expected.kind);
        QCOMPARE(QByteArray(faultName(diagnosis->fault)) + ' ' + retryName(diagnosis->retry), expected.blame);
        QVERIFY(!diagnosis->title.isEmpty());
        QVERIFY(diagnosis->cause.endsWith(QLatin1Char('.')));
        QVERIFY(!diagnosis->steps.isEmpty());
        QVERIFY(diagnosis->evidence.join(QLatin1Char('\n')).contains(expected.evidence));
        QVERIFY(!diagnosis->evidence.join(QLatin1Char('\n')).contains(QString::fromLatin1(runKey)));
    }
    QCOMPARE(attempt.ending->timesSent, 1);
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(run->recording().request.body, draft.body);
}

void TestRunFaults::slowDrip_isNotTakenForSilence() {
    // All of it takes longer than the limit, each pause much less.
    FaultServer peer({say(openHead + "\r\n" + word), drip(":\n", 20, 50ms), say(stop + done), fin()});
    SendOptions options;
    options.idleLimit = 800ms;
    const auto run = startRun(m_workbench, draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QVERIFY(run->succeeded());
    QVERIFY(run->recording().attempts[0].ending->at > options.idleLimit);
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::retriesWished_neverRepeatWhatMayBeBilled_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::newRow("closes before status") << FaultScript{fin()};
    QTest::newRow("resets before status") << FaultScript{reset()};
    QTest::newRow("never answers") << FaultScript{hang()};
    QTest::newRow("cut off") << FaultScript{say(openHead + "\r\n" + word), fin()};
    QTest::newRow("falls silent") << FaultScript{say(openHead + "\r\n" + word), hang()};
    // Whoever gave up waiting does not know what the server behind went on to do.
    for (const QByteArray status : {"408 Request Timeout", "504 Gateway Timeout", "524 A Timeout Occurred"})
        QTest::newRow(status.constData()) << FaultScript{say(counted(status, {}, "{}"))};
    QTest::newRow("error inside a stream")
        << FaultScript{say(openHead + "\r\n" + word +
                           "data: {\"error\":{\"message\":\"x\",\"type\":\"overloaded_error\"}}\n\n"),
                       fin()};
}

void TestRunFaults::retriesWished_neverRepeatWhatMayBeBilled() {
    QFETCH(FaultScript, script);
    FaultServer peer(script);
    SendOptions options = impatientOptions();
    options.retry.maxRetries = 3;
    options.retry.base = 1ms;
    const auto run = startRun(m_workbench, draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QCOMPARE(run->recording().attempts.size(), size_t(1));
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::wishBeyondTheCap_isLeftToThePerson() {
    FaultServer peer({say(counted("429 Too Many Requests", "Retry-After: 9000\r\n", "{}"))});
    SendOptions options = impatientOptions();
    options.retry.maxRetries = 3;
    const auto run = startRun(m_workbench, draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    const QSignalSpy waiting(run.get(), &Run::waiting);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QCOMPARE(waiting.size(), 0);
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(run->diagnosis()->retry, Retry::After);
    QCOMPARE(run->diagnosis()->retryAfter, 9'000'000ms);
}

void TestRunFaults::redirect_isShownAndNotFollowed() {
    for (const QByteArray status : {"301", "302", "303", "307", "308"}) {
        FaultServer other({say(counted("200 OK", {}, "stolen"))});
        const QByteArray location = "http://localhost:" + QByteArray::number(other.port()) + "/elsewhere";
        FaultServer peer({say(counted(status + " Moved", "Location: " + location + "\r\n", "gone"))});
        const auto run = startRun(m_workbench, draftTo(peer));
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(runPatience));
        peer.settle();
        other.settle();
        QCOMPARE(run->diagnosis()->kind, QStringLiteral("redirected"));
        QCOMPARE(run->diagnosis()->fault, Fault::You);
        QCOMPARE(run->diagnosis()->retry, Retry::No);
        QVERIFY(run->diagnosis()->evidence.join(QLatin1Char('\n')).contains(QString::fromLatin1(location)));
        QCOMPARE(run->recording().attempts[0].body(), "gone");
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(other.connections(), 0);
    }
}

void TestRunFaults::redirectLoop_isAskedOnce() {
    FaultServer peer({say(redirectTo("/v1/forward"))});
    const auto run = startRun(m_workbench, draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    peer.settle();
    QCOMPARE(run->diagnosis()->kind, QStringLiteral("redirected"));
    QCOMPARE(run->diagnosis()->fault, Fault::You);
    QCOMPARE(run->diagnosis()->retry, Retry::No);
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::serverThatKeepsTheConnection_isLeftAfterTheEndMark() {
    FaultServer peer({say(openHead + "\r\n" + word + stop + done), hang()});
    const auto run = startRun(m_workbench, draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(runPatience));
    QVERIFY(run->succeeded());
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::Finished);
    QVERIFY(run->recording().attempts[0].ending->detail.contains(QStringLiteral("closed from here")));
    QTRY_COMPARE(peer.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestRunFaults)
#include "tst_run_faults.moc"
