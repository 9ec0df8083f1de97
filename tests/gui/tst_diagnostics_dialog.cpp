// SPDX-License-Identifier: MIT
// Help, Diagnostics: the report and the load test, with the real ones behind them.
#include "gui/diagnostics_dialog.h"
#include "gui/screen_share.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace lavascope;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestDiagnosticsDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_dialog = std::make_unique<DiagnosticsDialog>(*m_workbench, m_share);
        m_dialog->show();
        m_shown.emplace(*m_dialog);
    }
    void cleanup() {
        m_dialog.reset();
        m_workbench.reset();
    }

    void report_isShownAndCopied() {
        auto* copy = m_shown->find<QPushButton>("copy");
        QVERIFY(!copy->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(copy->isEnabled(), patience);
        const QString cells = m_shown->cells("checks");
        for (const char* name : {"program", "data folder", "tls", "key store", "sandbox", "window", "fonts"})
            QVERIFY2(cells.contains(QLatin1String(name)), name);
        QVERIFY(cells.contains(QStringLiteral("✓ ok")));
        QVERIFY(!m_shown->label("summary").isEmpty());
        QTest::mouseClick(copy, Qt::LeftButton);
        const QString copied = QApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("✓ ok · program · Lavascope ")), qPrintable(copied));
        QVERIFY(copied.contains(QStringLiteral("sandbox")));
    }

    void loadTest_isRunFromTheKeyboardAndJudgedInWords() {
        m_shown->find<QTabWidget>("tabs")->setCurrentIndex(1);
        auto* start = m_shown->find<QPushButton>("runLoad");
        start->setFocus();
        QTest::keyClick(start, Qt::Key_Space);
        QVERIFY(!start->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        const QString cells = m_shown->cells("figures");
        QVERIFY2(cells.contains(QStringLiteral("10003 events")) ||
                     cells.contains(QStringLiteral("10,003 events")),
                 qPrintable(cells));
        QVERIFY(cells.contains(QStringLiteral("passed: ")) || cells.contains(QStringLiteral("failed: ")));
        QVERIFY(!m_shown->isHidden("figures"));
        // What was drawn meanwhile is the call of the test itself; the last one was stopped.
        QVERIFY(m_shown->label("verdict").contains(QStringLiteral("stopped by you")));
        // Once more: nothing of the first is left over.
        QTest::keyClick(start, Qt::Key_Space);
        QVERIFY(m_shown->isHidden("figures"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), patience);
        QCOMPARE(m_shown->cells("figures").count(QStringLiteral("10003 events")) +
                     m_shown->cells("figures").count(QStringLiteral("10,003 events")),
                 qsizetype(1));
    }

    void dialogThatIsClosedInTheMiddle_endsTheTest() {
        m_shown->find<QTabWidget>("tabs")->setCurrentIndex(1);
        QTest::mouseClick(m_shown->find<QPushButton>("runLoad"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown->isHidden("StreamPane"), patience);
        m_dialog.reset();
        QCoreApplication::processEvents();
    }

    void everyWidget_hasANameAndPlainText() {
        QTRY_VERIFY_WITH_TIMEOUT(m_shown->find<QPushButton>("copy")->isEnabled(), patience);
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

private:
    std::unique_ptr<Workbench> m_workbench;
    ScreenShare m_share;
    std::unique_ptr<DiagnosticsDialog> m_dialog;
    std::optional<Shown> m_shown;
};

QTEST_MAIN(TestDiagnosticsDialog)
#include "tst_diagnostics_dialog.moc"
