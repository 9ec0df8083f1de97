// SPDX-License-Identifier: MIT
// The table of events as a person uses it, fed by the real reader.
#include "core/stream/stream_reader.h"
#include "gui/shown.h"
#include "gui/widgets/events_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

} // namespace

class TestEventsView : public QObject {
    Q_OBJECT

private:
    void take(int count, const QByteArray& word = "x") {
        for (int i = 0; i < count; ++i)
            m_reader->take({std::chrono::milliseconds(++m_now),
                            "data: {\"" + word + "\":" + QByteArray::number(m_now) + "}\n\n"});
    }
    void drawAll() {
        while (m_view->pull(noHurry)) {
        }
        QCoreApplication::processEvents();
    }
    [[nodiscard]] int rows() const { return table()->model()->rowCount(); }
    [[nodiscard]] QTableView* table() const { return m_shown->find<QTableView>("eventTable"); }
    [[nodiscard]] bool atBottom() const {
        return table()->verticalScrollBar()->value() == table()->verticalScrollBar()->maximum();
    }

    std::unique_ptr<StreamReader> m_reader;
    std::unique_ptr<EventsView> m_view;
    std::optional<Shown> m_shown;
    int m_now = 0;

private Q_SLOTS:
    void init() {
        m_now = 0;
        m_reader =
            std::make_unique<StreamReader>(StreamHints{"https://api.openai.com/v1/chat/completions", {}, {}});
        m_reader->takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1ms);
        m_view = std::make_unique<EventsView>();
        m_shown.emplace(*m_view);
        m_view->resize(700, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setReader(m_reader.get());
        connect(m_view.get(), &EventsView::pullWanted, this, &TestEventsView::drawAll);
    }
    void cleanup() {
        m_view.reset();
        m_reader.reset();
    }

    void emptyTable_saysWhy() {
        m_view->setEmptyReason(QStringLiteral("<b>because</b>\u202e"));
        QVERIFY(!m_shown->isHidden("eventsEmpty"));
        QCOMPARE(m_shown->label("eventsEmpty"), QStringLiteral("<b>because</b><U+202E>"));
        take(1);
        drawAll();
        QVERIFY(m_shown->isHidden("eventsEmpty"));
    }

    void newestEvent_staysInSightUntilTheUserScrollsAway() {
        take(100);
        drawAll();
        QVERIFY(atBottom());
        QVERIFY(m_shown->isHidden("eventNewest"));

        table()->verticalScrollBar()->setValue(0);
        take(7);
        drawAll();
        QCOMPARE(table()->verticalScrollBar()->value(), 0);
        QCOMPARE(m_shown->find<QPushButton>("eventNewest")->text(), QStringLiteral("▼ 7 new"));
        QVERIFY(!m_shown->isHidden("eventNewest"));

        m_shown->find<QPushButton>("eventNewest")->click();
        QVERIFY(atBottom());
        QVERIFY(m_shown->isHidden("eventNewest"));
        take(3);
        drawAll();
        QVERIFY(atBottom());
    }

    void pause_stopsDrawingAndNotCapturing() {
        take(5);
        drawAll();
        auto* pause = m_shown->find<QPushButton>("eventPause");
        pause->click();
        take(4);
        drawAll();
        QCOMPARE(rows(), 5);
        QCOMPARE(m_reader->eventCount(), qsizetype(9));
        QCOMPARE(m_shown->label("eventFilterState"), QStringLiteral("paused, 4 waiting"));
        pause->click();
        QCOMPARE(rows(), 9);
    }

    void filter_countsWhatItKeeps() {
        take(5, "alpha");
        take(3, "beta");
        drawAll();
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("BETA"));
        QCOMPARE(rows(), 3);
        QCOMPARE(m_shown->label("eventFilterState"), QStringLiteral("3 of 8"));
        take(1, "beta");
        drawAll();
        QCOMPARE(rows(), 4);
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("gamma"));
        QCOMPARE(m_shown->label("eventsEmpty"), QStringLiteral("None of the 9 events fits the filter."));
        m_shown->find<QLineEdit>("eventFilter")->clear();
        QCOMPARE(rows(), 9);
    }

    void anEventAskedFor_isShownWhateverHidesIt() {
        take(5, "alpha");
        take(3, "beta");
        drawAll();
        m_view->choose(6);
        QCOMPARE(table()->currentIndex().row(), 6);
        QVERIFY(table()->hasFocus());

        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("alpha"));
        m_view->choose(7);
        QCOMPARE(table()->currentIndex().row(), 7);
        QVERIFY(m_shown->text("eventDetail").contains(QStringLiteral("beta")));

        m_shown->find<QPushButton>("eventPause")->click();
        take(2, "gamma");
        drawAll();
        m_view->choose(9);
        QCOMPARE(table()->currentIndex().row(), 9);
        QVERIFY(m_shown->text("eventDetail").contains(QStringLiteral("gamma")));
    }

    void pattern_isTakenAsOneAndABrokenOneIsNamed() {
        take(5, "alpha");
        take(3, "beta");
        drawAll();
        m_shown->find<QCheckBox>("eventRegex")->setChecked(true);
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("b.ta"));
        QCOMPARE(rows(), 3);
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("b("));
        QCOMPARE(m_shown->label("eventFilterState"), QStringLiteral("✕ no valid pattern"));
        QCOMPARE(rows(), 3);
    }

    void chosenEvent_isShownInFullAndKeptThroughTheFilter() {
        take(2, "alpha");
        take(2, "beta");
        drawAll();
        table()->selectRow(3);
        QVERIFY(!m_shown->isHidden("eventDetail"));
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"beta\": 4\n}"));
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("beta"));
        QCOMPARE(table()->currentIndex().row(), 1);
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"beta\": 4\n}"));
    }

    void escape_closesTheDetailOnceTheStreamIsOver() {
        take(2);
        drawAll();
        table()->selectRow(0);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Escape);
        QVERIFY(!m_shown->isHidden("eventDetail"));
        m_reader->takeEnding({EndReason::Finished, {}, 90ms, 1});
        QTest::keyClick(table(), Qt::Key_Escape);
        QVERIFY(m_shown->isHidden("eventDetail"));
    }

    void hugeEvent_isShownInPartWithItsSize() {
        m_reader->take({9ms, "data: \"" + QByteArray(3'000'000, 'h') + "\"\n\n"});
        drawAll();
        table()->selectRow(0);
        const QString detail = m_shown->text("eventDetail");
        QVERIFY(detail.size() < 100);
        QVERIFY(detail.contains(QStringLiteral("… 3.0 MB …")));
        const QSignalSpy saved(m_view.get(), &EventsView::saveWanted);
        m_shown->find<QPushButton>("saveString")->click();
        QCOMPARE(saved.size(), 1);
        QCOMPARE(saved[0][0].toByteArray(), QByteArray(3'000'000, 'h'));
    }

    void types_fillTheirListAsTheyComeAndFilter() {
        take(2, "type\":\"alpha\",\"n");
        drawAll();
        auto* type = m_shown->find<QComboBox>("eventType");
        QCOMPARE(type->count(), 2);
        take(3, "type\":\"beta\",\"n");
        drawAll();
        QCOMPARE(type->count(), 3);
        QCOMPARE(type->itemText(2), QStringLiteral("beta"));
        type->setCurrentIndex(2);
        QCOMPARE(rows(), 3);
        QCOMPARE(m_shown->label("eventFilterState"), QStringLiteral("3 of 5"));
        take(1, "type\":\"alpha\",\"n");
        drawAll();
        QCOMPARE(rows(), 3);
        m_view->setReader(m_reader.get());
        drawAll();
        QCOMPARE(type->currentIndex(), 0);
        QCOMPARE(rows(), 6);
    }

    void search_movesThroughTheRowsThatHoldIt() {
        take(2, "alpha");
        take(2, "beta");
        take(1, "alpha");
        take(1, "beta");
        drawAll();
        Searchable& search = *m_view->search();
        search.startSearch(SearchPattern::holding(QStringLiteral("BETA")));
        QVERIFY(!search.searchOn(noHurry));
        QCOMPARE(search.searchState().count, 3);
        QVERIFY(search.showMatch(SearchStep::Here));
        QCOMPARE(table()->currentIndex().row(), 2);
        QVERIFY(search.showMatch(SearchStep::Next));
        QVERIFY(search.showMatch(SearchStep::Next));
        QCOMPARE(table()->currentIndex().row(), 5);
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"beta\": 6\n}"));
        QVERIFY(!search.showMatch(SearchStep::Next));
        m_shown->find<QLineEdit>("eventFilter")->setText(QStringLiteral("alpha"));
        QVERIFY(!search.searchOn(noHurry));
        QCOMPARE(search.searchState().count, 0);
    }

    void detailIsDrawn_evenWhilePaused() {
        take(2);
        drawAll();
        m_shown->find<QPushButton>("eventPause")->click();
        table()->selectRow(1);
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"x\": 2\n}"));
    }

    void arrowKeys_walkThroughTheEvents() {
        take(3);
        drawAll();
        table()->setFocus();
        table()->selectRow(0);
        QTest::keyClick(table(), Qt::Key_Down);
        QCOMPARE(table()->currentIndex().row(), 1);
        QCOMPARE(m_shown->text("eventDetail"), QStringLiteral("{\n  \"x\": 2\n}"));
    }

    void everyControl_hasANameForScreenReaders() { QCOMPARE(m_shown->nameless(), QStringList()); }
};

QTEST_MAIN(TestEventsView)
#include "tst_events_view.moc"
