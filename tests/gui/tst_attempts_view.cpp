// SPDX-License-Identifier: MIT
// Tries of real calls side by side.
#include "gui/appearance.h"
#include "gui/shown.h"
#include "gui/widgets/attempts_view.h"
#include "gui/widgets/schedule_bar.h"
#include "session/workbench.h"
#include "support/fault_server.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestAttemptsView : public QObject {
    Q_OBJECT

private:
    static constexpr int patience = 20'000;

    static RequestDraft draftTo(const QByteArray& gateway) {
        RequestDraft draft;
        draft.gateway = gateway;
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        return draft;
    }
    void startSandbox(const QStringList& faults) {
        SandboxWish wish;
        wish.pace = 0;
        wish.faults = faults;
        QVERIFY(m_workbench->sandbox().start(wish));
        m_draft = draftTo(m_workbench->sandbox().origin());
    }
    void send(int retries = 0, std::chrono::milliseconds base = 1ms) {
        SendOptions options;
        options.retry.maxRetries = retries;
        options.retry.base = base;
        options.retry.cap = 3600s;
        const Result<HttpRequest> request = buildRequest(m_draft);
        QVERIFY(request);
        options.retry.triesBefore = m_view->history().triesOf(*request);
        Result<std::unique_ptr<Run>> run = m_workbench->send(m_draft, options);
        QVERIFY(run);
        m_view->history().follow(run->get());
        m_run = *std::move(run);
    }
    void sendToTheEnd(int retries = 0) {
        send(retries);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone(), patience);
    }
    QString cell(int row, int column) const {
        return m_shown->find<QTableView>("attemptTable")->model()->index(row, column).data().toString();
    }
    int rows() const { return m_shown->find<QTableView>("attemptTable")->model()->rowCount(); }

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Run> m_run;
    std::unique_ptr<AttemptsView> m_view;
    std::optional<Shown> m_shown;
    RequestDraft m_draft;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_view = std::make_unique<AttemptsView>();
        m_shown.emplace(*m_view);
        m_view->resize(700, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() {
        m_view.reset();
        m_run.reset();
        m_workbench.reset();
    }

    void withoutACall_itSaysSo() {
        QVERIFY(!m_shown->isHidden("attemptsEmpty"));
        QVERIFY(m_shown->isHidden("attemptTable"));
    }

    void automaticTries_standSideBySide() {
        startSandbox({QStringLiteral("503:times=2")});
        sendToTheEnd(3);
        QCOMPARE(rows(), 3);
        QVERIFY(cell(0, 1).startsWith(QStringLiteral("503")));
        QVERIFY(cell(0, 4).startsWith(QStringLiteral("✕ ")));
        QVERIFY(cell(1, 4).startsWith(QStringLiteral("✕ ")));
        QVERIFY(cell(2, 1).startsWith(QStringLiteral("200")));
        QCOMPARE(cell(2, 4), QStringLiteral("✓ succeeded"));
        QCOMPARE(cell(0, 2), QStringLiteral("–"));
        QVERIFY(cell(1, 2).endsWith(QStringLiteral("ms")));
    }

    void plannedTries_areRowsToo() {
        startSandbox({QStringLiteral("429:retry_after=3000")});
        send(2);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->state(), Run::State::Waiting, patience);
        QCOMPARE(rows(), 3);
        QCOMPARE(cell(1, 1), QStringLiteral("planned"));
        QCOMPARE(cell(1, 2), QStringLiteral("50 min, as asked"));
        QCOMPARE(cell(1, 4), QStringLiteral("starts by itself"));
        QVERIFY(cell(2, 2).startsWith(QStringLiteral("up to ")));
        QVERIFY(m_shown->find<ScheduleBar>("schedule")
                    ->accessibleDescription()
                    .contains(QStringLiteral("try 1, pause 50 min, as asked, try 2")));
        m_run->stop();
        QCOMPARE(rows(), 2);
        QCOMPARE(cell(1, 4), QStringLiteral("when you say so"));
    }

    void sameRequestSentAgainByHand_isTheNextTry() {
        startSandbox({QStringLiteral("503:times=2")});
        sendToTheEnd();
        sendToTheEnd();
        QCOMPARE(m_view->history().attempts().size(), size_t(2));
        QVERIFY(cell(1, 2).endsWith(QStringLiteral(", by hand")));
        QCOMPARE(m_view->history().planned().front().number, 3);
        sendToTheEnd();
        QCOMPARE(cell(2, 4), QStringLiteral("✓ succeeded"));
        // What succeeded is over: the next press is a call of its own.
        sendToTheEnd();
        QCOMPARE(rows(), 1);
    }

    void otherRequest_startsOver() {
        startSandbox({QStringLiteral("503")});
        sendToTheEnd();
        m_draft.body.replace("hello", "other");
        sendToTheEnd();
        QCOMPARE(m_view->history().attempts().size(), size_t(1));
    }

    void noCall_forgetsAll() {
        startSandbox({QStringLiteral("503")});
        sendToTheEnd();
        m_view->history().follow(nullptr);
        QCOMPARE(rows(), 0);
    }

    void earlierTry_canBeReadAgain() {
        startSandbox({QStringLiteral("429:times=1,retry_after=0")});
        sendToTheEnd(1);
        QCOMPARE(rows(), 2);
        QVERIFY(m_shown->text("attemptDetail").startsWith(QStringLiteral("Try 2: 200")));
        QTest::keyClick(m_shown->find<QTableView>("attemptTable"), Qt::Key_Up);
        const QString detail = m_shown->text("attemptDetail");
        QVERIFY(detail.startsWith(QStringLiteral("Try 1: 429")));
        QVERIFY(detail.contains(QStringLiteral("retry-after: 0"), Qt::CaseInsensitive));
        QVERIFY(detail.contains(QStringLiteral("sandbox_fault")));
    }

    void chosenTry_staysChosenWhenANewOneStarts() {
        startSandbox({QStringLiteral("503")});
        sendToTheEnd();
        sendToTheEnd();
        QTest::keyClick(m_shown->find<QTableView>("attemptTable"), Qt::Key_Up);
        sendToTheEnd();
        QVERIFY(m_shown->text("attemptDetail").startsWith(QStringLiteral("Try 1:")));
    }

    void callThatIsGone_leavesItsTries() {
        startSandbox({QStringLiteral("503")});
        sendToTheEnd();
        m_run.reset();
        QVERIFY(cell(0, 1).startsWith(QStringLiteral("503")));
    }

    void credential_isKeptNowhere() {
        // A gateway that says again what it was sent, as it was sent and as it is inside.
        const Result<HttpRequest> request = buildRequest(draftTo("http://127.0.0.1:9"));
        const QByteArray token = request->headers.value("Authorization")->sliced(qstrlen("Bearer "));
        const QByteArray told = token + " aks_test_gui_0000_CANARY";
        FaultServer gateway(
            {fault::say("HTTP/1.1 401 Unauthorized\r\nX-Sent: " + told +
                        "\r\nContent-Length: " + QByteArray::number(told.size()) + "\r\n\r\n" + told)});
        m_draft = draftTo(gateway.url(""));
        sendToTheEnd();
        QCOMPARE(m_view->history().attempts().size(), size_t(1));
        const QString kept = attemptText(m_view->history().attempts().front());
        QVERIFY2(kept.contains(QStringLiteral("X-Sent")), qPrintable(kept));
        QVERIFY2(!kept.contains(QStringLiteral("CANARY")), qPrintable(kept));
        QVERIFY2(!kept.contains(QString::fromLatin1(token)), qPrintable(kept));
    }

    void everyControl_hasANameForScreenReaders() {
        startSandbox({QStringLiteral("503")});
        sendToTheEnd();
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestAttemptsView)
#include "tst_attempts_view.moc"
