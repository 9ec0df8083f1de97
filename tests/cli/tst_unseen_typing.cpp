// SPDX-License-Identifier: MIT
// The real program at a terminal where somebody types a secret.
#include "cli/run_in_process.h"

#include <QProcess>
#include <QTest>

#ifdef Q_OS_UNIX
#include "cli/pseudo_terminal.h"
#include "cli/signals.h"
#endif

using namespace lavascope;

namespace {

const QString program = QStringLiteral(LAVASCOPE_CLI);
const QByteArray canary = "aks_test_CANARYcanaryCANARY0000";
constexpr int patience = 30'000;

#ifdef Q_OS_UNIX
/// `token build`, until it asks for the key at the terminal. What it says besides is kept.
class AskedForAKey {
public:
    explicit AskedForAKey(const PseudoTerminal& terminal) {
        hearSignals(process);
        process.setStandardInputFile(terminal.name());
        process.start(program, words("token build --secret-key - --header"));
        process.setReadChannel(QProcess::StandardError);
        while (!said.endsWith(": ") && process.waitForReadyRead(patience))
            said += process.readAll();
    }
    QProcess process;
    QByteArray said;
};
#endif

} // namespace

class TestUnseenTyping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretFromAPipe_isNotAskedFor() {
        const CliOutcome outcome = run(words("token build --secret-key -"), canary);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.err, QByteArray());
    }

    void secondSecretFromStandardInput_isNotAskedFor() {
        const CliOutcome outcome = run(words("token build --secret-key - --provider-key -"), canary);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.startsWith("Standard input can be read for one option only."), outcome.err);
    }

#ifdef Q_OS_UNIX
    void typedKey_isTakenAtEnterAndNotShown() {
        const PseudoTerminal terminal;
        const tcflag_t before = terminal.mode();
        AskedForAKey asked(terminal);
        QCOMPARE(asked.said, QByteArray("Secret key: "));
        QCOMPARE(terminal.mode() & ECHO, tcflag_t(0));
        QVERIFY(terminal.type(canary + "\nexit 1\n")); // pasted with more behind it
        QVERIFY(asked.process.waitForFinished(patience));
        QCOMPARE(asked.process.exitCode(), 0);
        QCOMPARE(asked.process.readAllStandardError(), QByteArray("\n"));
        const QByteArray token = ("{\"secret_key\":\"" + canary + "\"}").toBase64();
        QCOMPARE(asked.process.readAllStandardOutput(), "Authorization: Bearer " + token + '\n');
        QCOMPARE(terminal.shown(), QByteArray());
        QCOMPARE(terminal.mode(), before);
    }

    void endOfInput_endsItToo() {
        const PseudoTerminal terminal;
        AskedForAKey asked(terminal);
        QVERIFY(terminal.type("\x04"));
        QVERIFY(asked.process.waitForFinished(patience));
        QCOMPARE(asked.process.exitCode(), 2);
        QVERIFY(asked.process.readAllStandardError().contains("empty secret"));
    }

    void signalMeanwhile_endsTheProgramAndShowsTypingAgain_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
        QTest::newRow("hang-up") << SIGHUP;
    }
    void signalMeanwhile_endsTheProgramAndShowsTypingAgain() {
        QFETCH(const int, signal);
        const PseudoTerminal terminal;
        const tcflag_t before = terminal.mode();
        AskedForAKey asked(terminal);
        QVERIFY(terminal.mode() != before);
        ::kill(pid_t(asked.process.processId()), signal);
        QVERIFY(asked.process.waitForFinished(patience));
        QCOMPARE(asked.process.exitStatus(), QProcess::CrashExit); // as it ends that sends no answer
        QCOMPARE(terminal.mode(), before);
    }

    void pauseMeanwhile_showsTypingUntilItGoesOn() {
        const PseudoTerminal terminal;
        const tcflag_t before = terminal.mode();
        AskedForAKey asked(terminal);
        const pid_t id = pid_t(asked.process.processId());
        ::kill(id, SIGTSTP);
        QTRY_COMPARE_WITH_TIMEOUT(terminal.mode(), before, patience);
        ::kill(id, SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(terminal.mode() != before, patience);
        QVERIFY(terminal.type(canary + '\n'));
        QVERIFY(asked.process.waitForFinished(patience));
        QCOMPARE(asked.process.exitCode(), 0);
        QCOMPARE(terminal.shown(), QByteArray());
    }
#endif
};

QTEST_GUILESS_MAIN(TestUnseenTyping)
#include "tst_unseen_typing.moc"
