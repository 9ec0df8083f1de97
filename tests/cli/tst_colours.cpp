// SPDX-License-Identifier: MIT
// Colours: only where a terminal draws them and its user did not say no, and never in place of words.
#include "run_in_process.h"

#include <QProcess>
#include <QTest>

#ifdef Q_OS_UNIX
#include "cli/pseudo_terminal.h"
#endif

using namespace lavascope;

namespace {

const QString program = QStringLiteral(LAVASCOPE_CLI);
constexpr int patience = 30'000;

QByteArray withoutColours(QByteArray text) {
    for (const char* code : {"\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m"})
        text.replace(code, "");
    return text;
}

#ifdef Q_OS_UNIX
/// What the real program says on a terminal when it is asked about a broken token. `environment`: NAME=VALUE.
QByteArray saidOnATerminal(const QStringList& environment) {
    const PseudoTerminal terminal;
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.remove(QStringLiteral("NO_COLOR"));
    variables.insert(QStringLiteral("TERM"), QStringLiteral("xterm-256color"));
    for (const QString& word : environment)
        variables.insert(word.section(QLatin1Char('='), 0, 0), word.section(QLatin1Char('='), 1));
    process.setProcessEnvironment(variables);
    process.setStandardOutputFile(terminal.name());
    process.start(program, words("token inspect -"));
    process.write("not a token");
    process.closeWriteChannel();
    return process.waitForFinished(patience) ? terminal.shown() : QByteArray();
}
#endif

} // namespace

class TestColours : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pipe_getsNone() {
        const CliOutcome outcome = run(words("token inspect -"), "not a token");
        QVERIFY(!outcome.out.isEmpty());
        QVERIFY(!outcome.out.contains('\x1b'));
    }

    void terminalWithout_getsNone() {
        QVERIFY(!run(words("token inspect -"), "not a token", Screen::Terminal).out.contains('\x1b'));
    }

    void terminal_getsTheSameWordsInColour() {
        const CliOutcome coloured = run(words("token inspect -"), "not a token", Screen::ColourTerminal);
        QVERIFY(coloured.out.contains("\x1b[1m"));
        QVERIFY(coloured.out.contains("\x1b[31m"));
        QCOMPARE(withoutColours(coloured.out),
                 run(words("token inspect -"), "not a token", Screen::Terminal).out);
    }

    void wrongUsage_isRed() {
        const CliOutcome outcome = run(words("token inspekt"), {}, Screen::ColourTerminal);
        QVERIFY(outcome.err.startsWith("\x1b[31m"));
        QCOMPARE(outcome.code, 2);
    }

    void verdict_hasTheColourOfWhatItSays() {
        const QByteArray whole =
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
            "\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        const QByteArray cut = whole.left(whole.indexOf("data: [DONE]")).replace("\"stop\"", "null");
        QVERIFY(run(words("replay"), whole, Screen::ColourTerminal).err.contains("\x1b[32m-- complete"));
        QVERIFY(run(words("replay"), cut, Screen::ColourTerminal).err.contains("\x1b[31m-- cut off"));
    }

    void json_getsNone() {
        QVERIFY(!run(words("token inspect - --json"), "not a token", Screen::ColourTerminal)
                     .out.contains('\x1b'));
    }

    void foreignEscapes_stayHarmless() {
        const CliOutcome outcome =
            run(words("token inspect -"), "\x1b[2J\x1b]0;title\x07 aks_live_x", Screen::ColourTerminal);
        QVERIFY(!withoutColours(outcome.out).contains('\x1b'));
    }

#ifdef Q_OS_UNIX
    void realProgram_coloursItsTerminal() {
        const QByteArray said = saidOnATerminal({});
        QVERIFY2(said.contains("\x1b[31m"), said.constData());
    }

    void realProgram_obeysItsUser_data() {
        QTest::addColumn<QString>("word");
        QTest::newRow("NO_COLOR") << QStringLiteral("NO_COLOR=1");
        QTest::newRow("dumb") << QStringLiteral("TERM=dumb");
    }
    void realProgram_obeysItsUser() {
        QFETCH(const QString, word);
        const QByteArray said = saidOnATerminal({word});
        QVERIFY2(said.contains("error"), said.constData());
        QVERIFY2(!said.contains('\x1b'), said.constData());
    }
#endif
};

QTEST_GUILESS_MAIN(TestColours)
#include "tst_colours.moc"
