// SPDX-License-Identifier: MIT
// An answer that is read as something else than it was taken for.
#include "gui/played_call.h"

#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;

namespace {

constexpr int patience = 20'000;
const QString openAi = QStringLiteral("openai_chat");
const QString anthropic = QStringLiteral("anthropic_messages");

} // namespace

class TestReadAs : public QObject {
    Q_OBJECT

private:
    void call(const FaultScript& script) {
        m_server = std::make_unique<FaultServer>(script);
        m_run = callTo(m_workbench, *m_server);
        m_ended = std::make_unique<QSignalSpy>(m_run.get(), &Run::finished);
        m_endedAgain = std::make_unique<QSignalSpy>(m_run.get(), &Run::readingCameToTheEndAgain);
    }

    Workbench m_workbench;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Run> m_run;
    std::unique_ptr<QSignalSpy> m_ended;
    std::unique_ptr<QSignalSpy> m_endedAgain;

private Q_SLOTS:
    void cleanup() {
        m_run.reset();
        m_server.reset();
    }

    void whatIsOver_isReadAgainAndBack() {
        call({say(streamHead() + textEvent("High ") + textEvent("tide") + openAiEnd), fin()});
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        const Transcript recognised = m_run->reader().transcript();
        QCOMPARE(recognised.dialect, openAi);

        m_run->readAs(anthropic);
        QVERIFY(!m_run->reader().transcript().verdict);
        QTRY_COMPARE(m_endedAgain->count(), 1);
        QCOMPARE(m_run->forcedDialect(), anthropic);
        QCOMPARE(m_run->reader().transcript().dialect, anthropic);
        QVERIFY(m_run->reader().transcript().first().text.isEmpty());
        QCOMPARE(m_run->reader().transcript().verdict, std::optional(Verdict::CutOff));
        QVERIFY(m_run->diagnosis());
        QVERIFY(!m_run->succeeded());

        m_run->readAs({});
        QTRY_COMPARE(m_endedAgain->count(), 2);
        QVERIFY(m_run->reader().transcript() == recognised);
        QVERIFY(!m_run->diagnosis());
        QVERIFY(m_run->succeeded());
        QCOMPARE(m_ended->count(), 1);
        QCOMPARE(m_server->requests(), 1);
    }

    void whatStillComes_isReadAsChosenToo() {
        call({say(streamHead() + textEvent("High ")), gate(), say(textEvent("tide") + openAiEnd), fin()});
        QTRY_COMPARE_WITH_TIMEOUT(m_run->reader().eventCount(), qsizetype(1), patience);
        m_run->readAs(anthropic);
        m_run->readAs(openAi);
        QTRY_COMPARE(m_run->reader().transcript().first().text, QStringLiteral("High "));
        m_server->openGate();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QCOMPARE(m_run->reader().transcript().first().text, QStringLiteral("High tide"));
        QCOMPARE(m_run->reader().transcript().verdict, std::optional(Verdict::Complete));
        QCOMPARE(m_ended->count(), 1);
        QCOMPARE(m_endedAgain->count(), 0);
    }

    void beforeAnyByte_isReadAsChosen() {
        call({gate(), say(streamHead() + textEvent("High tide") + openAiEnd), fin()});
        m_run->readAs(anthropic);
        m_server->openGate();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QCOMPARE(m_run->reader().transcript().dialect, anthropic);
        QCOMPARE(m_ended->count(), 1);
    }

    void whatIsSaved_isReadAsChosen() {
        call({say(streamHead() + textEvent("High tide") + openAiEnd), fin()});
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        m_run->readAs(anthropic);
        QTRY_COMPARE(m_endedAgain->count(), 1);
        QCOMPARE(m_run->redactedReading().transcript().dialect, anthropic);
    }

    void noAnswer_hasNothingToReadAgain() {
        call({reset()});
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        m_run->readAs(anthropic);
        QTRY_COMPARE(m_endedAgain->count(), 1);
        QVERIFY(m_run->diagnosis());
        QCOMPARE(m_ended->count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestReadAs)
#include "tst_read_as.moc"
