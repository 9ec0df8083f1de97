// SPDX-License-Identifier: MIT
// The find bar as a person uses it, over the text widgets that the pane is made of.
#include "gui/appearance.h"
#include "gui/shown.h"
#include "gui/widgets/find_bar.h"
#include "gui/widgets/log_text.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace lavascope;

class TestFindBar : public QObject {
    Q_OBJECT

private:
    void type(const QString& text) { m_shown->find<QLineEdit>("findText")->setText(text); }
    QString state() const { return m_shown->label("findState"); }
    QString found() const {
        const LogText* text = m_first->textCursor().hasSelection() ? m_first : m_second;
        return text->textCursor().selectedText();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(m_shown->find<QLineEdit>("findText"), key, modifiers);
    }

    std::unique_ptr<QWidget> m_window;
    LogText* m_first = nullptr;
    LogText* m_second = nullptr;
    FindBar* m_bar = nullptr;
    SearchGroup m_group;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }
    void init() {
        m_window = std::make_unique<QWidget>();
        m_first = new LogText(m_window.get());
        m_second = new LogText(m_window.get());
        m_bar = new FindBar(m_window.get());
        auto* layout = new QVBoxLayout(m_window.get());
        layout->addWidget(m_first);
        layout->addWidget(m_second);
        layout->addWidget(m_bar);
        m_group.add(m_first->search());
        m_group.add(m_second->search());
        m_first->setLog(QStringLiteral("One fish\ntwo FISH\nred dog"));
        m_second->setLog(QStringLiteral("blue fish"));
        m_shown.emplace(*m_window);
        m_window->resize(500, 400);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_first->setFocus();
        m_bar->setTarget(&m_group);
        m_bar->open();
    }
    void cleanup() {
        m_bar->setTarget(nullptr);
        m_group.clear();
        m_window.reset();
    }

    void typing_findsTheFirstAndCounts() {
        type(QStringLiteral("fish"));
        QCOMPARE(state(), QStringLiteral("1 of 3"));
        QCOMPARE(m_first->textCursor().selectionStart(), 4);
        type(QStringLiteral("fishes"));
        QCOMPARE(state(), QStringLiteral("✕ no match"));
        QVERIFY(!m_shown->find<QToolButton>("findNext")->isEnabled());
        type({});
        QCOMPARE(state(), QString());
    }

    void next_goesThroughAllPartsAndAround() {
        type(QStringLiteral("fish"));
        key(Qt::Key_Return);
        QCOMPARE(state(), QStringLiteral("2 of 3"));
        QCOMPARE(found(), QStringLiteral("FISH"));
        m_shown->find<QToolButton>("findNext")->click();
        QCOMPARE(state(), QStringLiteral("3 of 3"));
        QVERIFY(m_second->textCursor().hasSelection());
        QVERIFY(!m_first->textCursor().hasSelection());
        m_bar->findNext();
        QCOMPARE(state(), QStringLiteral("1 of 3"));
        QVERIFY(!m_second->textCursor().hasSelection());
        key(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(state(), QStringLiteral("3 of 3"));
        m_bar->findPrevious();
        QCOMPARE(state(), QStringLiteral("2 of 3"));
    }

    void longerText_staysWhereItIs() {
        type(QStringLiteral("f"));
        m_bar->findNext();
        type(QStringLiteral("fis"));
        QCOMPARE(state(), QStringLiteral("2 of 3"));
    }

    void expression_isTakenAsOneAndABrokenOneIsNamed() {
        m_shown->find<QCheckBox>("findRegex")->setChecked(true);
        type(QStringLiteral("^\\w+ (dog|fish)$"));
        QCOMPARE(state(), QStringLiteral("1 of 4"));
        type(QStringLiteral("fish("));
        QCOMPARE(state(), QStringLiteral("✕ no valid pattern"));
        m_shown->find<QCheckBox>("findRegex")->setChecked(false);
        QCOMPARE(state(), QStringLiteral("✕ no match"));
    }

    void textThatComesLater_isFoundToo() {
        type(QStringLiteral("whale"));
        QCOMPARE(state(), QStringLiteral("✕ no match"));
        m_second->appendLog(QStringLiteral(" and a wha"));
        m_bar->lookOn();
        m_second->appendLog(QStringLiteral("le\nand a whale"));
        m_bar->lookOn();
        QTRY_COMPARE(state(), QStringLiteral("2 found"));
        m_bar->findNext();
        QCOMPARE(state(), QStringLiteral("1 of 2"));
    }

    void otherText_isSearchedAnew() {
        type(QStringLiteral("fish"));
        m_first->setLog(QStringLiteral("no animals"));
        m_bar->lookOn();
        QTRY_COMPARE(state(), QStringLiteral("1 found"));
    }

    void matchOverABreakOfALongLine_isFound() {
        m_first->setLog(QString(1998, QLatin1Char('.')) + QStringLiteral("needle") +
                        QString(100, QLatin1Char('.')));
        QCOMPARE(m_first->blockCount(), 2);
        type(QStringLiteral("needle"));
        QCOMPARE(state(), QStringLiteral("1 of 1"));
        QCOMPARE(m_first->textCursor().selectedText().remove(QChar::ParagraphSeparator),
                 QStringLiteral("needle"));
    }

    void longText_isSearchedInStepsAndFoundInTheEnd() {
        QString text;
        for (int i = 0; i < 60'000; ++i)
            text += QStringLiteral("line %1\n").arg(i);
        m_first->setLog(text);
        type(QStringLiteral("line 59999"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("1 of 1"), 20'000);
        QCOMPARE(found(), QStringLiteral("line 59999"));
    }

    void escape_closesAndGivesTheCursorBack() {
        type(QStringLiteral("fish"));
        key(Qt::Key_Escape);
        QVERIFY(m_bar->isHidden());
        QCOMPARE(QApplication::focusWidget(), m_first);
        m_bar->findNext();
        QVERIFY(!m_bar->isHidden());
        QVERIFY(m_shown->find<QLineEdit>("findText")->hasFocus());
    }

    void nothingToSearch_isSaid() {
        m_bar->setTarget(nullptr);
        type(QStringLiteral("fish"));
        QCOMPARE(state(), QStringLiteral("nothing to find here"));
        m_bar->setTarget(&m_group);
        QCOMPARE(state(), QStringLiteral("3 found"));
    }

    void partThatComesLater_isSearchedToo() {
        type(QStringLiteral("fish"));
        LogText third(m_window.get());
        third.setLog(QStringLiteral("a third fish"));
        m_group.add(third.search());
        m_bar->lookOn();
        QTRY_COMPARE(state(), QStringLiteral("1 of 4"));
        m_bar->findPrevious();
        QCOMPARE(state(), QStringLiteral("4 of 4"));
        QCOMPARE(third.textCursor().selectedText(), QStringLiteral("fish"));
        m_group.clear();
        m_bar->lookOn();
        QTRY_COMPARE(state(), QStringLiteral("✕ no match"));
        m_bar->findNext();
        m_bar->findPrevious();
        QCOMPARE(state(), QStringLiteral("✕ no match"));
    }

    void everyControl_hasANameForScreenReaders() {
        m_first->setObjectName(QStringLiteral("first"));
        m_first->setAccessibleName(QStringLiteral("First"));
        m_second->setObjectName(QStringLiteral("second"));
        m_second->setAccessibleName(QStringLiteral("Second"));
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestFindBar)
#include "tst_find_bar.moc"
