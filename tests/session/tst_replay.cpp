// SPDX-License-Identifier: MIT
// That a played recording is to its watcher what the call was, and reaches nobody.
#include "core/stream/played_recording.h"
#include "net/manual_clock.h"
#include "session/secret_watch.h"
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QDeadlineTimer>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;
const QString fixtures = QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams/");
const QString expectSuffix = QStringLiteral(".expect.json");

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray bodyBeside(const QString& expectPath) {
    const QFileInfo info(expectPath);
    const QString base = info.fileName().chopped(expectSuffix.size());
    for (const QFileInfo& entry : info.dir().entryInfoList({base + QStringLiteral(".*")}, QDir::Files))
        if (entry.completeBaseName() == base)
            return contentOf(entry.filePath());
    return {};
}

/// A stored answer as the recording of a call that brought it in uneven pieces.
Recording recordingOf(const QJsonObject& about, const QByteArray& body) {
    Attempt attempt;
    attempt.status = about[QStringLiteral("status")].toInt(200);
    const QByteArray type = about[QStringLiteral("content_type")].toString().toUtf8();
    if (attempt.status != 0)
        attempt.headersAt = 40ms;
    if (!type.isEmpty())
        attempt.headers.append("Content-Type", type);
    std::chrono::microseconds at = 41ms;
    qsizetype size = 1;
    for (qsizetype from = 0; from < body.size(); from += size, size = size * 3 % 89 + 1, at += 1700us * size)
        attempt.chunks.push_back({at, body.mid(from, size)});
    const QByteArray reason = about[QStringLiteral("ending")].toString(QStringLiteral("finished")).toUtf8();
    attempt.ending = Ending{endReasonByName(reason).value(), {}, at + 5ms, 1};
    Recording recording;
    recording.startedAtMs = 1'780'000'000'123;
    recording.request.method = "POST";
    recording.request.url = about[QStringLiteral("url")].toString().toUtf8();
    if (about.contains(QStringLiteral("stream_asked")))
        recording.request.body =
            about[QStringLiteral("stream_asked")].toBool() ? R"({"stream":true})" : R"({"stream":false})";
    recording.attempts.push_back(std::move(attempt));
    return recording;
}

bool sameEvents(const StreamReader& a, const StreamReader& b) {
    if (a.eventCount() != b.eventCount())
        return false;
    for (qsizetype i = 0; i < a.eventCount(); ++i) {
        const StreamEvent x = a.event(i);
        const StreamEvent y = b.event(i);
        if (x.kind != y.kind || x.at != y.at || x.gap != y.gap || x.name != y.name || x.data != y.data ||
            x.terminated != y.terminated || x.malformed != y.malformed)
            return false;
    }
    return true;
}

bool sameAttempt(const Attempt& a, const Attempt& b) {
    return a.waited == b.waited && a.status == b.status && a.reason == b.reason && a.headers == b.headers &&
           a.headersAt == b.headersAt && a.ending->reason == b.ending->reason &&
           a.ending->at == b.ending->at &&
           std::equal(a.chunks.begin(), a.chunks.end(), b.chunks.begin(), b.chunks.end(),
                      [](const Chunk& x, const Chunk& y) { return x.at == y.at && x.bytes == y.bytes; });
}

const QByteArray stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"High tide\"}}]}\n\n"
                          "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                          "data: [DONE]\n\n";

Recording goodCall() {
    return recordingOf({{QStringLiteral("url"), QStringLiteral("https://api.openai.com/v1/chat/completions")},
                        {QStringLiteral("content_type"), QStringLiteral("text/event-stream")}},
                       stream);
}

Attempt refusal(int status) {
    Attempt attempt;
    attempt.status = status;
    attempt.headersAt = 20ms;
    attempt.chunks = {{21ms, R"({"error":{"message":"Slow down","code":"rate_limit_exceeded"}})"}};
    attempt.ending = Ending{EndReason::Finished, {}, 22ms, 1};
    return attempt;
}

} // namespace

class TestReplay : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Run> play(const Recording& recording, ReplayPace pace = ReplayPace::atOnce(),
                              const QString& dialect = {}) {
        auto run = m_workbench->replay(recording, pace, dialect, m_clock);
        return run ? *std::move(run) : nullptr;
    }
    static bool isDone(Run& run) {
        QSignalSpy finished(&run, &Run::finished);
        return run.isDone() || finished.wait(patience);
    }
    /// Turns the clock and lets the run read what came.
    void advance(std::chrono::microseconds time) {
        m_clock->advance(time);
        QCoreApplication::processEvents();
    }

    std::unique_ptr<Workbench> m_workbench;
    std::shared_ptr<ManualClock> m_clock; ///< none: the computer's own

private Q_SLOTS:
    void initTestCase() { m_workbench = std::make_unique<Workbench>(); }
    void cleanup() { m_clock.reset(); }
    void cleanupTestCase() { m_workbench.reset(); }

    void everyStoredAnswer_playsToTheReadingOfItsFile_data() {
        QTest::addColumn<QString>("path");
        QDirIterator files(fixtures, {QLatin1Char('*') + expectSuffix}, QDir::Files,
                           QDirIterator::Subdirectories);
        int count = 0;
        for (; files.hasNext(); ++count) {
            const QString path = files.next();
            QTest::newRow(qPrintable(path.sliced(fixtures.size()))) << path;
        }
        QVERIFY(count > 100);
    }
    void everyStoredAnswer_playsToTheReadingOfItsFile() {
        QFETCH(QString, path);
        const QJsonObject about = QJsonDocument::fromJson(contentOf(path)).object();
        const Recording recording = recordingOf(about, bodyBeside(path));
        StreamHints hints = hintsFor(recording.request);
        hints.forcedDialect = about[QStringLiteral("forced")].toString();
        const StreamReader read = readAttempt(recording.attempts[0], hints);
        const auto run = play(recording, ReplayPace::atOnce(), hints.forcedDialect);
        QVERIFY(isDone(*run));
        QVERIFY(run->isReplay());
        QCOMPARE(run->reader().transcript(), read.transcript());
        QCOMPARE(run->reader().timeline(), read.timeline());
        QVERIFY(sameEvents(run->reader(), read));
        QCOMPARE(run->recording().attempts.size(), size_t(1));
        QVERIFY(sameAttempt(run->recording().attempts[0], recording.attempts[0]));
        QCOMPARE(run->recording().startedAtMs, recording.startedAtMs);
        QCOMPARE(run->recording().request.url, recording.request.url);
    }

    void pacedReplay_tellsTheSameThings() {
        m_clock = std::make_shared<ManualClock>();
        const Recording recording = goodCall();
        const StreamReader read = readAttempt(recording.attempts[0], hintsFor(recording.request));
        const auto run = play(recording, ReplayPace::times(2));
        const QSignalSpy headers(run.get(), &Run::headersArrived);
        QTRY_COMPARE(m_clock->callsToCome(), size_t(1));
        QCOMPARE(run->state(), Run::State::Connecting);
        advance(19ms);
        QCOMPARE(headers.size(), 0);
        advance(1ms);
        QCOMPARE(headers.size(), 1);
        QCOMPARE(run->state(), Run::State::Receiving);
        advance(recording.attempts[0].chunks[3].at / 2 - 20ms);
        QTRY_COMPARE(run->reader().timeline().bytes, qint64(1 + 4 + 13 + 40));
        QVERIFY(!run->isDone());
        advance(10s);
        QTRY_VERIFY(run->isDone());
        QVERIFY(run->succeeded());
        QCOMPARE(run->reader().transcript(), read.transcript());
        QCOMPARE(run->reader().timeline(), read.timeline());
    }

    void replay_reachesNobody() {
        FaultServer server(FaultScript{say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                           "Connection: close\r\n\r\n" +
                                           stream),
                                       fin()});
        RequestDraft draft;
        draft.gateway = "http://127.0.0.1:" + QByteArray::number(server.port());
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_replay_0000_CANARY");
        draft.body = R"({"stream":true})";
        const auto live = m_workbench->send(draft);
        QVERIFY(live && isDone(**live));
        QCOMPARE(server.connections(), 1);
        const auto run = play((*live)->redacted().recording());
        QVERIFY(!(*live)->isReplay());
        QVERIFY(isDone(*run));
        QVERIFY(run->succeeded());
        QCOMPARE(run->reader().transcript(), (*live)->reader().transcript());
        QCOMPARE(run->reader().timeline(), (*live)->reader().timeline());
        QCOMPARE(server.connections(), 1);
    }

    void recordedFailure_isDiagnosedAndNotTriedAgain() {
        Recording recording = goodCall();
        recording.attempts = {refusal(429)};
        const auto run = play(recording);
        const QSignalSpy attempts(run.get(), &Run::attemptStarted);
        QVERIFY(isDone(*run));
        QCOMPARE(attempts.size(), 1);
        QVERIFY(run->diagnosis());
        QCOMPARE(run->diagnosis()->kind, QStringLiteral("rate_limited"));
        QVERIFY(!run->succeeded());
    }

    void recordedTries_areAllPlayedInOrder() {
        Recording recording = goodCall();
        recording.attempts[0].waited = 1200ms;
        recording.attempts.insert(recording.attempts.begin(), refusal(429));
        const auto run = play(recording);
        const QSignalSpy waiting(run.get(), &Run::waiting);
        QVERIFY(isDone(*run));
        QCOMPARE(waiting.size(), 1);
        QVERIFY(run->succeeded());
        QCOMPARE(run->recording().attempts.size(), size_t(2));
        for (size_t i = 0; i < 2; ++i)
            QVERIFY(sameAttempt(run->recording().attempts[i], recording.attempts[i]));
    }

    void pauseBetweenTries_isPlayedAtThePaceAndCanBeHurried() {
        Recording recording = goodCall();
        recording.attempts[0].waited = 1h;
        recording.attempts.insert(recording.attempts.begin(), refusal(503));
        const auto run = play(recording, ReplayPace::times(100));
        QTRY_COMPARE_WITH_TIMEOUT(run->state(), Run::State::Waiting, patience);
        QVERIFY(run->waitLeft() > 30s && run->waitLeft() <= 36s);
        run->retryNow();
        QVERIFY(isDone(*run));
        QCOMPARE(run->recording().attempts[1].waited, 1h);
    }

    void dateThatAServerNamed_isToldFromThen() {
        Recording recording = goodCall();
        recording.startedAtMs = 1'780'000'000'000; // 2026-05-28 20:26:40 UTC
        recording.attempts = {refusal(429)};
        recording.attempts[0].headers.append("Retry-After", "Thu, 28 May 2026 20:26:50 GMT");
        const auto run = play(recording);
        QVERIFY(isDone(*run));
        QVERIFY(run->diagnosis()->retryAfter);
        QVERIFY(*run->diagnosis()->retryAfter > 9s && *run->diagnosis()->retryAfter <= 10s);
    }

    void stoppedReplay_blamesNobodyAndSavesAllOfTheCall() {
        m_clock = std::make_shared<ManualClock>();
        const Recording recording = goodCall();
        const auto run = play(recording, ReplayPace::original());
        QTRY_COMPARE(m_clock->callsToCome(), size_t(1));
        advance(recording.attempts[0].chunks[5].at);
        run->stop();
        advance(0us);
        QTRY_VERIFY(run->isDone());
        QCOMPARE(run->reader().transcript().verdict, std::optional(Verdict::Stopped));
        QVERIFY(!run->diagnosis());
        QVERIFY(!run->succeeded());
        QVERIFY(run->recording().attempts[0].bodySize() < stream.size());
        const RedactedRecording saved = run->redacted();
        QVERIFY(sameAttempt(saved.recording().attempts[0], recording.attempts[0]));
    }

    void replayStoppedBeforeItBegan_hasAnEnd() {
        const auto run = play(goodCall());
        run->stop();
        QVERIFY(run->isDone());
        QVERIFY(!run->diagnosis());
        QVERIFY(!run->succeeded());
    }

    void recordingLargerThanALiveAnswerMayBe_isPlayedWhole() {
        Recording recording = goodCall();
        Attempt& attempt = recording.attempts[0];
        const QByteArray comment = ": " + QByteArray(1'000'000, '.') + "\n\n";
        for (int i = 0; i < 70; ++i)
            attempt.chunks.insert(attempt.chunks.begin(), {41ms, comment});
        const auto run = play(recording);
        QVERIFY(isDone(*run));
        QVERIFY(run->succeeded());
        QCOMPARE(run->recording().attempts[0].bodySize(), 70 * comment.size() + stream.size());
    }

    void serverThatKeptTheConnectionOpen_isPlayedToItsRecordedEnd() {
        m_clock = std::make_shared<ManualClock>();
        Recording recording = goodCall();
        recording.attempts[0].ending->at = 1h;
        const auto run = play(recording, ReplayPace::original());
        QTRY_COMPARE(m_clock->callsToCome(), size_t(1));
        advance(30min);
        QTRY_VERIFY(run->reader().transcript().endSignalSeen);
        QVERIFY(!run->isDone());
        advance(30min);
        QTRY_VERIFY(run->isDone());
        QCOMPARE(run->recording().attempts[0].ending->at, 1h);
    }

    void maskedCredential_staysAsItIsInTheFile() {
        Recording recording = goodCall();
        recording.request.headers.append("Authorization", "Bearer aks_test_\xE2\x80\xA6"
                                                          "9f3c");
        const auto run = play(recording);
        QVERIFY(isDone(*run));
        QCOMPARE(run->redacted().recording().request.headers, recording.request.headers);
        QVERIFY(SecretWatch(*run).lookOn(QDeadlineTimer(QDeadlineTimer::Forever)) == SecretWatch::Seen::None);
    }

    void credentialInAFileWrittenByHand_isMaskedBeforeItIsSaved() {
        Recording recording = goodCall();
        recording.request.headers.append("Authorization", "Bearer aks_test_replay_0000_CANARY");
        const auto run = play(recording);
        QVERIFY(isDone(*run));
        QVERIFY(!writeRecording(run->redacted()).contains("CANARY"));
    }

    void recordingWithoutAnAttempt_isNotPlayed() {
        const auto run = m_workbench->replay({}, ReplayPace::atOnce());
        QVERIFY(!run);
        QCOMPARE(run.error().code, QStringLiteral("recording_empty"));
    }

    void file_isLoadedAsRecordingOrBody() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("answer.sse"));
        QVERIFY(m_workbench->writeUserFile(path, stream));
        const Result<Recording> body = m_workbench->loadRecording(path);
        QVERIFY(body);
        QCOMPARE(body->attempts[0].body(), stream);
        const auto run = play(goodCall());
        QVERIFY(isDone(*run));
        QVERIFY(m_workbench->saveRecording(path, *run));
        const Result<Recording> saved = m_workbench->loadRecording(path);
        QVERIFY(saved);
        QVERIFY(sameAttempt(saved->attempts[0], goodCall().attempts[0]));
        QCOMPARE(m_workbench->loadRecording(folder.path()).error().code, QStringLiteral("file_unreadable"));
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
