// SPDX-License-Identifier: MIT
// The retry coach in the window, with the real gateway behind it and our own client before it.
#include "gui/appearance.h"
#include "gui/retry_coach_view.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestRetryCoachView : public QObject {
    Q_OBJECT

private:
    bool call(int retries) {
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body = R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]})";
        SendOptions options;
        options.retry.maxRetries = retries;
        Result<std::unique_ptr<Run>> sent = m_workbench->send(draft, options);
        if (!sent)
            return false;
        const std::unique_ptr<Run> run = *std::move(sent);
        return QTest::qWaitFor([&] { return run->isDone(); }, patience);
    }
    void choose(const char* answer, int times, double retryAfter = 0) {
        auto* box = m_shown->find<QComboBox>("answer");
        box->setCurrentIndex(box->findData(QLatin1String(answer)));
        m_shown->find<QSpinBox>("coachTimes")->setValue(times);
        m_shown->find<QDoubleSpinBox>("coachRetryAfter")->setValue(retryAfter);
    }
    void press(const char* button) { m_shown->find<QPushButton>(button)->click(); }
    [[nodiscard]] QString cell(const char* table, int row, int column) const {
        return m_shown->find<QTableWidget>(table)->item(row, column)->text();
    }

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<RetryCoachView> m_view;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        SandboxWish wish;
        wish.pace = 0;
        QVERIFY(m_workbench->sandbox().start(wish));
        m_view = std::make_unique<RetryCoachView>(m_workbench->sandbox());
        m_shown.emplace(*m_view);
        m_view->resize(1000, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() {
        m_view.reset();
        m_workbench.reset();
    }

    void beforeTheFirstCall_itSaysWhatToDo() {
        QVERIFY(m_shown->label("coachState").startsWith(QStringLiteral("○ off")));
        QVERIFY(m_shown->label("coachEmpty").contains(QStringLiteral("Start the coach")));
        QVERIFY(m_shown->isHidden("report"));
        press("coach");
        QCOMPARE(m_workbench->sandbox().coach(), QStringList{QStringLiteral("429:times=3")});
        QCOMPARE(m_shown->label("coachState"), QStringLiteral("▲ every call first gets: 429:times=3"));
        QVERIFY(m_shown->label("coachEmpty").contains(QStringLiteral("Make one")));
        QVERIFY(!m_shown->find<QWidget>("answerPart")->isEnabled());
        press("coach");
        QVERIFY(m_workbench->sandbox().coach().isEmpty());
    }

    void everyAnswer_isTakenByTheGateway() {
        auto* box = m_shown->find<QComboBox>("answer");
        for (int index = 0; index < box->count(); ++index) {
            box->setCurrentIndex(index);
            press("coach");
            const QStringList steps = m_workbench->sandbox().coach();
            QCOMPARE(steps.size(), 1);
            QVERIFY(steps[0].startsWith(box->itemData(index).toString() + QLatin1Char(':')));
            press("coach");
        }
    }

    void patientClient_isJudgedGood() {
        choose("429", 1, 0.3);
        press("coach");
        QVERIFY(call(2));
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown->isHidden("report"), patience);
        QCOMPARE(m_shown->label("coachVerdict"), QStringLiteral("✓ good"));
        QCOMPARE(m_shown->find<QTableWidget>("tries")->rowCount(), 2);
        QCOMPARE(cell("tries", 0, 1), QStringLiteral("first"));
        QCOMPARE(cell("tries", 0, 2), QStringLiteral("429"));
        QCOMPARE(cell("tries", 0, 3), QStringLiteral("0.3 s"));
        QVERIFY(cell("tries", 1, 1).endsWith(QStringLiteral(" s later")));
        QCOMPARE(cell("tries", 1, 2), QStringLiteral("200"));
        QCOMPARE(cell("coachFindings", 0, 0), QStringLiteral("✓ good"));
        press("copyJson");
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("{\"exchange\":1,")));
        QVERIFY(!copied.contains(QStringLiteral("CANARY")));
        QVERIFY(!m_shown->cells("tries").contains(QStringLiteral("CANARY")));
    }

    void openCall_isJudgedAtThePressOfAButton() {
        choose("402", 3);
        press("coach");
        QVERIFY(call(0));
        QVERIFY(call(0));
        QVERIFY(m_shown->isHidden("report"));
        press("finish");
        QVERIFY(!m_shown->isHidden("report"));
        QCOMPARE(m_shown->label("coachVerdict"), QStringLiteral("✕ bad"));
        QVERIFY(cell("coachFindings", 0, 1).contains(QStringLiteral("Try 1 was answered 402")));
    }

    void olderReport_staysInSightWhileNewOnesCome() {
        choose("402", 3);
        press("coach");
        for (int count = 0; count < 2; ++count) {
            QVERIFY(call(0));
            press("finish");
        }
        auto* reports = m_shown->find<QComboBox>("reports");
        QCOMPARE(reports->count(), 2);
        QVERIFY(reports->currentText().startsWith(QStringLiteral("Call 2 ")));
        reports->setCurrentIndex(1);
        QVERIFY(call(0));
        press("finish");
        QVERIFY(reports->currentText().startsWith(QStringLiteral("Call 1 ")));
    }

    void stoppedGateway_hasNoCoach() {
        press("coach");
        m_workbench->sandbox().stop();
        QVERIFY(!m_shown->find<QPushButton>("coach")->isEnabled());
        QVERIFY(m_shown->label("coachState").contains(QStringLiteral("while the gateway runs")));
    }

    void everyWidget_hasANameAndNoLabelGuessesHtml() {
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestRetryCoachView)
#include "tst_retry_coach_view.moc"
