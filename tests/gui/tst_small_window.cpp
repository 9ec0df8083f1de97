// SPDX-License-Identifier: MIT
// The real window, as small as it is used, with all that an answer can show.
#include "gui/appearance.h"
#include "gui/main_window.h"
#include "gui/shown.h"
#include "session/workbench.h"

#include <QApplication>
#include <QTabWidget>
#include <QTest>

#include <memory>
#include <optional>

using namespace lavascope;

class TestSmallWindow : public QObject {
    Q_OBJECT

private:
    static constexpr int patience = 20'000;
    static constexpr QSize small{1024, 700};

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_window = std::make_unique<MainWindow>(*m_workbench);
        m_shown.emplace(*m_window);
        m_window->resize(small);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_workbench.reset();
    }

    void everyAnswer_fitsIntoASmallWindow_data() {
        QTest::addColumn<QString>("fixture");
        for (const char* name : {"anthropic_messages/citations.sse", "anthropic_messages/server_tools.sse",
                                 "anthropic_messages/overloaded.sse", "anthropic_messages/refusal.sse",
                                 "openai_media/image.sse"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyAnswer_fitsIntoASmallWindow() {
        QFETCH(QString, fixture);
        m_window->openFile(QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/fixtures/streams/") + fixture);
        QTRY_VERIFY_WITH_TIMEOUT(!m_shown->isHidden("size"), patience);
        auto* tabs = m_shown->find<QTabWidget>("tabs");
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            for (int turn = 0; turn < 10; ++turn)
                QCoreApplication::processEvents();
            QCOMPARE(m_window->minimumSizeHint().boundedTo(small), m_window->minimumSizeHint());
            QCOMPARE(m_window->size(), small);
            const QWidget* pane = tabs->parentWidget();
            QVERIFY(pane->mapTo(m_window.get(), pane->rect().bottomLeft()).y() < small.height());
        }
    }
};

QTEST_MAIN(TestSmallWindow)
#include "tst_small_window.moc"
