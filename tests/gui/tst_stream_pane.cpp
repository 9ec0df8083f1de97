// SPDX-License-Identifier: MIT
// How the answer side follows calls: their figures, their ends, one after the other.
#include "gui/stream_pane_test.h"

#include <QAction>
#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

/// Sees whether the labels in a widget have the room that they need whenever they are painted.
class CutWatch : public QObject {
public:
    explicit CutWatch(const QWidget& within) {
        for (QLabel* label : within.findChildren<QLabel*>())
            label->installEventFilter(this);
    }
    int painted = 0;
    QStringList cutOff;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const auto* label = qobject_cast<QLabel*>(watched);
        if (label && event->type() == QEvent::Paint) {
            ++painted;
            if (label->width() < label->minimumSizeHint().width() ||
                label->visibleRegion().boundingRect() != label->rect())
                cutOff += label->objectName() + QStringLiteral(": ") + label->text();
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

class TestStreamPane : public StreamPaneTest {
    Q_OBJECT

private Q_SLOTS:
    void beforeAnyCall_thePaneSaysWhatToDo() {
        QVERIFY(m_shown->label("answerEmpty").startsWith(QStringLiteral("No call yet.")));
        QVERIFY(m_shown->isHidden("clock"));
        QVERIFY(m_shown->isHidden("diagnosis"));
        const QSignalSpy wanted(m_pane.get(), &StreamPane::demoWanted);
        m_shown->find<QPushButton>("demo")->click();
        QCOMPARE(wanted.size(), 1);
    }

    void goodStream_isShownWithItsFigures() {
        startSandbox(0);
        m_run = sandboxCall();
        m_pane->showRun(m_run.get());
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QTRY_COMPARE(m_shown->text("answerText"), m_run->reader().transcript().first().text);
        QCOMPARE(m_shown->label("status"), QStringLiteral("200 OK"));
        QCOMPARE(m_shown->label("verdict"), QStringLiteral("✓ complete"));
        for (const char* figure : {"firstByte", "firstText", "end", "size", "events"})
            QVERIFY2(!m_shown->isHidden(figure), figure);
        const int events = int(m_run->reader().eventCount());
        QCOMPARE(m_shown->find<QTabWidget>("tabs")->tabText(1), QStringLiteral("Events %1").arg(events));
        QTRY_COMPARE(m_shown->find<QAbstractItemView>("eventTable")->model()->rowCount(), events);
        QVERIFY(m_shown->isHidden("diagnosis"));
        m_shown->find<QPushButton>("requestId")->click();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("req_")));
    }

    void figuresThatGrow_areNeverPaintedCutOff() {
        // From 9 events to more than 10, from bytes to kilobytes.
        const CutWatch watch(*m_pane->findChild<QWidget*>(QStringLiteral("clock")));
        playToTheEnd(
            {say(streamHead() + textEvent("a")), drip(textEvent("words"), 40, 10ms), say(openAiEnd), fin()});
        QTRY_VERIFY(!m_shown->isHidden("end"));
        QTRY_VERIFY(watch.painted > 20);
        QCOMPARE(watch.cutOff, QStringList());
    }

    void speedWithoutUsage_isLabelledAnEstimate() {
        playToTheEnd({say(streamHead() + textEvent("a")), drip(textEvent("some words "), 5, 20ms),
                      say(openAiEnd), fin()});
        QTRY_VERIFY(!m_shown->isHidden("speed"));
        QVERIFY(m_shown->label("speed").contains(QStringLiteral("estimate")));
        QVERIFY(m_shown->isHidden("tokens"));
    }

    void tokensThatTheProviderReports_areShown() {
        playToTheEnd({say(streamHead() + fixture(QStringLiteral("openai_chat/text_with_usage.sse"))), fin()});
        QTRY_VERIFY(!m_shown->isHidden("tokens"));
        const Usage& usage = m_run->reader().transcript().usage;
        QCOMPARE(m_shown->label("tokens"),
                 QStringLiteral("%1 in, %2 out").arg(*usage.inputTokens).arg(*usage.outputTokens));
    }

    void stoppedCall_keepsWhatCame() {
        play({say(streamHead() + textEvent("kept")), gate(), fin()});
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->text("answerText"), QStringLiteral("kept"), patience);
        m_run->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->label("verdict"), QStringLiteral("■ stopped by you"), patience);
        QCOMPARE(m_shown->text("answerText"), QStringLiteral("kept"));
        QCOMPARE(cardLabel("title")->text(), QStringLiteral("Stopped by you"));
        QVERIFY(!cardLabel("retry")->isVisible());
    }

    void brokenStream_isCutOffAndKept() {
        playToTheEnd({say(streamHead() + textEvent("half")), fin()});
        QTRY_COMPARE(m_shown->label("verdict"), QStringLiteral("✂ cut off"));
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("half"));
        QVERIFY(!m_shown->isHidden("diagnosis"));
    }

    void errorInsideAGoodStatus_isNotCalledComplete() {
        playToTheEnd(
            {say(streamHead() + fixture(QStringLiteral("anthropic_messages/overloaded.sse"))), fin()},
            "https://api.anthropic.com/v1/messages");
        QTRY_COMPARE(m_shown->label("verdict"), QStringLiteral("✕ error inside the answer"));
        QTRY_COMPARE(m_shown->text("answerText"), m_run->reader().transcript().first().text);
        QVERIFY(!m_shown->isHidden("diagnosis"));
    }

    void waitingForTheNextTry_countsDownAndCanBeCutShort() {
        startSandbox(0, {QStringLiteral("429:retry_after=30,times=1")});
        SendOptions options;
        options.retry.maxRetries = 1;
        m_run = sandboxCall(options);
        m_pane->showRun(m_run.get());
        connect(m_pane.get(), &StreamPane::retryNowWanted, m_run.get(), &Run::retryNow);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown->isHidden("countdown"), patience);
        QVERIFY(m_shown->label("countdown").startsWith(QStringLiteral("Retry in ")));
        QCOMPARE(m_shown->label("verdict"), QStringLiteral("… waiting to try again"));
        QVERIFY(m_shown->label("status").startsWith(QStringLiteral("429")));
        m_shown->find<QPushButton>("retryNow")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QTRY_COMPARE(m_shown->label("verdict"), QStringLiteral("✓ complete"));
        QVERIFY(m_shown->isHidden("diagnosis"));
        QCOMPARE(m_shown->label("try"), QStringLiteral("2"));
        QTRY_COMPARE(m_shown->text("answerText"), m_run->reader().transcript().first().text);
    }

    void waitingForTheNextTry_canBeEnded() {
        startSandbox(0, {QStringLiteral("503:retry_after=30")});
        SendOptions options;
        options.retry.maxRetries = 1;
        m_run = sandboxCall(options);
        m_pane->showRun(m_run.get());
        connect(m_pane.get(), &StreamPane::stopWanted, m_run.get(), &Run::stop);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown->isHidden("stopWaiting"), patience);
        m_shown->find<QPushButton>("stopWaiting")->click();
        QVERIFY(m_run->isDone());
        QVERIFY(m_shown->isHidden("stopWaiting"));
        QVERIFY(m_shown->label("countdown").startsWith(QStringLiteral("Worth trying in ")));
        QVERIFY(!m_shown->isHidden("diagnosis"));
    }

    void twoCalls_neverMix() {
        FaultServer slow(
            {say(streamHead() + textEvent("old ")), gate(), say(textEvent("late") + openAiEnd), fin()});
        const auto old = callTo(*m_workbench, slow);
        m_pane->showRun(old.get());
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->text("answerText"), QStringLiteral("old "), patience);
        playToTheEnd({say(streamHead() + textEvent("new") + openAiEnd), fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("new"));
        slow.openGate();
        QTRY_VERIFY_WITH_TIMEOUT(old->isDone(), patience);
        QCoreApplication::processEvents();
        QCOMPARE(m_shown->text("answerText"), QStringLiteral("new"));
        QTRY_COMPARE(m_shown->find<QAbstractItemView>("eventTable")->model()->rowCount(), 3);
    }

    void finishedCall_isShownWholeWhenItIsGivenLate() {
        m_server =
            std::make_unique<FaultServer>(FaultScript{say(streamHead() + textEvent("x") + openAiEnd), fin()});
        m_run = callTo(*m_workbench, *m_server);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        m_pane->showRun(m_run.get());
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("x"));
        QCOMPARE(m_shown->label("verdict"), QStringLiteral("✓ complete"));
    }

    void endOfTheCallsLife_clearsThePane() {
        playToTheEnd({say(streamHead() + textEvent("x") + openAiEnd), fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("x"));
        m_run.reset();
        QCOMPARE(m_shown->text("answerText"), QString());
        QCOMPARE(m_shown->find<QAbstractItemView>("eventTable")->model()->rowCount(), 0);
        QVERIFY(m_shown->isHidden("clock"));
        m_pane->repaint();
    }

    void noCall_clearsThePane() {
        playToTheEnd({say(streamHead() + textEvent("x")), fin()});
        QTRY_VERIFY(!m_shown->isHidden("diagnosis"));
        m_pane->showRun(nullptr);
        QVERIFY(m_shown->isHidden("diagnosis"));
        QCOMPARE(m_shown->text("answerText"), QString());
        QVERIFY(m_shown->label("answerEmpty").startsWith(QStringLiteral("No call yet.")));
    }

    void saving_isWishedForByTheMenu() {
        playToTheEnd({say(streamHead() + openAiEnd), fin()});
        QList<AnswerSaver::Form> wanted;
        connect(m_pane.get(), &StreamPane::saveWanted, this,
                [&](AnswerSaver::Form form) { wanted.append(form); });
        QVERIFY(m_shown->find<QPushButton>("save")->menu());
        for (const char* name : {"saveRecording", "saveBody", "saveText", "saveJson"})
            m_shown->find<QAction>(name)->trigger();
        QCOMPARE(wanted, (QList{AnswerSaver::Form::Recording, AnswerSaver::Form::Body,
                                AnswerSaver::Form::Text, AnswerSaver::Form::Json}));
    }

    void longDiagnosis_leavesRoomForTheAnswer() {
        m_pane->resize(420, 520);
        playToTheEnd({say("HTTP/1.1 402 Payment Required\r\nContent-Type: application/json\r\nConnection: "
                          "close\r\n\r\n{}"),
                      fin()});
        QTRY_VERIFY(!m_shown->isHidden("diagnosis"));
        m_shown->find<QPushButton>("showEvidence")->click();
        QCoreApplication::processEvents();
        QVERIFY(m_pane->height() <= 520);
        QVERIFY(m_shown->find<QTabWidget>("tabs")->height() > 100);
    }
};

QTEST_MAIN(TestStreamPane)
#include "tst_stream_pane.moc"
