// SPDX-License-Identifier: MIT
// What the answer side shows of what came, and finds in it: text, tool calls, events, raw bytes, headers.
#include "gui/stream_pane_test.h"
#include "gui/widgets/body_view.h"
#include "gui/widgets/find_bar.h"

#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QString hostile = QStringLiteral("<img src=file:///etc/passwd><b>x</b>");

} // namespace

class TestStreamContent : public StreamPaneTest {
    Q_OBJECT

private Q_SLOTS:
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
        QTRY_COMPARE(m_shown->text("toolArguments"), hostile);
        QVERIFY(m_shown->find<QToolButton>("toolName")->text().contains(hostile));
        QCOMPARE(m_shown->label("toolId"), hostile);
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
        QTRY_VERIFY(m_shown->text("toolArguments").startsWith(QStringLiteral("{\n  \"port\"")));
        QCOMPARE(m_shown->find<QToolButton>("toolName")->text(), QStringLiteral("▾ 1. get_tide"));
        QCOMPARE(m_shown->label("toolId"), QStringLiteral("toolu_01"));
        QCOMPARE(m_shown->label("toolState"), QStringLiteral("✓ whole"));
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

    void findBar_searchesTheRenderedAnswerAndToolCallsToo() {
        playToTheEnd({say(streamHead() +
                          "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a "
                          "**nee**dle\",\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":"
                          "{\"name\":\"f\",\"arguments\":\"{\\\"needle\\\":1}\"}}]}}]}\n\n" +
                          openAiEnd),
                      fin()});
        QTRY_VERIFY(m_shown->text("answerText").contains(QStringLiteral("**nee**dle")));
        QTRY_VERIFY(m_shown->text("toolArguments").contains(QStringLiteral("needle")));
        m_pane->findBar()->open();
        m_shown->find<QLineEdit>("findText")->setText(QStringLiteral("needle"));
        QTRY_COMPARE(m_shown->label("findState"), QStringLiteral("1 of 1"));
        m_shown->find<QPushButton>("showRendered")->click();
        QTRY_COMPARE(m_shown->label("findState"), QStringLiteral("2 of 2"));
        m_pane->findBar()->findPrevious();
        QCOMPARE(m_shown->label("findState"), QStringLiteral("1 of 2"));
        QCOMPARE(m_shown->find<QTextEdit>("renderedAnswer")->textCursor().selectedText(),
                 QStringLiteral("needle"));
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

    void everyControl_hasANameForScreenReaders() {
        playToTheEnd(
            {say("HTTP/1.1 429 Too Many\r\nx-lava-request-id: req_1\r\nConnection: close\r\n\r\n{}"), fin()});
        QCOMPARE(m_shown->nameless(), QStringList());
    }
};

QTEST_MAIN(TestStreamContent)
#include "tst_stream_content.moc"
