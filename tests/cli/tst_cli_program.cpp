// SPDX-License-Identifier: MIT
// The real program between pipes: what it reads while it comes, what it does when nobody reads, how it ends.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

#ifdef Q_OS_UNIX
#include "cli/signals.h"

#include <unistd.h>
#endif

namespace {

const QString program = QStringLiteral(LAVASCOPE_CLI);
const QByteArray canary = "aks_test_CANARYcanaryCANARY0000";
constexpr int patience = 30'000;

QStringList words(const char* line) {
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestCliProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", canary); }

    void lines_areAnsweredWhileTheInputIsStillOpen() {
        QProcess process;
        process.start(program, words("token inspect --lines"));
        for (int i = 0; i < 3; ++i) {
            process.write("not a token\n");
            QVERIFY(process.waitForReadyRead(patience));
            QVERIFY(process.readLine().startsWith("{\"kind\":\"unknown\""));
        }
        process.write(canary); // the last line may lack its end
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(patience));
        QVERIFY(process.readAllStandardOutput().startsWith("{\"kind\":\"secret_key\""));
        QCOMPARE(process.exitCode(), 1);
    }

    void programWithSecrets_leavesNoCoreDump() {
#ifdef Q_OS_LINUX
        QProcess process;
        process.start(program, words("token inspect --lines"));
        process.write("not a token\n");
        QVERIFY(process.waitForReadyRead(patience));
        QFile limits(QStringLiteral("/proc/%1/limits").arg(process.processId()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = limits.readAll().split('\n');
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(patience));
        const auto core = std::find_if(lines.begin(), lines.end(), [](const QByteArray& line) {
            return line.startsWith("Max core file size");
        });
        QVERIFY(core != lines.end());
        QCOMPARE(core->simplified(), QByteArray("Max core file size 0 0 bytes"));
#endif
    }

    void byteOrderMarkInAWord_isPartOfTheText() {
        QProcess process;
        process.start(program, words("token build --secret-key env:TEST_SECRET_KEY --meter-slug") +
                                   QStringList(QStringLiteral("\uFEFFbom")));
        QVERIFY(process.waitForFinished(patience));
        const QByteArray json = QByteArray::fromBase64(process.readAllStandardOutput());
        QVERIFY2(json.endsWith("\"meter_slug\":\"\xEF\xBB\xBF"
                               "bom\"}"),
                 json);
    }

    void keptKey_isUsedByItsName() {
#ifdef Q_OS_LINUX
        const QTemporaryDir folder;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LAVASCOPE_DATA_DIR"), folder.path());
        environment.insert(QStringLiteral("CLI"), program);
        process.setProcessEnvironment(environment);
        process.start(
            QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/support/with_key_store"),
            {QStringLiteral("sh"), QStringLiteral("-c"),
             QStringLiteral("\"$CLI\" key add 'the shop' --secret-key env:TEST_SECRET_KEY || exit 90\n"
                            "\"$CLI\" key list --json\n"
                            "\"$CLI\" token build --secret-key 'keychain:the shop' || exit 91\n"
                            "\"$CLI\" key add 'the shop' --secret-key env:TEST_SECRET_KEY; echo $?\n"
                            "\"$CLI\" key remove 'the shop' || exit 92\n"
                            "\"$CLI\" token build --secret-key 'keychain:the shop'; echo $?\n"
                            "\"$CLI\" key remove 'the shop'; echo $?\n"
                            "echo what is this | \"$CLI\" key add odd || exit 93\n"
                            "touch \"$LAVASCOPE_DATA_DIR/file\"\n"
                            "export LAVASCOPE_DATA_DIR=\"$LAVASCOPE_DATA_DIR/file/below\"\n"
                            "\"$CLI\" key add ghost --secret-key env:TEST_SECRET_KEY; echo $?\n")});
        QVERIFY(process.waitForFinished(patience));
        const QByteArray err = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 0, err);
        const QByteArray token = ("{\"secret_key\":\"" + canary + "\"}").toBase64();
        const QByteArray out = process.readAllStandardOutput();
        QCOMPARE(out, "{\"keys\":[{\"name\":\"the shop\",\"environment\":\"test\",\"note\":\"\"}]}\n" +
                          token + "\n2\n3\n1\n3\n");
        QVERIFY(!err.contains("CANARY"));
        QCOMPARE(err.count("looks like no key"), 1);
        QVERIFY2(!err.contains("keychain:ghost"), err);
#endif
    }

#ifdef Q_OS_LINUX // elsewhere there always is one
    void keyWithNoStoreToKeepIt_isNotKept() {
        const QTemporaryDir folder;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LAVASCOPE_DATA_DIR"), folder.path());
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                           QStringLiteral("unix:path=/nonexistent"));
        process.setProcessEnvironment(environment);
        process.start(program, words("key add shop --secret-key env:TEST_SECRET_KEY"));
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 3);
        QVERIFY(process.readAllStandardError().contains("key store"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    }
#endif

    void secretOnInput_isSeenNowhereElse() {
        QProcess process;
        process.start(program, words("token build --secret-key - --header"));
        QVERIFY(process.waitForStarted());
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(process.processId()));
        if (commandLine.open(QIODevice::ReadOnly))
            QVERIFY(!commandLine.readAll().contains(canary));
        process.write(canary + '\n');
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(process.readAllStandardOutput().startsWith("Authorization: Bearer eyJ"));
        QVERIFY(!process.readAllStandardError().contains(canary));
    }

    void binaryInput_isReportedNotFeared() {
        QByteArray bytes(200'000, '\0');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i * 7);
        QProcess process;
        process.start(program, words("token inspect --json"));
        process.write(bytes);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(process.readAllStandardOutput().count('\n'), qsizetype(1));
    }

#ifdef Q_OS_UNIX
    void readerThatLeaves_endsTheProgramQuietly() {
        // A pipe that nobody reads any more, from the first byte on.
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        ::close(pipe[0]);
        QProcess process;
        process.setChildProcessModifier([&] { ::dup2(pipe[1], STDOUT_FILENO); });
        process.start(program, words("providers"));
        QVERIFY(process.waitForFinished(patience));
        ::close(pipe[1]);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY(process.readAllStandardError().isEmpty());
    }

    void fullDisk_isLocalTrouble() {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            return;
        QProcess process;
        process.setStandardOutputFile(QStringLiteral("/dev/full"));
        process.start(program, words("providers --json"));
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 3);
        QVERIFY(!process.readAllStandardError().isEmpty());
    }

    void interruptedCall_keepsWhatCame() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("call.jsonl"));
        QProcess process;
        lavascope::hearSignals(process);
        process.start(program,
                      words("send --sandbox --secret-key env:TEST_SECRET_KEY --record") + QStringList(file));
        QVERIFY(process.waitForReadyRead(patience)); // the first words have come
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("stopped"));
        QProcess replay;
        replay.start(program, words("replay --json") + QStringList(QStringLiteral("file:") + file));
        QVERIFY(replay.waitForFinished(patience));
        QVERIFY(replay.readAllStandardOutput().contains("\"verdict\":\"stopped\""));
    }

    void waitForARetry_canBeInterrupted() {
        QProcess process;
        lavascope::hearSignals(process);
        process.start(program, words("send --sandbox --fault 429:retry_after=60 --retry 1 --json"));
        process.setReadChannel(QProcess::StandardError);
        QVERIFY(process.waitForReadyRead(patience)); // the note that it waits
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY(process.readAllStandardOutput().contains("\"retry_after_ms\":60000"));
    }
#endif
};

QTEST_GUILESS_MAIN(TestCliProgram)
#include "tst_cli_program.moc"
