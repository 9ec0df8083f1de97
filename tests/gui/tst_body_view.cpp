// SPDX-License-Identifier: MIT
// The raw view as a person reads it: with the keyboard, the mouse and the clipboard.
#include "gui/appearance.h"
#include "gui/widgets/body_view.h"

#include <QApplication>
#include <QClipboard>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

QByteArray numberedLines(int count) {
    QByteArray body;
    for (int i = 1; i <= count; ++i)
        body += "line " + QByteArray::number(i) + '\n';
    return body;
}

} // namespace

class TestBodyView : public QObject {
    Q_OBJECT

private:
    void show(const QByteArray& body, qsizetype piece = 1000) {
        m_attempt = {};
        for (qsizetype at = 0; at < body.size(); at += piece)
            m_attempt.chunks.push_back({{}, body.mid(at, piece)});
        end();
        m_view->clear();
        pullAll();
    }
    void come(const QByteArray& bytes) {
        m_attempt.chunks.push_back({{}, bytes});
        pullAll();
    }
    void end() { m_attempt.ending = Ending{EndReason::Finished, {}, 1ms, 1}; }
    void pullAll() {
        while (m_view->pull(m_attempt, noHurry)) {
        }
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_view.get(), key, modifiers);
    }
    QString copied() {
        key(Qt::Key_C, Qt::ControlModifier);
        return QGuiApplication::clipboard()->text();
    }
    QString firstLine() const { return m_view->visibleText().section(QLatin1Char('\n'), 0, 0); }
    QString lastLine() const { return m_view->visibleText().trimmed().section(QLatin1Char('\n'), -1); }
    void searchAll(const SearchPattern& pattern) {
        m_view->startSearch(pattern);
        while (m_view->searchOn(noHurry)) {
        }
    }

    Attempt m_attempt;
    std::unique_ptr<BodyView> m_view;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_attempt = {};
        m_view = std::make_unique<BodyView>();
        m_view->resize(600, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
    }
    void cleanup() { m_view.reset(); }

    void finishedBody_isReadFromItsBeginning() {
        show(numberedLines(1000));
        QCOMPARE(firstLine(), QStringLiteral("line 1"));
        QCOMPARE(m_view->lines().lineCount(), 1000);
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void runningBody_isFollowedUntilTheUserScrolls() {
        come(numberedLines(500));
        QCOMPARE(lastLine(), QStringLiteral("line 500"));
        come("more\n");
        QCOMPARE(lastLine(), QStringLiteral("more"));
        QScrollBar* bar = m_view->verticalScrollBar();
        bar->triggerAction(QAbstractSlider::SliderPageStepSub);
        const QString kept = firstLine();
        come(numberedLines(100));
        QCOMPARE(firstLine(), kept);
        bar->triggerAction(QAbstractSlider::SliderToMaximum);
        come("the end");
        QCOMPARE(lastLine(), QStringLiteral("the end"));
    }

    void whatCannotBeSeenOrIsNoText_isAChip() {
        show("a\xE2\x80\xAE"
             "b\xFF\xFE\x1B[31m\r\nü🌊\t.",
             1);
        QCOMPARE(m_view->visibleText(), QStringLiteral("a<U+202E>b<FF><FE><U+001B>[31m␍\nü🌊\t."));
    }

    void copy_hasTheBytesAsTheyCame() {
        const QByteArray body = "a\xE2\x80\xAE"
                                "b\r\n<U+202E>\r\nü🌊\t.\n";
        show(body, 3);
        key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(copied(), QString::fromUtf8(body));
    }

    void keys_moveTheCursor() {
        show(numberedLines(100));
        key(Qt::Key_Down);
        QCOMPARE(m_view->caret(), 7);
        key(Qt::Key_End);
        QCOMPARE(m_view->caret(), 13);
        key(Qt::Key_Right);
        QCOMPARE(m_view->caret(), 14);
        key(Qt::Key_Left);
        QCOMPARE(m_view->caret(), 13);
        key(Qt::Key_Up);
        QCOMPARE(m_view->caret(), 6);
        key(Qt::Key_Home);
        QCOMPARE(m_view->caret(), 0);
        key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_view->caret(), m_view->lines().size());
        QCOMPARE(lastLine(), QStringLiteral("line 100"));
        key(Qt::Key_PageUp);
        QVERIFY(m_view->lineOfCaret() < 95 && m_view->lineOfCaret() > 60);
        key(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(firstLine(), QStringLiteral("line 1"));
        key(Qt::Key_PageDown);
        QVERIFY(m_view->lineOfCaret() > 5);
        QVERIFY(m_view->visibleText().contains(QStringLiteral("line %1\n").arg(m_view->lineOfCaret() + 1)));
    }

    void shift_selects() {
        show("first\nsecond\nthird\n");
        key(Qt::Key_Right);
        key(Qt::Key_Down, Qt::ShiftModifier);
        key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(copied(), QStringLiteral("irst\nse"));
        key(Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(copied(), QStringLiteral("irst\nsecond\nthird\n"));
        key(Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(copied(), QStringLiteral("f"));
    }

    void cursor_goesOverWholeCharacters() {
        show("ü🌊\xFFx", 1);
        QList<qint64> stops;
        for (int i = 0; i < 4; ++i) {
            key(Qt::Key_Right);
            stops += m_view->caret();
        }
        QCOMPARE(stops, (QList<qint64>{2, 6, 7, 8}));
        key(Qt::Key_Left);
        key(Qt::Key_Left);
        QCOMPARE(m_view->caret(), 6);
    }

    void endlessLine_isReadThroughToItsEnd() {
        QByteArray line;
        for (int i = 0; i < 100'000; ++i)
            line += QByteArray::number(i) + ' ';
        show(line, 10'000);
        QCOMPARE(m_view->lines().lineCount(), 1);
        key(Qt::Key_End, Qt::ControlModifier);
        QVERIFY(m_view->visibleText().endsWith(QStringLiteral(" 99998 99999 ")));
        key(Qt::Key_Home, Qt::ControlModifier);
        // Line by line, not piece by piece.
        QList<qint64> steps;
        for (int i = 0; i < 60; ++i) {
            const qint64 before = m_view->caret();
            key(Qt::Key_Down);
            steps += m_view->caret() - before;
        }
        QVERIFY(*std::min_element(steps.begin(), steps.end()) > 0);
        QVERIFY(*std::max_element(steps.begin(), steps.end()) < 150);
    }

    void mouse_selectsAndShiftClickExtends() {
        show(numberedLines(100));
        const int line = m_view->fontMetrics().lineSpacing();
        QWidget* area = m_view->viewport();
        QTest::mouseClick(area, Qt::LeftButton, {}, QPoint(0, line * 2 + line / 2));
        QCOMPARE(m_view->lineOfCaret(), 2);
        QTest::mouseClick(area, Qt::LeftButton, Qt::ShiftModifier, QPoint(0, line * 4 + line / 2));
        QCOMPARE(copied(), QStringLiteral("line 3\nline 4\n"));
        QTest::mousePress(area, Qt::LeftButton, {}, QPoint(0, line / 2));
        const QPoint to(0, line + line / 2);
        QMouseEvent drag(QEvent::MouseMove, to, area->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(area, &drag);
        QTest::mouseRelease(area, Qt::LeftButton, {}, to);
        QCOMPARE(copied(), QStringLiteral("line 1\n"));
    }

    void wheel_scrollsThreeLines() {
        show(numberedLines(100));
        QWheelEvent notch(QPointF(50, 50), m_view->viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, -120},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &notch);
        QCOMPARE(firstLine(), QStringLiteral("line 4"));
    }

    void hugeSelection_isCopiedInPartAndSaysSo() {
        show(QByteArray(20'000'000, 'x'), 1'000'000);
        const QSignalSpy said(m_view.get(), &BodyView::said);
        m_view->selectAll();
        m_view->copy();
        QCOMPARE(QGuiApplication::clipboard()->text().size(), BodyView::mostCopied);
        QCOMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("20.0 MB")));
    }

    void search_findsOverTheEndsOfChunksAndPieces() {
        QByteArray body(3 * ByteSearch::piece, '.');
        for (qsizetype at : {qsizetype(0), ByteSearch::piece - 3, 2 * ByteSearch::piece - 1, body.size() - 6})
            body.replace(at, 6, "Needle");
        show(body, 997);
        for (const SearchPattern& pattern : {SearchPattern::holding(QStringLiteral("needle")),
                                             SearchPattern::matching(QStringLiteral("n[e]+dle")).value()}) {
            m_view->select(0, 0);
            searchAll(pattern);
            QCOMPARE(m_view->searchState().count, 4);
            QVERIFY(m_view->showMatch(SearchStep::Here));
            QCOMPARE(m_view->selection(), (ByteRange{0, 6}));
            QVERIFY(m_view->showMatch(SearchStep::Next));
            QCOMPARE(m_view->selection().begin, ByteSearch::piece - 3);
            QVERIFY(m_view->visibleText().contains(QStringLiteral("Needle")));
            QVERIFY(m_view->showMatch(SearchStep::Last));
            QCOMPARE(m_view->searchState().current, 4);
            QCOMPARE(m_view->selection().end, body.size());
            QVERIFY(!m_view->showMatch(SearchStep::Next));
            QVERIFY(m_view->showMatch(SearchStep::Previous));
            QCOMPARE(m_view->selection().begin, 2 * ByteSearch::piece - 1);
        }
    }

    void search_goesOnWhileMoreComes() {
        come("one needle\n");
        searchAll(SearchPattern::holding(QStringLiteral("needle")));
        come(QByteArray(10'000, '.') + "\nnee");
        come("dle");
        searchAll(SearchPattern::holding(QStringLiteral("needle")));
        QCOMPARE(m_view->searchState().count, 1);
        end();
        pullAll();
        while (m_view->searchOn(noHurry)) {
        }
        QCOMPARE(m_view->searchState().count, 2);
    }

    void manyMatches_areCountedToALimit() {
        show(QByteArray(200'000, 'e'));
        searchAll(SearchPattern::holding(QStringLiteral("e")));
        QCOMPARE(m_view->searchState().count, MatchList::most);
        QVERIFY(m_view->searchState().isFull);
    }

    void resize_keepsWhatIsInSight() {
        show(QByteArray("word ").repeated(50'000));
        m_view->verticalScrollBar()->setValue(100'000);
        const qint64 before = m_view->verticalScrollBar()->value();
        m_view->resize(400, 300);
        QCoreApplication::processEvents();
        QVERIFY(std::abs(m_view->verticalScrollBar()->value() - before) < 200);
    }

    void tenMillionLines_scrollAtOnce() {
        const QByteArray piece = QByteArray("data\n").repeated(100'000);
        m_attempt = {};
        for (int i = 0; i < 100; ++i)
            m_attempt.chunks.push_back({{}, piece});
        end();
        m_view->clear();
        pullAll();
        QCOMPARE(m_view->lines().lineCount(), 10'000'000);
        QElapsedTimer time;
        time.start();
        constexpr int jumps = 50;
        QScrollBar* bar = m_view->verticalScrollBar();
        for (int i = 1; i <= jumps; ++i) {
            bar->setValue(int(qint64(bar->maximum()) * i / jumps));
            m_view->viewport()->repaint();
        }
        // Far above what it takes, even under sanitizers on a busy machine, and far below a walk over all.
        QVERIFY2(time.elapsed() < jumps * 60, qPrintable(QString::number(time.elapsed())));
        QVERIFY(lastLine() == QStringLiteral("data"));
        key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_view->lineOfCaret(), 9'999'999);
    }

    void clearedView_letsGoOfTheBody() {
        show(numberedLines(10));
        m_view->select(0, 5);
        m_view->clear();
        m_attempt.chunks.clear();
        m_view->viewport()->repaint();
        key(Qt::Key_Down);
        key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_view->visibleText(), QString());
        QCOMPARE(m_view->caret(), 0);
    }
};

QTEST_MAIN(TestBodyView)
#include "tst_body_view.moc"
