// SPDX-License-Identifier: MIT
// The timeline as a person uses it, fed by the real reader: with keys, wheel and mouse.
#include "core/stream/stream_reader.h"
#include "gui/models/timeline_columns.h"
#include "gui/shown.h"
#include "gui/widgets/timeline_chart.h"
#include "gui/widgets/timeline_view.h"

#include <QApplication>
#include <QClipboard>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

QByteArray delta(const QByteArray& member) {
    return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{" + member +
           "}}]}\n\n";
}

const QByteArray text = delta(R"("content":"x")");
const QByteArray thought = delta(R"("reasoning_content":"hm")");
const QByteArray comment = ": wait\n\n";
const QByteArray done = "data: [DONE]\n\n";

} // namespace

class TestTimelineView : public QObject {
    Q_OBJECT

private:
    void take(std::chrono::microseconds at, const QByteArray& bytes) { m_reader->take({at, bytes}); }
    void end(std::chrono::microseconds at) {
        Ending ending;
        ending.at = at;
        m_reader->takeEnding(ending);
    }
    void draw() {
        while (m_view->pull(noHurry)) {
        }
        QCoreApplication::processEvents();
    }
    /// A comment, two thoughts, four texts with a stall of 1.5 s before the third, the end.
    void takeAnswer() {
        take(100ms, comment);
        take(200ms, thought);
        take(300ms, thought);
        take(400ms, text);
        take(500ms, text);
        take(2000ms, text);
        take(2100ms, text);
        take(2200ms, done);
        end(2300ms);
        draw();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(chart(), Qt::Key(key), modifiers);
    }
    void turnWheel(int by, Qt::KeyboardModifiers modifiers, const QPoint& at) {
        QWheelEvent wheel(at, chart()->mapToGlobal(at), {}, {0, by}, {}, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(chart(), &wheel);
    }
    [[nodiscard]] TimelineChart* chart() const { return m_shown->find<TimelineChart>("timelineChart"); }
    [[nodiscard]] const TimeWindow& window() const { return chart()->window(); }
    [[nodiscard]] QString said() const { return m_shown->label("timelineReadOut"); }

    std::unique_ptr<StreamReader> m_reader;
    std::unique_ptr<TimelineView> m_view;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void init() {
        m_reader = std::make_unique<StreamReader>(StreamHints{"https://api.openai.com/v1/chat/completions"});
        m_reader->takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 90ms);
        m_view = std::make_unique<TimelineView>();
        m_shown.emplace(*m_view);
        m_view->resize(900, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setReader(m_reader.get());
    }
    void cleanup() {
        m_view.reset();
        m_reader.reset();
    }

    void emptyTimeline_saysWhy() {
        m_view->setEmptyReason(QStringLiteral("<b>because</b>\u202e"));
        draw();
        QVERIFY(!m_shown->isHidden("timelineEmpty"));
        QCOMPARE(m_shown->label("timelineEmpty"), QStringLiteral("<b>because</b><U+202E>"));
        QVERIFY(m_shown->isHidden("timelineChart"));
        take(100ms, text);
        draw();
        QVERIFY(m_shown->isHidden("timelineEmpty"));
        QVERIFY(!m_shown->isHidden("timelineChart"));
        m_view->setReader(nullptr);
        QVERIFY(!m_shown->isHidden("timelineEmpty"));
        QVERIFY(m_shown->isHidden("timelineFigures"));
    }

    void keys_goFromEventToEventAndSayIt() {
        takeAnswer();
        QVERIFY(said().contains(QStringLiteral("Enter")));
        press(Qt::Key_Right);
        QVERIFY2(said().startsWith(QStringLiteral("Event 1 of 8 · 100 ms · the first · Comments · ")),
                 qPrintable(said()));
        press(Qt::Key_Right);
        QVERIFY2(said().startsWith(QStringLiteral("Event 2 of 8 · 200 ms · gap 100 ms · Reasoning · ")),
                 qPrintable(said()));
        // A screen reader hears the same.
        QCOMPARE(chart()->accessibleName(), QStringLiteral("Timeline: ") + said());
        press(Qt::Key_End);
        QVERIFY2(said().startsWith(QStringLiteral("Event 8 of 8 · 2.20 s")), qPrintable(said()));
        press(Qt::Key_Right);
        QCOMPARE(chart()->chosen(), 7);
        press(Qt::Key_Home);
        QCOMPARE(chart()->chosen(), 0);
        press(Qt::Key_Left);
        QCOMPARE(chart()->chosen(), 0);
    }

    void keysWithCtrl_goFromStallToStall() {
        takeAnswer();
        press(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY2(said().startsWith(QStringLiteral("Event 6 of 8 · 2.00 s · gap 1.50 s · Text")),
                 qPrintable(said()));
        press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(chart()->chosen(), 5);
        press(Qt::Key_End);
        press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(chart()->chosen(), 5);
    }

    void enter_opensTheEventUnderTheCursor() {
        takeAnswer();
        const QSignalSpy chosen(m_view.get(), &TimelineView::eventChosen);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        press(Qt::Key_Right);
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toInt(), 1);
        // The window's own key for sending is not taken.
        press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(chosen.count(), 1);
    }

    void clicks_findTheEventOfTheLane() {
        takeAnswer();
        const QSignalSpy chosen(m_view.get(), &TimelineView::eventChosen);
        const TimelineLayout layout(
            chart()->rect(), chart()->fontMetrics(),
            std::vector<TimelinePicture::Lane>(
                {{EventChannel::Text, QStringLiteral("Text"), QStringLiteral("4")},
                 {EventChannel::Reasoning, QStringLiteral("Reasoning"), QStringLiteral("2")},
                 {EventChannel::Tool, QStringLiteral("Tools"), QStringLiteral("0")},
                 {EventChannel::Comment, QStringLiteral("Comments"), QStringLiteral("1")},
                 {EventChannel::Other, QStringLiteral("Other"), QStringLiteral("1")}}));
        const int x = layout.plot.left() + int(layout.plot.width() * window().placeOf(380ms));
        QTest::mouseClick(chart(), Qt::LeftButton, {}, {x, layout.lane(0).center().y()});
        QCOMPARE(chart()->chosen(), 3);
        QTest::mouseClick(chart(), Qt::LeftButton, {}, {x, layout.lane(1).center().y()});
        QCOMPARE(chart()->chosen(), 2);
        QTest::mouseDClick(chart(), Qt::LeftButton, {}, {x, layout.lane(0).center().y()});
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toInt(), 3);
    }

    void zoom_keepsTheCursorInPlaceAndZeroShowsAll() {
        takeAnswer();
        QCOMPARE(window().length(), 2300ms);
        press(Qt::Key_End);
        press(Qt::Key_Plus);
        press(Qt::Key_Plus);
        QVERIFY(window().length() < 1100ms && window().length() > 1000ms);
        QVERIFY(window().placeOf(2200ms) > 0.8 && window().placeOf(2200ms) <= 1);
        press(Qt::Key_Minus);
        QVERIFY(window().length() > 1500ms);
        press(Qt::Key_0);
        QVERIFY(window().isWhole());
        QCOMPARE(window().length(), 2300ms);
        for (int i = 0; i < 60; ++i)
            press(Qt::Key_Plus);
        QCOMPARE(window().length(), TimeWindow::shortest);
        // However close: the cursor stays in sight.
        QVERIFY(window().placeOf(2200ms) >= 0 && window().placeOf(2200ms) <= 1);
        press(Qt::Key_Left);
        QVERIFY(window().placeOf(2100ms) >= 0 && window().placeOf(2100ms) <= 1);
    }

    void wheel_pansAndWithCtrlZoomsAtThePointer() {
        takeAnswer();
        turnWheel(-120, {}, {300, 100});
        QVERIFY(window().isWhole());
        const QPoint place(chart()->width() / 2, 100);
        turnWheel(120, Qt::ControlModifier, place);
        turnWheel(120, Qt::ControlModifier, place);
        QVERIFY(!window().isWhole());
        QVERIFY(window().from() > 300ms && window().from() < 900ms);
        const auto before = window().from();
        turnWheel(-120, {}, place);
        QVERIFY(window().from() > before);
        turnWheel(120, {}, place);
        QCOMPARE(window().from(), before);
        press(Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(window().from() > before);
        press(Qt::Key_PageUp);
        QCOMPARE(window().from(), 0ms);
        turnWheel(-1200, Qt::ControlModifier, place);
        QVERIFY(window().isWhole());
    }

    void drag_takesTheTimeAlongAndChoosesNothing() {
        takeAnswer();
        press(Qt::Key_Plus);
        press(Qt::Key_Plus);
        const auto before = window().from();
        const int pressed = chart()->width() / 2;
        QTest::mousePress(chart(), Qt::LeftButton, {}, {pressed, 100});
        // QTest's own move tells no buttons.
        for (const int x : {pressed - 30, pressed - 100}) {
            QMouseEvent move(QEvent::MouseMove, QPointF(x, 100), chart()->mapToGlobal(QPointF(x, 100)),
                             Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(chart(), &move);
        }
        QTest::mouseRelease(chart(), Qt::LeftButton, {}, {pressed - 100, 100});
        QVERIFY(window().from() > before);
        QCOMPARE(chart()->chosen(), -1);
    }

    void liveEnd_isFollowedUntilTheUserZooms() {
        take(100ms, text);
        draw();
        QCOMPARE(window().length(), 100ms);
        take(900ms, text);
        draw();
        QCOMPARE(window().length(), 900ms);
        press(Qt::Key_Plus);
        const auto from = window().from();
        const auto length = window().length();
        take(5s, text);
        draw();
        QCOMPARE(window().from(), from);
        QCOMPARE(window().length(), length);
        QCOMPARE(window().whole(), 5s);
        press(Qt::Key_0);
        take(6s, text);
        draw();
        QCOMPARE(window().length(), 6s);
    }

    void figures_areATableThatCanBeCopied() {
        takeAnswer();
        const QString cells = m_shown->cells("timelineFigures");
        for (const char* part :
             {"Headers\n90 ms", "First byte\n100 ms", "First event\n200 ms", "First text\n400 ms",
              "End\n2.30 s", "Longest gap\n1.50 s", "Events\n8", "  of them: Text\n4",
              "  of them: Reasoning\n2", "Stalls of 1 s or more\n1, together 1.50 s",
              "Stall 1\n1.50 s at 500 ms, before event 6", "(estimate)"})
            QVERIFY2(cells.contains(QString::fromUtf8(part)), part);
        m_shown->find<QWidget>("timelineCopy")->setFocus();
        QTest::keyClick(m_shown->find<QWidget>("timelineCopy"), Qt::Key_Space);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("First text\t400 ms\n")));
        auto* table = m_shown->find<QTableView>("timelineFigures");
        table->selectRow(1);
        QTest::keySequence(table, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("First byte\t100 ms\n"));
    }

    void aTableWithoutEvents_stillHasItsTimes() {
        m_reader = std::make_unique<StreamReader>(StreamHints());
        m_view->setReader(m_reader.get());
        m_reader->takeHeaders(200, {{"Content-Type", "application/json"}}, 90ms);
        take(100ms, "{}");
        end(200ms);
        draw();
        QVERIFY(!m_shown->isHidden("timelineEmpty"));
        QVERIFY(m_shown->cells("timelineFigures").contains(QStringLiteral("End\n200 ms")));
    }

    void anAnswerThatWasHeldBack_isSaidWithWhatToDo() {
        take(100ms, text);
        draw();
        QVERIFY(m_shown->isHidden("timelineAdvice"));
        for (int i = 1; i <= 4; ++i)
            take(i * 2s, text.repeated(40));
        draw();
        QVERIFY(m_shown->label("timelineAdvice").contains(QStringLiteral("X-Accel-Buffering: no")));
        QVERIFY(!m_shown->isHidden("timelineAdvice"));
    }

    void table_standsBelowWhereThereIsNoRoomBeside() {
        takeAnswer();
        const auto* split = m_view->findChild<QSplitter*>();
        QCOMPARE(split->orientation(), Qt::Horizontal);
        m_view->resize(380, 500);
        QCOMPARE(split->orientation(), Qt::Vertical);
    }

    void words_haveTheWholeWidthWhereThereIsNoRoomBeside() {
        takeAnswer();
        const auto* words = m_view->findChild<QLabel*>(QStringLiteral("timelineReadOut"));
        QTRY_VERIFY(words->width() < m_view->width() / 2 + m_view->width() / 4);
        m_view->resize(380, 500);
        QTRY_VERIFY(words->width() >= m_view->width());
        QTRY_VERIFY(words->height() < 4 * words->fontMetrics().height());
        const auto* button = m_view->findChild<QPushButton*>(QStringLiteral("timelineAll"));
        QVERIFY(button->width() <= button->sizeHint().width());
        QVERIFY(button->mapTo(m_view.get(), QPoint()).y() > words->geometry().bottom());
    }

    void everythingReached_hasAName() {
        takeAnswer();
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

    void columns_holdEveryEventOnce_data() {
        QTest::addColumn<int>("columns");
        for (const int columns : {1, 7, 300, 5000})
            QTest::addRow("%d", columns) << columns;
    }
    void columns_holdEveryEventOnce() {
        QFETCH(const int, columns);
        for (int i = 1; i <= 2000; ++i)
            take(std::chrono::milliseconds(i), i % 4 == 0 ? thought : text);
        ArrivalIndex index(*m_reader);
        index.take(5000);
        qint64 texts = 0;
        qint64 thoughts = 0;
        for (const ChannelCounts& column : timelineColumns(index, 0ms, 2s, columns)) {
            texts += column[size_t(EventChannel::Text)];
            thoughts += column[size_t(EventChannel::Reasoning)];
        }
        QCOMPARE(texts, 1500);
        QCOMPARE(thoughts, 500);
        // Half of the time holds half of them.
        qint64 half = 0;
        for (const ChannelCounts& column : timelineColumns(index, 1s, 1s, columns))
            half += column[size_t(EventChannel::Text)] + column[size_t(EventChannel::Reasoning)];
        QCOMPARE(half, 1001);
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timeline_view.moc"
