// SPDX-License-Identifier: MIT
// The plan for a next try, after real failures of a real gateway.
#include "gui/appearance.h"
#include "gui/shown.h"
#include "gui/widgets/retry_plan_view.h"
#include "session/workbench.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace lavascope;
using namespace std::chrono_literals;

class TestRetryPlanView : public QObject {
    Q_OBJECT

private:
    static constexpr int patience = 20'000;

    void fail(const QString& fault, const SendOptions& options = {}) {
        SandboxWish wish;
        wish.pace = 0;
        wish.faults = {fault};
        QVERIFY(m_workbench->sandbox().start(wish));
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"hello"}]})";
        Result<std::unique_ptr<Run>> run = m_workbench->send(draft, options);
        QVERIFY(run);
        m_run = *std::move(run);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->isDone() || m_run->state() == Run::State::Waiting, patience);
        m_view->showRun(*m_run);
    }
    QPushButton* button() const { return m_shown->find<QPushButton>("retryNow"); }
    QMessageBox* question() const {
        return m_window->findChild<QMessageBox*>(QStringLiteral("repeatQuestion"));
    }

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Run> m_run;
    std::unique_ptr<QWidget> m_window;
    RetryPlanView* m_view = nullptr;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_window = std::make_unique<QWidget>();
        m_window->resize(600, 200);
        auto* layout = new QVBoxLayout(m_window.get());
        m_view = new RetryPlanView(layout, layout, m_window.get());
        m_shown.emplace(*m_window);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_run.reset();
        m_workbench.reset();
    }

    void hopelessFailure_showsNoPlan() {
        fail(QStringLiteral("402"));
        for (const char* name : {"retryWords", "countdown", "retryNow", "stopWaiting"})
            QVERIFY(m_shown->isHidden(name));
    }

    void serverThatNamesATime_isCountedDownThoughNothingIsAutomatic() {
        fail(QStringLiteral("429:retry_after=3000"));
        QVERIFY(m_run->isDone());
        QCOMPARE(m_shown->label("retryWords"), QStringLiteral("The server asks for a pause of 50 min."));
        QVERIFY(m_shown->label("countdown").startsWith(QStringLiteral("Worth trying in ")));
        QCOMPARE(button()->text(), QStringLiteral("Retry now (early)"));
        QVERIFY(button()->accessibleDescription().contains(QStringLiteral("earlier than the server asked")));
        QVERIFY(m_shown->isHidden("stopWaiting"));
        const QSignalSpy wanted(m_view, &RetryPlanView::retryNowWanted);
        button()->click();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(!question());
    }

    void countdown_endsInLeaveToTry() {
        fail(QStringLiteral("429:retry_after=1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_shown->label("countdown"), QStringLiteral("You can try again now"),
                                  patience);
        QCOMPARE(button()->text(), QStringLiteral("Retry now"));
        QVERIFY(button()->accessibleDescription().isEmpty());
    }

    void failureWithoutATime_namesTheGrowingPauses() {
        fail(QStringLiteral("503"));
        QVERIFY(m_shown->label("retryWords").contains(QStringLiteral("try 2: up to 1 s, try 3: up to 2 s")));
        QCOMPARE(button()->text(), QStringLiteral("Retry now"));
    }

    void automaticRetry_saysSoAndCanBeStopped() {
        SendOptions options;
        options.retry.maxRetries = 2;
        options.retry.cap = 3600s;
        fail(QStringLiteral("429:retry_after=3000"), options);
        QCOMPARE(m_run->state(), Run::State::Waiting);
        QCOMPARE(m_shown->label("retryWords"),
                 QStringLiteral("The server asks for a pause of 50 min. Try 2 of 3 starts by itself."));
        QVERIFY(m_shown->label("countdown").startsWith(QStringLiteral("Retry in ")));
        QVERIFY(!m_shown->isHidden("stopWaiting"));
        m_run->stop();
        m_view->showRun(*m_run);
        QCOMPARE(m_shown->label("retryWords"), QStringLiteral("The server asks for a pause of 50 min."));
        QVERIFY(m_shown->isHidden("stopWaiting"));
    }

    void pauseBeyondTheCap_isExplained() {
        SendOptions options;
        options.retry.maxRetries = 2;
        fail(QStringLiteral("429:retry_after=3000"), options);
        QVERIFY(m_run->isDone());
        QVERIFY(m_shown->label("retryWords").contains(QStringLiteral("longer than the 1 min")));
    }

    void answerThatHadBegun_isRepeatedOnlyAfterAQuestion() {
        SendOptions options;
        options.retry.maxRetries = 2;
        fail(QStringLiteral("cut:after=4"), options);
        QVERIFY(m_run->isDone());
        QVERIFY(m_shown->label("retryWords").startsWith(QStringLiteral("An answer had begun")));
        QCOMPARE(button()->text(), QStringLiteral("Send again…"));
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->isHidden("countdown"), patience);
        const QSignalSpy wanted(m_view, &RetryPlanView::retryNowWanted);
        button()->click();
        QVERIFY(question());
        QCOMPARE(question()->textFormat(), Qt::PlainText);
        QVERIFY(question()->informativeText().contains(QStringLiteral("An answer had begun")));
        QCOMPARE(question()->defaultButton(), question()->button(QMessageBox::Cancel));
        QTest::keyClick(question(), Qt::Key_Return);
        QTRY_VERIFY(!question());
        QCOMPARE(wanted.size(), 0);
        button()->click();
        question()->findChild<QPushButton*>(QStringLiteral("sendAgain"))->click();
        QCOMPARE(wanted.size(), 1);
    }

    void runThatDies_leavesNoCountdown() {
        fail(QStringLiteral("429:retry_after=3000"));
        m_run.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->isHidden("countdown"), patience);
    }

    void everyControl_hasANameForScreenReaders() {
        fail(QStringLiteral("503"));
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestRetryPlanView)
#include "tst_retry_plan_view.moc"
