// SPDX-License-Identifier: MIT
// The page of the built-in gateway, with the real gateway behind it.
#include "gui/appearance.h"
#include "gui/sandbox_pane.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestSandboxPane : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Run> call() {
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/chat/completions";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        draft.body = R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]})";
        Result<std::unique_ptr<Run>> run = m_workbench->send(draft);
        return run ? *std::move(run) : nullptr;
    }
    int statusOfACall() {
        const auto run = call();
        if (!QTest::qWaitFor([&] { return run->isDone(); }, patience))
            return -1;
        return run->recording().attempts.back().status;
    }
    void choose(const char* fault) {
        auto* box = m_shown->find<QComboBox>("fault");
        box->setCurrentIndex(box->findData(QLatin1String(fault)));
    }
    [[nodiscard]] QString logCell(int row, int column) const {
        return m_shown->find<QTableView>("log")->model()->index(row, column).data().toString();
    }
    [[nodiscard]] int logRows() const { return m_shown->find<QTableView>("log")->model()->rowCount(); }

    std::unique_ptr<Workbench> m_workbench;
    ScreenShare m_share;
    std::unique_ptr<SandboxPane> m_pane;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        SandboxWish wish;
        wish.pace = 0;
        QVERIFY(m_workbench->sandbox().start(wish));
        m_pane = std::make_unique<SandboxPane>(m_workbench->sandbox(), m_share);
        m_shown.emplace(*m_pane);
        m_pane->resize(1000, 700);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }
    void cleanup() {
        m_pane.reset();
        m_workbench.reset();
    }

    void runningGateway_showsItsAddressAndMoney() {
        const QString origin = QString::fromLatin1(m_workbench->sandbox().origin());
        QCOMPARE(m_shown->label("state"), QStringLiteral("● listening on ") + origin);
        m_shown->find<QPushButton>("copyAddress")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), origin);
        QVERIFY(m_shown->label("examples").contains(QStringLiteral("conn_demo")));
        QVERIFY(!m_shown->isHidden("logEmpty"));
    }

    void gateway_stopsAndStarts() {
        auto* button = m_shown->find<QPushButton>("startStop");
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        button->click();
        QVERIFY(!m_workbench->sandbox().isRunning());
        QCOMPARE(m_shown->label("state"), QStringLiteral("○ stopped"));
        QVERIFY(!m_shown->find<QPushButton>("copyAddress")->isEnabled());
        QCOMPARE(button->text(), QStringLiteral("Start"));
        button->click();
        QVERIFY(m_workbench->sandbox().isRunning());
        QVERIFY(m_shown->label("state").startsWith(QStringLiteral("● listening")));
    }

    void servedRequests_areListedNewestFirst() {
        QCOMPARE(statusOfACall(), 200);
        choose("503");
        QCOMPARE(statusOfACall(), 503);
        QTRY_COMPARE(logRows(), 2);
        QCOMPARE(logCell(0, 1), QStringLiteral("✕ 503"));
        QCOMPARE(logCell(1, 1), QStringLiteral("✓ 200"));
        QCOMPARE(logCell(1, 2), QStringLiteral("POST"));
        QCOMPARE(logCell(1, 3), QStringLiteral("https://api.openai.com/v1/chat/completions"));
        QVERIFY(logCell(1, 5).startsWith(QLatin1Char('$')));
        QVERIFY(logCell(1, 6).startsWith(QStringLiteral("req_")));
        QTRY_VERIFY(m_shown->isHidden("logEmpty"));
        QVERIFY(!m_shown->cells("log").contains(QStringLiteral("CANARY")));
        QTRY_VERIFY(m_shown->cells("wallets").contains(QStringLiteral("aks_test_")));
        QVERIFY(!m_shown->cells("wallets").contains(QStringLiteral("CANARY")));
    }

    void everyFault_isTakenByTheGateway_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<int>("status");
        for (int status : {401, 402, 429, 500, 502, 503})
            QTest::addRow("%d", status) << QByteArray::number(status) << status;
    }
    void everyFault_isTakenByTheGateway() {
        QFETCH(QByteArray, fault);
        QFETCH(int, status);
        choose(fault.constData());
        QCOMPARE(statusOfACall(), status);
        m_shown->find<QComboBox>("fault")->setCurrentIndex(0);
        QCOMPARE(statusOfACall(), 200);
    }

    void faultForSomeRequests_isUsedUp() {
        m_shown->find<QSpinBox>("times")->setValue(1);
        choose("503");
        QVERIFY(m_shown->label("faultState").contains(QStringLiteral("1 request")));
        QCOMPARE(statusOfACall(), 503);
        QCOMPARE(statusOfACall(), 200);
    }

    void retryAfter_isSent() {
        QVERIFY(!m_shown->find<QSpinBox>("retryAfter")->isEnabled());
        choose("429");
        m_shown->find<QSpinBox>("retryAfter")->setValue(9);
        const auto run = call();
        QTRY_VERIFY_WITH_TIMEOUT(run->isDone(), patience);
        QCOMPARE(run->diagnosis()->retryAfter, std::optional(std::chrono::milliseconds(9s)));
    }

    void cutAndSilence_areSetToo() {
        choose("cut");
        m_shown->find<QSpinBox>("afterEvents")->setValue(5);
        QCOMPARE(m_workbench->sandbox().faults(), QStringList(QStringLiteral("cut:after=5")));
        choose("hang");
        QCOMPARE(m_workbench->sandbox().faults(), QStringList(QStringLiteral("hang")));
        QVERIFY(!m_shown->find<QSpinBox>("retryAfter")->isEnabled());
    }

    void emptyWallet_isSetByTheButton() {
        m_shown->find<QDoubleSpinBox>("balance")->setValue(0);
        QCOMPARE(statusOfACall(), 200);
        m_shown->find<QPushButton>("setBalance")->click();
        QCOMPARE(statusOfACall(), 402);
        QTRY_VERIFY(m_shown->cells("wallets").contains(QStringLiteral("$0.0000")));
    }

    void requestLimit_holdsAndOutlivesARestart() {
        m_shown->find<QSpinBox>("limit")->setValue(1);
        QCOMPARE(statusOfACall(), 200);
        QCOMPARE(statusOfACall(), 429);
        m_shown->find<QPushButton>("startStop")->click();
        m_shown->find<QPushButton>("startStop")->click();
        QCOMPARE(statusOfACall(), 200);
        QCOMPARE(statusOfACall(), 429);
    }

    void whatOthersWrote_isShownLiterally() {
        RequestDraft draft;
        draft.gateway = m_workbench->sandbox().origin();
        draft.providerUrl = "https://api.openai.com/v1/%3Cimg%20src=x%3E";
        draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
        Result<std::unique_ptr<Run>> run = m_workbench->send(draft);
        QVERIFY(run);
        QTRY_VERIFY_WITH_TIMEOUT((*run)->isDone(), patience);
        QTRY_COMPARE(logRows(), 1);
        QCOMPARE(m_shown->richLabels(), QStringList());
        const QString tip =
            m_shown->find<QTableView>("log")->model()->index(0, 3).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<img")), qPrintable(tip));
    }

    void everyControl_hasANameForScreenReaders() { QCOMPARE(m_shown->nameless(), QStringList()); }
};

QTEST_MAIN(TestSandboxPane)
#include "tst_sandbox_pane.moc"
