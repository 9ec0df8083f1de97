// SPDX-License-Identifier: MIT
// `replay` at other speeds than at once: the same words, at their time.
#include "cli/run_in_process.h"
#include "core/stream/recording.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include "cli/signals.h"
#endif

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000;

QByteArray textEvent(const QByteArray& text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}
const QByteArray end =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

} // namespace

class TestReplayCommand : public QObject {
    Q_OBJECT

private:
    /// SOURCE for a call that said "High tide" with this pause between the words.
    QString source(std::chrono::microseconds pause) {
        Recording recording;
        recording.startedAtMs = 1'780'000'000'123;
        recording.request.url = "https://api.openai.com/v1/chat/completions";
        Attempt refused;
        refused.status = 429;
        refused.headersAt = 1ms;
        refused.ending = Ending{EndReason::Finished, {}, 1ms, 1};
        Attempt attempt;
        attempt.waited = 24h; // the last try is what is played, without the pause before it
        attempt.status = 200;
        attempt.headers.append("Content-Type", "text/event-stream");
        attempt.headersAt = 1ms;
        attempt.chunks = {{2ms, textEvent("High ")}, {2ms + pause, textEvent("tide")}, {3ms + pause, end}};
        attempt.ending = Ending{EndReason::Finished, {}, 4ms + pause, 1};
        recording.attempts = {refused, attempt};
        QFile file(m_folder.filePath(QStringLiteral("call.jsonl")));
        if (file.open(QIODevice::WriteOnly))
            file.write(writeRecording(redact(recording, {})));
        return QStringLiteral("file:") + file.fileName();
    }
    static QStringList with(const char* line, const QString& last) { return words(line) << last; }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void everySpeed_printsTheSame_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"--text", "--events", "--raw", "--json"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }
    void everySpeed_printsTheSame() {
        QFETCH(QString, format);
        const QStringList replay = with("replay", source(20ms)) << format;
        const CliOutcome once = run(replay);
        QCOMPARE(once.code, 0);
        QVERIFY(once.out.contains("tide"));
        for (const char* speed : {"original", "×2", "x10", "0.5", "once"}) {
            const CliOutcome played =
                run(QStringList(replay) << QStringLiteral("--speed") << QString::fromUtf8(speed));
            QCOMPARE(played.code, 0);
            QCOMPARE(played.out, once.out);
            QCOMPARE(played.err, once.err);
        }
    }

    void originalSpeed_takesTheTimeOfThen() {
        const QStringList replay = with("replay", source(300ms));
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(run(QStringList(replay) << words("--speed original")).code, 0);
        QVERIFY(clock.elapsed() >= 304);
        QVERIFY(run(QStringList(replay) << words("--speed 100")).out.startsWith("High tide"));
    }

    void rawBody_isGivenByteForByte() {
        const QByteArray body = textEvent("\xff\x1b[2J") + end;
        QCOMPARE(run(words("replay --raw"), body).out, body);
        QVERIFY(!run(words("replay --raw"), body, Screen::Terminal).out.contains('\x1b'));
    }

    void bodyWithoutTimes_isReadAtOnceAndItIsSaid() {
        const CliOutcome outcome = run(words("replay --speed original"), textEvent("High tide") + end);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray("High tide\n"));
        QVERIFY2(outcome.err.contains("no times"), outcome.err);
        QVERIFY(!outcome.err.contains("first byte"));
    }

    void documentThatTakesItsTime_isAnnouncedToAPerson() {
        const QStringList replay = with("replay --json --speed x100", source(100ms));
        const CliOutcome seen = run(replay, {}, Screen::Terminal);
        QVERIFY2(seen.err.contains("The document comes at the end, in 1 s."), seen.err);
        QVERIFY(run(replay).err.isEmpty());
    }

    void wordThatIsNoSpeed_isWrongUsage() {
        for (const char* speed : {"fast", "0", "-1", "x"}) {
            const CliOutcome outcome = run(words("replay --speed") << QString::fromLatin1(speed), end);
            QCOMPARE(outcome.code, 2);
            QVERIFY(outcome.out.isEmpty());
        }
    }

    void emptyBody_isStillAnAnswer() {
        const CliOutcome outcome = run(words("replay --json"));
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.out.startsWith("{\"dialect\":\"unknown\""));
    }

#ifdef Q_OS_UNIX
    void interruptedReplay_keepsWhatWasPrinted() {
        QProcess process;
        hearSignals(process);
        process.start(QStringLiteral(LAVASCOPE_CLI), with("replay --speed original", source(1h)));
        QVERIFY(process.waitForReadyRead(patience));
        QVERIFY(process.readAllStandardOutput().startsWith("High "));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const QByteArray err = process.readAllStandardError();
        QVERIFY2(err.startsWith("-- stopped"), err);
        QVERIFY(!err.contains("billed"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestReplayCommand)
#include "tst_replay_command.moc"
