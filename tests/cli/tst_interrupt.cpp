// SPDX-License-Identifier: MIT
// The real program and the signals that end it.
#include "cli/run_in_process.h"

#include <QProcess>
#include <QTest>

#ifdef Q_OS_UNIX
#include "cli/signals.h"
#endif

using namespace lavascope;

namespace {

constexpr int patience = 30'000;

#ifdef Q_OS_UNIX
/// Starts the sandbox; gives its address.
QByteArray startSandbox(QProcess& process) {
    process.start(QStringLiteral(LAVASCOPE_CLI), words("sandbox"));
    return process.waitForReadyRead(patience) ? process.readLine().trimmed().mid(qstrlen("listening on "))
                                              : QByteArray();
}

void signal(const QProcess& process, int number) {
    ::kill(pid_t(process.processId()), number);
}
#endif

} // namespace

class TestInterrupt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", "aks_test_CANARYcanaryCANARY0000"); }

#ifdef Q_OS_UNIX
    void signal_endsTheSandboxInPeace_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("terminate") << SIGTERM;
        QTest::newRow("hang-up") << SIGHUP;
    }
    void signal_endsTheSandboxInPeace() {
        QFETCH(const int, number);
        QProcess sandbox;
        hearSignals(sandbox);
        QVERIFY(!startSandbox(sandbox).isEmpty());
        signal(sandbox, number);
        QVERIFY(sandbox.waitForFinished(patience));
        QCOMPARE(sandbox.exitStatus(), QProcess::NormalExit);
        QCOMPARE(sandbox.exitCode(), 0);
    }

    void signalThatIsToBeIgnored_isIgnored() {
        QProcess sandbox;
        sandbox.setChildProcessModifier([] { std::signal(SIGHUP, SIG_IGN); }); // as nohup does
        const QByteArray origin = startSandbox(sandbox);
        signal(sandbox, SIGHUP);
        QProcess send;
        send.start(QStringLiteral(LAVASCOPE_CLI),
                   words("send --no-history --secret-key env:TEST_SECRET_KEY --gateway") +
                       QStringList(QString::fromLatin1(origin)));
        QVERIFY(send.waitForFinished(patience));
        QVERIFY2(send.exitCode() == 0, send.readAllStandardError());
        signal(sandbox, SIGTERM);
        QVERIFY(sandbox.waitForFinished(patience));
        QCOMPARE(sandbox.exitCode(), 0);
    }
#endif
};

QTEST_GUILESS_MAIN(TestInterrupt)
#include "tst_interrupt.moc"
