// SPDX-License-Identifier: MIT
// What becomes of a whole call when the gateway is broken: the verdict, the sentence, what is kept, and that
// it was asked once.
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;
constexpr qint64 mebi = 1024 * 1024;
const QByteArray key = "aks_test_run_0000_CANARY";
const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
const QByteArray chunkedHead = openHead + "Transfer-Encoding: chunked\r\n\r\n";
const QByteArray word =
    R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hello"}}]})"
    "\n\n";
const QByteArray stop =
    R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
    "\n\n";
const QByteArray done = "data: [DONE]\n\n";

QByteArray asChunk(const QByteArray& bytes) {
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray counted(const QByteArray& statusLine, const QByteArray& fields, const QByteArray& body) {
    return "HTTP/1.1 " + statusLine + "\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

struct Expected {
    std::optional<Verdict> verdict;
    QByteArray reason;
    QString kind; ///< of the diagnosis; empty: the call succeeded
    QByteArray body;
    QString evidence; ///< a part of one of its lines
};

} // namespace

Q_DECLARE_METATYPE(FaultScript)
Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Headers)

class TestRunFaults : public QObject {
    Q_OBJECT

private:
    static RequestDraft draftTo(const QByteArray& gateway) {
        RequestDraft made;
        made.gateway = gateway;
        made.providerUrl = "https://api.openai.com/v1/chat/completions";
        made.token.secretKey = Secret(key);
        made.body = R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        return made;
    }
    static RequestDraft draftTo(const FaultServer& peer) {
        return draftTo("http://127.0.0.1:" + QByteArray::number(peer.port()));
    }
    std::unique_ptr<Run> send(const RequestDraft& draft, const SendOptions& options = {}) {
        auto run = m_workbench.send(draft, options);
        if (!run)
            qFatal("%s", qPrintable(run.error().message));
        return *std::move(run);
    }
    static SendOptions impatient() {
        SendOptions options;
        options.firstByteLimit = 200ms;
        options.idleLimit = 200ms;
        return options;
    }

    Workbench m_workbench;

private Q_SLOTS:
    void answer_isToldAndAskedForOnce_data();
    void answer_isToldAndAskedForOnce();
    void retriesWished_neverRepeatWhatMayBeBilled_data();
    void retriesWished_neverRepeatWhatMayBeBilled();
    void wishBeyondTheCap_isLeftToThePerson();
    void credential_isLookedAtAsItWasSent_data();
    void credential_isLookedAtAsItWasSent();
    void redirect_isShownAndNotFollowed();
    void serverThatKeepsTheConnection_isLeftAfterTheEndMark();

    void millionSmallEvents_leaveEveryTurnToTheWindow();
    void endlessAnswer_endsAtWhatIsKept();
    void endlessComments_endAtWhatIsKept();
    void stopInsideFlood_endsAtOnceAndReadsAllThatCame();

    void requestBody_arrivesByteForByteAndIsKept_data();
    void requestBody_arrivesByteForByteAndIsKept();
    void unusableDraft_reachesNobody_data();
    void unusableDraft_reachesNobody();
    void requestThatTheTransportRefuses_endsWithItsSentence();
    void sandboxOnATakenPort_namesThePort();
};

void TestRunFaults::answer_isToldAndAskedForOnce_data() {
    QTest::addColumn<FaultScript>("script");
    QTest::addColumn<Expected>("expected");
    const auto row = [](const QByteArray& name, const FaultScript& script, const Expected& expected) {
        QTest::newRow(name.constData()) << script << expected;
    };
    const auto cut = [&](const QByteArray& reason, const QByteArray& body) {
        return Expected{Verdict::CutOff, reason, QStringLiteral("cut_off"), body, {}};
    };
    const QString noAnswer = QStringLiteral("no_answer");

    // Nothing came.
    row("4 closes before status", {fin()}, {Verdict::CutOff, "no_answer", noAnswer, {}, {}});
    row("5 resets before status", {reset()}, {Verdict::CutOff, "no_answer", noAnswer, {}, {}});
    row("5 resets inside headers", {say(openHead), reset()},
        {Verdict::CutOff, "no_answer", noAnswer, {}, {}});
    row("18 never answers", {hang()},
        {Verdict::CutOff, "first_byte_timeout", QStringLiteral("no_answer_in_time"), {}, {}});

    // It broke off, and what came is there.
    row("8 content-length, FIN", {say(openHead + "Content-Length: 1000\r\n\r\n" + word), fin()},
        cut("cut_off", word));
    row("8 content-length, reset", {say(openHead + "Content-Length: 1000\r\n\r\n" + word), gate(), reset()},
        cut("cut_off", word));
    // Qt does not always see that a chunked answer lacks its last chunk: the verdict does not rest on it.
    row("9 chunked, FIN", {say(chunkedHead + asChunk(word)), fin()}, cut({}, word));
    row("9 chunked, reset", {say(chunkedHead + asChunk(word)), gate(), reset()}, cut({}, word));
    row("10 close-delimited, inside an event", {say(openHead + "\r\n" + word + "data: {\"n"), fin()},
        cut("finished", word + "data: {\"n"));
    row("10 close-delimited, between events", {say(openHead + "\r\n" + word), fin()}, cut("finished", word));
    for (const char* size : {"zz", "10000000000000000", "100000000"})
        row(QByteArray("12 chunk size ") + size,
            {say(chunkedHead + asChunk(word) + size + "\r\nrest"), fin()}, cut({}, {}));
    row("18 silence after the first event", {say(openHead + "\r\n" + word), hang()},
        {Verdict::CutOff, "idle_timeout", QStringLiteral("idle_timeout"), word, {}});

    // It is whole: the end mark says so.
    const QByteArray whole = word + stop + done;
    const Expected complete{Verdict::Complete, "finished", {}, whole, {}};
    row("11 close-delimited", {say(openHead + "\r\n" + whole), fin()}, complete);
    row("11 chunked", {say(chunkedHead + asChunk(whole) + "0\r\n\r\n")}, complete);
    row("16 content-length and chunked",
        {say(openHead + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + asChunk(whole) +
             "0\r\n\r\n")},
        complete);
    row("16 content-length that is none", {say(openHead + "Content-Length: -1\r\n\r\n" + whole), fin()},
        complete);

    // It is no HTTP that one could read.
    const QString malformed = QStringLiteral("malformed_answer");
    row("13 interim answer",
        {say("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + counted("200 OK", {}, "x"))},
        {{}, "malformed_answer", malformed, {}, {}});
    row("14 bad header name",
        {say("HTTP/1.1 200 OK\r\nBad Header: x\r\nContent-Length: 4\r\n\r\nbody"), hang()},
        {{}, "malformed_answer", malformed, "body", {}});
    row("17 status 999", {say(counted("999 Odd", {}, "x"))}, {{}, "finished", malformed, "x", {}});

    // A status decides, whatever the body is.
    const QByteArray html = "<!doctype html><html><body><b>no</b></body></html>";
    const QByteArray json = R"({"error":{"message":"no","type":"some_error"}})";
    const auto kindOf = [&](const QByteArray& status, const QByteArray& body) {
        if (status == "402") // an error in a provider's form comes from the provider
            return body == json ? QStringLiteral("provider_no_credit") : QStringLiteral("no_credit");
        return status == "429" ? QStringLiteral("rate_limited") : QStringLiteral("overloaded");
    };
    for (const auto& [status, kind] :
         {std::pair("402", "no_credit"), std::pair("429", "rate_limited"), std::pair("529", "overloaded")})
        for (const auto& [name, body] :
             {std::pair("JSON", json), std::pair("HTML", html), std::pair("nothing", QByteArray()),
              std::pair("invalid UTF-8", QByteArray("\xff\xfe\x80")),
              std::pair("10 MiB", QByteArray(10 * mebi, 'x'))})
            row(QByteArray("27 ") + status + " with " + name,
                {say(counted(QByteArray(status) + " No", {}, body))},
                {Verdict::NotAStream, "finished", kindOf(status, body), body, {}});
    row("web page with 200", {say(counted("200 OK", "Content-Type: text/html\r\n", html))},
        {Verdict::NotAStream, "finished", QStringLiteral("html_instead_of_answer"), html, {}});
    row("nothing with 200", {say(counted("200 OK", {}, {}))},
        {Verdict::CutOff, "finished", QStringLiteral("cut_off"), {}, {}});
    row("38 error inside a stream",
        {say(openHead + "\r\n" + word +
             "data: {\"error\":{\"message\":\"broke\",\"type\":\"server_error\"}}\n\n"),
         fin()},
        {Verdict::ErrorInStream, "finished", QStringLiteral("provider_error"), {}, QStringLiteral("broke")});
}

void TestRunFaults::answer_isToldAndAskedForOnce() {
    QFETCH(FaultScript, script);
    QFETCH(Expected, expected);
    FaultServer peer(script);
    const RequestDraft draft = draftTo(peer);
    const auto run = send(draft, impatient());
    QSignalSpy finished(run.get(), &Run::finished);
    if (script.size() > 1 && script.at(1).kind == FaultStep::Kind::Gate) {
        QTRY_COMPARE(run->recording().attempts.empty() ? 0 : run->recording().attempts[0].bodySize(),
                     expected.body.size());
        peer.openGate();
    }
    QVERIFY(!finished.isEmpty() || finished.wait(patience));
    peer.settle();

    QCOMPARE(finished.size(), 1);
    QCOMPARE(run->recording().attempts.size(), size_t(1));
    const Attempt& attempt = run->recording().attempts[0];
    if (!expected.reason.isEmpty())
        QCOMPARE(QByteArray(endReasonName(attempt.ending->reason)), expected.reason);
    if (expected.verdict)
        QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(*expected.verdict));
    if (!expected.body.isEmpty())
        QCOMPARE(attempt.body(), expected.body);
    QCOMPARE(run->succeeded(), expected.kind.isEmpty());
    if (attempt.body().contains("Hello"))
        QCOMPARE(run->reader().transcript().first().text, QStringLiteral("Hello"));
    if (const auto& diagnosis = run->diagnosis()) {
        QCOMPARE(diagnosis->kind, expected.kind);
        QVERIFY(!diagnosis->title.isEmpty());
        QVERIFY(diagnosis->cause.endsWith(QLatin1Char('.')));
        QVERIFY(!diagnosis->steps.isEmpty());
        QVERIFY(diagnosis->evidence.join(QLatin1Char('\n')).contains(expected.evidence));
        QVERIFY(!diagnosis->evidence.join(QLatin1Char('\n')).contains(QString::fromLatin1(key)));
    }
    QCOMPARE(attempt.ending->timesSent, 1);
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(run->recording().request.body, draft.body);
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
    SendOptions options = impatient();
    options.retry.maxRetries = 3;
    options.retry.base = 1ms;
    const auto run = send(draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(patience));
    peer.settle();
    QCOMPARE(run->recording().attempts.size(), size_t(1));
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::wishBeyondTheCap_isLeftToThePerson() {
    FaultServer peer({say(counted("429 Too Many Requests", "Retry-After: 9000\r\n", "{}"))});
    SendOptions options = impatient();
    options.retry.maxRetries = 3;
    const auto run = send(draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    const QSignalSpy waiting(run.get(), &Run::waiting);
    QVERIFY(finished.wait(patience));
    peer.settle();
    QCOMPARE(waiting.size(), 0);
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(run->diagnosis()->retry, Retry::After);
    QCOMPARE(run->diagnosis()->retryAfter, 9'000'000ms);
}

void TestRunFaults::credential_isLookedAtAsItWasSent_data() {
    QTest::addColumn<Headers>("fields");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char* name, const Headers& fields, const char* rule) {
        QTest::newRow(name) << fields << QString::fromLatin1(rule);
    };
    row("token", {}, "live-key-at-sandbox");
    row("nothing behind Bearer", {{"Authorization", "Bearer"}}, "no-credential");
    row("empty header", {{"Authorization", ""}}, "no-credential");
    row("no Bearer", {{"Authorization", "aks_live_run_0000_CANARY"}}, "bearer-missing");
    row("Bearer in small letters", {{"Authorization", "bearer aks_live_run_0000_CANARY"}},
        "live-key-at-sandbox");
    row("Bearer twice", {{"Authorization", "Bearer Bearer aks_live_run_0000_CANARY"}},
        "credential-in-wrapping");
    row("key of a provider", {{"Authorization", "Bearer sk-proj-EXAMPLEnotARealKey0000"}},
        "provider-key-instead-of-token");
    row("key of a provider in its own header", {{"x-api-key", "sk-ant-EXAMPLEnotARealKey0000"}},
        "provider-key-instead-of-token");
    row("token in another header", {{"x-api-key", "aks_live_run_0000_CANARY"}}, "live-key-at-sandbox");
}

void TestRunFaults::credential_isLookedAtAsItWasSent() {
    QFETCH(Headers, fields);
    QFETCH(QString, rule);
    FaultServer peer({say(counted("401 Unauthorized", {}, "{}"))});
    RequestDraft draft = draftTo(peer);
    draft.token.secretKey = Secret("aks_live_run_0000_CANARY");
    draft.headers = fields;
    const auto run = send(draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(patience));
    QCOMPARE(run->diagnosis()->rule, rule);
}

void TestRunFaults::redirect_isShownAndNotFollowed() {
    for (const QByteArray status : {"301", "302", "303", "307", "308"}) {
        FaultServer other({say(counted("200 OK", {}, "stolen"))});
        const QByteArray location = "http://localhost:" + QByteArray::number(other.port()) + "/elsewhere";
        FaultServer peer({say(counted(status + " Moved", "Location: " + location + "\r\n", "gone"))});
        const auto run = send(draftTo(peer));
        QSignalSpy finished(run.get(), &Run::finished);
        QVERIFY(finished.wait(patience));
        peer.settle();
        other.settle();
        QCOMPARE(run->diagnosis()->kind, QStringLiteral("redirected"));
        QVERIFY(run->diagnosis()->evidence.join(QLatin1Char('\n')).contains(QString::fromLatin1(location)));
        QCOMPARE(run->recording().attempts[0].body(), "gone");
        QCOMPARE(peer.requests(), 1);
        QCOMPARE(other.connections(), 0);
    }
}

void TestRunFaults::serverThatKeepsTheConnection_isLeftAfterTheEndMark() {
    FaultServer peer({say(openHead + "\r\n" + word + stop + done), hang()});
    const auto run = send(draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(patience));
    QVERIFY(run->succeeded());
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::Finished);
    QVERIFY(run->recording().attempts[0].ending->detail.contains(QStringLiteral("closed from here")));
    QTRY_COMPARE(peer.openConnections(), 0);
}

void TestRunFaults::millionSmallEvents_leaveEveryTurnToTheWindow() {
    constexpr qint64 perPiece = 10'000;
    constexpr qint64 pieces = 100;
    FaultServer peer({say(openHead + "\r\n" + word),
                      flood(QByteArray("data: {}\n\n").repeated(perPiece), pieces), say(stop + done), fin()});
    const auto run = send(draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    // What a window does between two steps of the reading.
    int turns = 0;
    QTimer window;
    connect(&window, &QTimer::timeout, this, [&] { ++turns; });
    window.start(0);
    int steps = 0;
    int stepsInOneTurn = 0;
    int turnsBefore = -1;
    qint64 mostWaiting = 0;
    qint64 mostInBetween = 0;
    connect(run.get(), &Run::changed, this, [&] {
        ++steps;
        stepsInOneTurn += std::exchange(turnsBefore, turns) == turns;
        const qint64 kept = run->recording().attempts[0].bodySize();
        mostWaiting = std::max(mostWaiting, kept - run->reader().timeline().bytes);
        mostInBetween = std::max(mostInBetween, peer.bytesSent() - kept);
    });
    QVERIFY(finished.wait(4 * patience));
    QVERIFY(run->succeeded());
    QCOMPARE(run->reader().transcript().events, perPiece * pieces + 3);
    QCOMPARE(run->reader().timeline().bytes, run->recording().attempts[0].bodySize());
    QVERIFY2(steps > 20, QByteArray::number(steps).constData());
    QVERIFY2(stepsInOneTurn * 20 < steps, QByteArray::number(stepsInOneTurn).constData());
    // The peer waits for the reading, so a Stop finds little that is not read.
    QVERIFY2(mostWaiting < 3 * mebi, QByteArray::number(mostWaiting).constData());
    QVERIFY2(mostInBetween < 24 * mebi, QByteArray::number(mostInBetween).constData());
}

void TestRunFaults::endlessAnswer_endsAtWhatIsKept() {
    const QByteArray event = "data: {\"x\":\"" + QByteArray(4000, 'x') + "\"}\n\n";
    FaultServer peer(
        {say(openHead + "\r\n" + word), flood(event, qint64(2048) * mebi / event.size()), fin()});
    SendOptions options;
    options.limits.largest = 64 * mebi;
    options.limits.inMemory = 16 * mebi;
    const auto run = send(draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(4 * patience));
    const Attempt& attempt = run->recording().attempts[0];
    QCOMPARE(attempt.ending->reason, EndReason::TooLarge);
    QVERIFY(attempt.ending->detail.contains(QStringLiteral("64 MiB")));
    QVERIFY(run->diagnosis()->cause.contains(QStringLiteral("64 MiB")));
    QVERIFY(run->diagnosis()->mayHaveBeenBilled);
    QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(Verdict::CutOff));
    QVERIFY(attempt.bodySize() > 64 * mebi);
    QVERIFY2(attempt.bodySize() < 65 * mebi, QByteArray::number(attempt.bodySize()).constData());
    QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::endlessComments_endAtWhatIsKept() {
    FaultServer peer({say(openHead + "\r\n"), flood(QByteArray(":\n").repeated(32 * 1024), 1 << 20), fin()});
    SendOptions options;
    options.limits.mostEvents = 1'500'000;
    const auto run = send(draftTo(peer), options);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(4 * patience));
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::TooLarge);
    QVERIFY(run->reader().eventCount() > 1'500'000);
    QVERIFY2(run->reader().eventCount() < 3'500'000,
             QByteArray::number(run->reader().eventCount()).constData());
    QTRY_COMPARE(peer.openConnections(), 0);
}

void TestRunFaults::stopInsideFlood_endsAtOnceAndReadsAllThatCame() {
    FaultServer peer(
        {say(openHead + "\r\n" + word), flood(QByteArray("data: {}\n\n").repeated(6400), 1 << 20)});
    const auto run = send(draftTo(peer));
    QSignalSpy finished(run.get(), &Run::finished);
    QTRY_VERIFY(run->reader().transcript().events > 1000);
    const qint64 before = run->recording().attempts[0].bodySize();
    run->stop();
    run->stop();
    QVERIFY(finished.wait(patience));
    const Attempt& attempt = run->recording().attempts[0];
    QCOMPARE(attempt.ending->reason, EndReason::StoppedByUser);
    QCOMPARE(verdictName(*run->reader().transcript().verdict), verdictName(Verdict::Stopped));
    QVERIFY(attempt.bodySize() >= before);
    // "At once" is counted in bytes: no more than was on its way.
    QVERIFY2(attempt.bodySize() - before < 4 * mebi,
             QByteArray::number(attempt.bodySize() - before).constData());
    QCOMPARE(run->reader().timeline().bytes, attempt.bodySize());
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
}

void TestRunFaults::requestBody_arrivesByteForByteAndIsKept_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{\"model\": ");
    QTest::newRow("no UTF-8") << QByteArray("{\"model\":\"\xff\xfe\"}\0\x80", 16);
    QTest::newRow("50 MB") << "{\"stream\":true,\"x\":\"" + QByteArray(50'000'000 - 22, 'x') + "\"}";
}

void TestRunFaults::requestBody_arrivesByteForByteAndIsKept() {
    QFETCH(QByteArray, body);
    FaultServer peer({say(openHead + "\r\n" + word + stop + done), fin()});
    RequestDraft draft = draftTo(peer);
    draft.body = body;
    const auto run = send(draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(patience));
    peer.settle();
    QVERIFY(run->succeeded());
    QCOMPARE(peer.requests(), 1);
    const QByteArray arrived = peer.received().value(0);
    QVERIFY(arrived.startsWith("POST /v1/forward?u=https%3A%2F%2Fapi.openai.com%2F"));
    QVERIFY(arrived.sliced(arrived.indexOf("\r\n\r\n") + 4) == body);
    QVERIFY(run->recording().request.body == body);
}

void TestRunFaults::unusableDraft_reachesNobody_data() {
    QTest::addColumn<QByteArray>("gateway"); // empty: the server that counts
    QTest::addColumn<QByteArray>("providerUrl");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    const QByteArray good = "https://api.openai.com/v1/chat/completions";
    const auto to = [&](const char* name, const QByteArray& gateway, const QByteArray& providerUrl) {
        QTest::newRow(name) << gateway << providerUrl << Headers() << QByteArray("{}");
    };
    to("provider: none", {}, {});
    to("provider: no host", {}, "https:///v1");
    to("provider: no scheme", {}, "api.openai.com/v1");
    to("provider: file", {}, "file:///etc/passwd");
    to("gateway: none", "/", good);
    to("gateway: no host", "https://", good);
    to("gateway: plain http elsewhere", "http://gateway.test", good);
    to("gateway: javascript", "javascript:alert(1)", good);
    to("gateway: user", "https://user:pw@127.0.0.1", good);
    to("gateway: backslash", "https://h\\@127.0.0.1", good);
    to("gateway: port", "https://127.0.0.1:99999", good);
    QTest::newRow("line end in a header")
        << QByteArray() << good << Headers{{"X", "a\r\nY: b"}} << QByteArray("{}");
    QTest::newRow("own length") << QByteArray() << good << Headers{{"Content-Length", "1"}}
                                << QByteArray("{}");
    QTest::newRow("body too large") << QByteArray() << good << Headers() << QByteArray(50'000'001, 'x');
}

void TestRunFaults::unusableDraft_reachesNobody() {
    QFETCH(QByteArray, gateway);
    QFETCH(QByteArray, providerUrl);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    FaultServer peer({say(counted("200 OK", {}, "x"))});
    RequestDraft draft = draftTo(peer);
    if (!gateway.isEmpty())
        draft.gateway = gateway;
    draft.providerUrl = providerUrl;
    draft.headers = headers;
    draft.body = body;
    const auto run = m_workbench.send(draft);
    peer.settle();
    QVERIFY(!run);
    QVERIFY(!run.error().code.isEmpty());
    QVERIFY2(run.error().message.endsWith(QLatin1Char('.')), qPrintable(run.error().message));
    QCOMPARE(peer.connections(), 0);
}

void TestRunFaults::requestThatTheTransportRefuses_endsWithItsSentence() {
    FaultServer peer({say(counted("200 OK", {}, "x"))});
    RequestDraft draft = draftTo(peer);
    draft.headers = {{"X-Twice", "1"}, {"x-twice", "2"}};
    const auto run = send(draft);
    QSignalSpy finished(run.get(), &Run::finished);
    QVERIFY(finished.wait(patience));
    peer.settle();
    QCOMPARE(run->recording().attempts[0].ending->reason, EndReason::Refused);
    QCOMPARE(run->recording().attempts[0].ending->timesSent, 0);
    QCOMPARE(run->diagnosis()->kind, QStringLiteral("not_sent"));
    QVERIFY(run->diagnosis()->cause.contains(QStringLiteral("x-twice")));
    QCOMPARE(run->recording().request.body, draft.body);
    QCOMPARE(peer.connections(), 0);
}

void TestRunFaults::sandboxOnATakenPort_namesThePort() {
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    SandboxWish wish;
    wish.port = other.serverPort();
    const Result<quint16> started = m_workbench.sandbox().start(wish);
    QVERIFY(!started);
    QCOMPARE(started.error().code, QStringLiteral("port_in_use"));
    QVERIFY2(started.error().message.contains(QString::number(wish.port)),
             qPrintable(started.error().message));
    QVERIFY(!m_workbench.sandbox().isRunning());
}

QTEST_GUILESS_MAIN(TestRunFaults)
#include "tst_run_faults.moc"
