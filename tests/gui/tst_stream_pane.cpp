// SPDX-License-Identifier: MIT
// What the answer side shows of real calls: to the built-in gateway, and to a server that says exactly what
// is written here.
#include "gui/appearance.h"
#include "gui/played_call.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "gui/stream_pane.h"
#include "gui/widgets/body_view.h"
#include "gui/widgets/find_bar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;
const QString hostile = QStringLiteral("<img src=file:///etc/passwd><b>x</b>");

QByteArray fixture(const QString& name) {
    QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestStreamPane : public QObject {
    Q_OBJECT

private:
    void play(const FaultScript& script, const SendOptions& options = {},
              const QByteArray& providerUrl = "https://api.openai.com/v1/chat/completions") {
        m_server = std::make_unique<FaultServer>(script);
        m_run = callTo(*m_workbench, *m_server, options, providerUrl);
        m_pane->showRun(m_run.get());
    }
    void playToTheEnd(const FaultScript& script,
                      const QByteArray& providerUrl = "https://api.openai.com/v1/chat/completions") {
        play(script, {}, providerUrl);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
    }
    std::unique_ptr<Run> sandboxCall(const SendOptions& options = {}) {
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body =
            R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        Result<std::unique_ptr<Run>> run = m_workbench->send(draft, options);
        return run ? *std::move(run) : nullptr;
    }
    void startSandbox(double pace, const QStringList& faults = {}) {
        SandboxWish wish;
        wish.pace = pace;
        wish.faults = faults;
        QVERIFY(m_workbench->sandbox().start(wish));
    }
    void openTab(int index) { m_shown->find<QTabWidget>("tabs")->setCurrentIndex(index); }
    QLabel* cardLabel(const char* name) const {
        return m_shown->find<QFrame>("diagnosis")->findChild<QLabel*>(QLatin1String(name));
    }

    std::unique_ptr<Workbench> m_workbench;
    ScreenShare m_share;
    std::unique_ptr<StreamPane> m_pane;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Run> m_run;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_pane = std::make_unique<StreamPane>(m_share);
        m_shown.emplace(*m_pane);
        m_pane->resize(700, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_run.reset();
        m_server.reset();
        m_workbench.reset();
    }

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

    void answerThatQuotesAKey_isCoveredOnASharedScreen() {
        const auto isCovered = [this] { return !m_shown->find<QLabel>("tabsCurtain")->isHidden(); };
        playToTheEnd({say(streamHead() + textEvent("plain words") + openAiEnd), fin()});
        m_share.setOn(true);
        QVERIFY(!isCovered());
        playToTheEnd(
            {say(streamHead() + textEvent("Incorrect API key: sk-ant-abcdefghijklmnop") + openAiEnd), fin()});
        QTRY_VERIFY(isCovered());
        m_share.setOn(false);
        QVERIFY(!isCovered());
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

    void textIsThere_beforeTheEndIs() {
        play({say(streamHead() + textEvent("first ")), gate(), say(textEvent("second") + openAiEnd), fin()});
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->text("answerText"), QStringLiteral("first "), patience);
        QVERIFY(!m_run->isDone());
        QCOMPARE(m_shown->label("verdict"), QStringLiteral("● receiving"));
        m_server->openGate();
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->text("answerText"), QStringLiteral("first second"), patience);
    }

    void whileNothingCame_thePaneSaysSo() {
        play({gate(), say(streamHead() + openAiEnd), fin()});
        QTRY_COMPARE(m_shown->label("answerEmpty"), QStringLiteral("Waiting for the first byte."));
        QCOMPARE(m_shown->label("eventsEmpty"), QStringLiteral("Waiting for the first byte."));
        QVERIFY(m_shown->isHidden("demo"));
        m_server->openGate();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
        QTRY_COMPARE(m_shown->label("answerEmpty"),
                     QStringLiteral("The answer holds no text: see Events and Raw."));
    }

    void plainJson_isExplainedInTheEmptyEventTable() {
        playToTheEnd(
            {say(headOf("application/json") + fixture(QStringLiteral("openai_chat/whole.json"))), fin()});
        QTRY_COMPARE(m_shown->text("answerText"), m_run->reader().transcript().first().text);
        QCOMPARE(m_shown->label("eventsEmpty"),
                 QStringLiteral("The server answered application/json, not a stream of events: see Text."));
        QCOMPARE(m_shown->label("verdict"), QStringLiteral("✓ whole answer, not a stream"));
    }

    void jsonWithoutAnswer_isIndented() {
        playToTheEnd({say(headOf("application/json") + R"({"b":1.0,"a":[1e2],"b":2})"), fin()},
                     "https://api.openai.com/v1/models");
        QTRY_COMPARE(m_shown->text("answerText"),
                     QStringLiteral("{\n  \"b\": 1.0,\n  \"a\": [\n    1e2\n  ],\n  \"b\": 2\n}"));
        m_shown->find<QPushButton>("copyAnswer")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), m_shown->text("answerText"));
    }

    void html_isShownAsItsOwnText() {
        const QByteArray page = "<html><body><img src=file:///etc/passwd><h1>502</h1></body></html>";
        playToTheEnd(
            {say("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + page),
             fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QString::fromLatin1(page));
        QCOMPARE(m_shown->label("status"), QStringLiteral("502 Bad Gateway"));
        QVERIFY(!m_shown->isHidden("diagnosis"));
    }

    void markupAnywhere_isShownLiterally() {
        const QByteArray text = hostile.toUtf8();
        playToTheEnd(
            {say("HTTP/1.1 200 " + text + "\r\nContent-Type: text/event-stream\r\nX-Evil: " + text +
                 "\r\nx-lava-request-id: " + text + "\r\nConnection: close\r\n\r\n" + "data: {\"model\":\"" +
                 text + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text +
                 "\",\"tool_calls\":[{\"index\":0,\"id\":\"" + text + "\",\"function\":{\"name\":\"" + text +
                 "\",\"arguments\":\"" + text + "\"}}]}}]}\n\n" + openAiEnd),
             fin()});
        QTRY_COMPARE(m_shown->text("answerText"), hostile);
        QTRY_COMPARE(m_shown->text("toolCalls").count(hostile), 3);
        QVERIFY(m_shown->label("answerFooter").contains(hostile));
        QVERIFY(m_shown->label("status").contains(QStringLiteral("<img")));
        QVERIFY(m_shown->cells("answerHeaders").contains(hostile));
        QTRY_VERIFY(m_shown->cells("eventTable").contains(QStringLiteral("<img")));
        QVERIFY(m_shown->find<QPushButton>("requestId")->toolTip().contains(QStringLiteral("&lt;img")));
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

    void whatDeceives_isAChipAndItselfInTheCopy() {
        playToTheEnd({say(streamHead() +
                          textEvent("a\xE2\x80\xAE"
                                    "b") +
                          openAiEnd),
                      fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("a<U+202E>b"));
        m_shown->find<QPushButton>("copyAnswer")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\u202eb"));
    }

    void reasoningAndToolCalls_standApart() {
        playToTheEnd(
            {say(streamHead() + fixture(QStringLiteral("anthropic_messages/thinking_and_tool.sse"))), fin()},
            "https://api.anthropic.com/v1/messages");
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("潮 🌊"));
        QTRY_COMPARE(m_shown->text("reasoning"), QStringLiteral("Look it up."));
        QTRY_VERIFY(
            m_shown->text("toolCalls").startsWith(QStringLiteral("1. get_tide   toolu_01\n{\n  \"port\"")));
        QVERIFY(m_shown->label("answerFooter").contains(QStringLiteral("stop reason: tool_use")));
        QVERIFY(!m_shown->isHidden("reasoning"));
        auto* fold = m_shown->find<QWidget>("reasoning")->parentWidget()->findChild<QToolButton*>();
        fold->click();
        QVERIFY(m_shown->isHidden("reasoning"));
        QVERIFY(fold->text().contains(QStringLiteral("Reasoning")));
        fold->click();
        QVERIFY(!m_shown->isHidden("reasoning"));
    }

    void refusal_isNamed() {
        playToTheEnd({say(streamHead() + fixture(QStringLiteral("anthropic_messages/refusal.sse"))), fin()},
                     "https://api.anthropic.com/v1/messages");
        QTRY_COMPARE(m_shown->text("refusal"), QStringLiteral("That could do harm."));
        QVERIFY(!m_shown->isHidden("refusal"));
        QVERIFY(m_shown->isHidden("answerText"));
    }

    void severalAnswers_areShownOneAtATime() {
        playToTheEnd({say(streamHead() + fixture(QStringLiteral("openai_chat/two_choices.sse"))), fin()});
        const std::vector<Choice>& choices = m_run->reader().transcript().choices;
        QCOMPARE(choices.size(), size_t(2));
        QTRY_COMPARE(m_shown->text("answerText"), choices[0].text);
        auto* which = m_shown->find<QSpinBox>("choice");
        QVERIFY(which->isVisible());
        which->setValue(2);
        QTRY_COMPARE(m_shown->text("answerText"), choices[1].text);
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
        QVERIFY(m_shown->isHidden("countdown"));
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

    void rawBody_isOnePressAwayAndByteForByte() {
        const QByteArray body = "{\"error\":{\"message\":\"caf\xC3\xA9 \xFF\"}}";
        playToTheEnd(
            {say("HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + body),
             fin()});
        QTRY_VERIFY(!m_shown->isHidden("rawBody"));
        m_shown->find<QPushButton>("rawBody")->click();
        QVERIFY(!m_shown->isHidden("raw"));
        QTRY_COMPARE(m_shown->find<BodyView>("raw")->visibleText(),
                     QStringLiteral("{\"error\":{\"message\":\"café <FF>\"}}"));
        QVERIFY(m_shown->label("rawSummary").startsWith(QStringLiteral("%1 B in ").arg(body.size())));
    }

    void anEventChosenInTheTimeline_isOpenedInTheEvents() {
        playToTheEnd({say(streamHead() + textEvent("a") + textEvent("b") + openAiEnd), fin()});
        openTab(2);
        auto* chart = m_shown->find<QWidget>("timelineChart");
        QTRY_VERIFY(chart->isVisible());
        QVERIFY(m_shown->cells("timelineFigures").contains(QStringLiteral("Events\n4")));
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(m_shown->find<QTabWidget>("tabs")->currentIndex(), 1);
        QTRY_COMPARE(m_shown->find<QTableView>("eventTable")->currentIndex().row(), 1);
        QTRY_VERIFY(m_shown->text("eventDetail").contains(QStringLiteral("\"b\"")));
    }

    void longRawBody_isThereFromEndToEnd() {
        const QByteArray middle = QByteArray(3'000'000, 'm').replace(0, 5, "begin");
        openTab(3);
        playToTheEnd({say(headOf("text/plain") + middle + "end"), fin()});
        auto* raw = m_shown->find<BodyView>("raw");
        QTRY_VERIFY_WITH_TIMEOUT(raw->visibleText().endsWith(QStringLiteral("mend")), patience);
        QCOMPARE(raw->lines().size(), middle.size() + 3);
        QTest::keyClick(raw, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(raw->visibleText().startsWith(QStringLiteral("begin")));
        QVERIFY(m_shown->label("rawSummary").startsWith(QStringLiteral("3.0 MB in ")));
    }

    void findBar_searchesTheTabInSight() {
        playToTheEnd({say(streamHead("X-Fish: needle\r\n") + textEvent("a needle and") +
                          textEvent(" a needle") + openAiEnd),
                      fin()});
        QTRY_COMPARE(m_shown->text("answerText"), QStringLiteral("a needle and a needle"));
        m_pane->findBar()->open();
        m_shown->find<QLineEdit>("findText")->setText(QStringLiteral("needle"));
        const auto state = [this] { return m_shown->label("findState"); };
        QTRY_COMPARE(state(), QStringLiteral("1 of 2"));
        openTab(1);
        QTRY_COMPARE(state(), QStringLiteral("2 found"));
        m_pane->findBar()->findNext();
        m_pane->findBar()->findNext();
        QCOMPARE(m_shown->find<QAbstractItemView>("eventTable")->currentIndex().row(), 1);
        openTab(3);
        QTRY_COMPARE(state(), QStringLiteral("2 found"));
        m_pane->findBar()->findPrevious();
        QCOMPARE(state(), QStringLiteral("2 of 2"));
        openTab(4);
        QTRY_COMPARE(state(), QStringLiteral("1 found"));
        m_pane->findBar()->findNext();
        QVERIFY(m_shown->find<QAbstractItemView>("answerHeaders")->currentIndex().isValid());
    }

    void headers_areTablesWithoutSecrets() {
        playToTheEnd(
            {say(streamHead("X-Twice: a\r\nX-Long: " + QByteArray(5000, 'l') + "\r\n") + openAiEnd), fin()},
            "https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse&key="
            "AIzaSyCANARY0123456789012345678901234567");
        const QString request = m_shown->cells("requestHeaders");
        QVERIFY(request.contains(QStringLiteral("Authorization")));
        QVERIFY(request.contains(QStringLiteral("Bearer eyJ…")));
        const QString line = m_shown->find<QLineEdit>("requestLine")->text();
        QVERIFY(line.startsWith(QStringLiteral("POST http://127.0.0.1:")));
        QVERIFY2(!line.contains(QStringLiteral("CANARY")), qPrintable(line));
        QCOMPARE(m_shown->find<QLineEdit>("answerLine")->text(), QStringLiteral("200 OK"));
        QVERIFY(m_shown->cells("answerHeaders").contains(QStringLiteral("X-Twice\na")));
        QVERIFY(m_shown->cells("answerHeaders").contains(QStringLiteral("(5.0 kB in all)")));
        m_shown->find<QPushButton>("requestHeadersCopy")->click();
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("POST http")));
        QVERIFY(!copied.contains(QStringLiteral("CANARY")));
        QVERIFY(copied.contains(QStringLiteral("Authorization: Bearer eyJ…")));
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

    void everyControl_hasANameForScreenReaders() {
        playToTheEnd(
            {say("HTTP/1.1 429 Too Many\r\nx-lava-request-id: req_1\r\nConnection: close\r\n\r\n{}"), fin()});
        QCOMPARE(m_shown->nameless(), QStringList());
    }
};

QTEST_MAIN(TestStreamPane)
#include "tst_stream_pane.moc"
