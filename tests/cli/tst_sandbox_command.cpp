// SPDX-License-Identifier: MIT
// The retry coach of `sandbox`, with our own `send` as its client: real programs, real sockets.
#include "cli/run_in_process.h"
#include "core/json/document.h"

#include <QProcess>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 30'000;
constexpr const char* canary = "aks_test_coach_0000_CANARY";

/// The program `sandbox`, until it is told to end.
class Sandbox {
public:
    explicit Sandbox(const char* line) {
        m_process.start(QStringLiteral(LAVASCOPE_CLI), words(line));
        if (m_process.waitForReadyRead(patience))
            m_origin = m_process.readLine().trimmed().mid(qstrlen("listening on "));
    }
    ~Sandbox() { (void)end(); }
    int send(const char* more) const {
        QProcess send;
        send.start(QStringLiteral(LAVASCOPE_CLI),
                   words("send --no-history --secret-key env:TEST_SECRET_KEY --gateway") +
                       QStringList(QString::fromLatin1(m_origin)) + words(more));
        return send.waitForFinished(patience) ? send.exitCode() : -1;
    }
    int end() {
        if (m_process.state() == QProcess::NotRunning)
            return m_process.exitCode();
        m_process.terminate();
        if (!m_process.waitForFinished(patience))
            return -1;
        m_out = m_process.readAllStandardOutput();
        m_err = m_process.readAllStandardError();
        return m_process.exitCode();
    }
    [[nodiscard]] const QByteArray& out() const { return m_out; }
    [[nodiscard]] const QByteArray& err() const { return m_err; }

private:
    QProcess m_process;
    QByteArray m_origin;
    QByteArray m_out; ///< behind the first line
    QByteArray m_err;
};

} // namespace

class TestSandboxCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TEST_SECRET_KEY", canary); }

    void ownClient_isJudgedGoodAsOneLineOfJson() {
        Sandbox sandbox("sandbox --coach 429:times=2,retry_after=0.3 --json");
        QCOMPARE(sandbox.send("--retry 3"), 0);
        QCOMPARE(sandbox.end(), 0);
        QCOMPARE(sandbox.out().count('\n'), 1);
        json::Document document;
        QVERIFY(!document.scan(sandbox.out()));
        const json::View root = document.root();
        QCOMPARE(root["verdict"].toString(), QStringLiteral("good"));
        QCOMPARE(root["tries"].size(), 3);
        for (const int index : {1, 2})
            QVERIFY(root["tries"].at(index)["after_ms"].toInteger().value_or(0) >= 280);
        QVERIFY2(sandbox.err().contains("retry coach: exchange 1: ✓ good"), sandbox.err());
        QVERIFY(!sandbox.out().contains(canary) && !sandbox.err().contains(canary));
    }

    void ownClient_stopsWhereNoRepeatCanHelp() {
        Sandbox sandbox("sandbox --coach 402");
        QCOMPARE(sandbox.send("--retry 3"), 1);
        QCOMPARE(sandbox.end(), 0);
        QVERIFY2(sandbox.err().contains("It stopped at 402"), sandbox.err());
        QVERIFY(sandbox.out().isEmpty());
    }

    void clientThatIsJudgedBad_isToldByTheExitCode() {
        Sandbox sandbox("sandbox --coach 402");
        QCOMPARE(sandbox.send("--retry 0"), 1);
        QCOMPARE(sandbox.send("--retry 0"), 1);
        QCOMPARE(sandbox.end(), 1);
        QVERIFY2(sandbox.err().contains("retried_what_cannot_work"), sandbox.err());
    }

    void badStep_isWrongUsage() {
        const CliOutcome outcome = run(words("sandbox --coach 429:times=101"));
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.err.contains("100 times at most"));
        QCOMPARE(run(words("sandbox --coach 200")).code, 2);
    }

    void help_tellsOfTheCoach() {
        const QByteArray help = run(words("sandbox --help")).out;
        for (const char* part : {"--coach", "--json", "drop", "/sandbox/coach", "times is 3"})
            QVERIFY2(help.contains(part), part);
    }
};

QTEST_GUILESS_MAIN(TestSandboxCommand)
#include "tst_sandbox_command.moc"
