// SPDX-License-Identifier: MIT
#include "gui/shown.h"
#include "gui/widgets/answer_text.h"
#include "gui/widgets/markdown_view.h"

#include <QDeadlineTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);
using Growth = GrowingText::Growth;

} // namespace

class TestAnswerText : public QObject {
    Q_OBJECT

private:
    void follow(const QString& text) {
        while (m_view->follow(text, Growth::Final, noHurry)) {
        }
    }
    QString rendered() const { return m_shown->find<MarkdownView>("renderedAnswer")->toPlainText(); }

    std::unique_ptr<AnswerText> m_view;
    std::optional<Shown> m_shown;

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<AnswerText>();
        m_view->resize(500, 400);
        m_view->show();
        m_shown.emplace(*m_view);
    }
    void cleanup() { m_view.reset(); }

    void form_isPlainUntilAnotherOneIsChosen() {
        follow(QStringLiteral("**a**"));
        QCOMPARE(m_shown->text("answerText"), QStringLiteral("**a**"));
        QVERIFY(m_shown->isHidden("renderedAnswer"));
        const QSignalSpy chosen(m_view.get(), &AnswerText::formChosen);
        const QSignalSpy wanted(m_view.get(), &AnswerText::pullWanted);
        m_shown->find<QPushButton>("showRendered")->click();
        QCOMPARE(chosen.size(), 1);
        QVERIFY(!wanted.isEmpty());
        follow(QStringLiteral("**a**"));
        QCOMPARE(rendered(), QStringLiteral("a"));
        QVERIFY(m_shown->isHidden("answerText"));
        QVERIFY(!m_shown->isHidden("renderedAnswer"));
        m_shown->find<QPushButton>("showPlain")->click();
        follow(QStringLiteral("**a** b"));
        QCOMPARE(m_shown->text("answerText"), QStringLiteral("**a** b"));
        QVERIFY(!m_shown->isHidden("answerText"));
    }

    void bodyThatIsNoProse_isNeverRendered() {
        m_view->setForm(AnswerText::Form::Rendered);
        m_view->startOver(AnswerText::Kind::Body);
        follow(QStringLiteral("{\"a\": \"*b*\"}"));
        QCOMPARE(m_shown->text("answerText"), QStringLiteral("{\"a\": \"*b*\"}"));
        QVERIFY(!m_shown->isHidden("answerText"));
        QVERIFY(m_shown->isHidden("showRendered"));
        m_view->startOver(AnswerText::Kind::Prose);
        follow(QStringLiteral("*b*"));
        QCOMPARE(rendered(), QStringLiteral("b"));
    }

    void tooMuchToRender_isPlainWithASentence() {
        m_view->setForm(AnswerText::Form::Rendered);
        follow(QStringLiteral("*b*"));
        QVERIFY(m_shown->isHidden("renderedNote"));
        follow(QStringLiteral("*b* ").repeated(250'000));
        QVERIFY(!m_shown->isHidden("renderedNote"));
        QVERIFY(!m_shown->isHidden("answerText"));
        QVERIFY(m_shown->isHidden("renderedAnswer"));
        QCOMPARE(m_shown->text("answerText").remove(u'\n').size(), qsizetype(1'000'000));
        m_shown->find<QPushButton>("showPlain")->click();
        QVERIFY(m_shown->isHidden("renderedNote"));
    }

    void search_looksThroughTheFormInSight() {
        const QString text = QStringLiteral("**a** or *a*");
        Searchable& search = *m_view->search();
        const auto count = [&] {
            while (search.searchOn(noHurry)) {
            }
            return search.searchState().count;
        };
        follow(text);
        search.startSearch(SearchPattern::holding(QStringLiteral("**")));
        QCOMPARE(count(), 2);
        m_view->setForm(AnswerText::Form::Rendered);
        follow(text);
        QCOMPARE(count(), 0);
        search.startSearch(SearchPattern::holding(QStringLiteral("a")));
        QCOMPARE(count(), 2);
        QVERIFY(search.showMatch(SearchStep::Last));
        const auto* view = m_shown->find<MarkdownView>("renderedAnswer");
        QCOMPARE(view->textCursor().selectedText(), QStringLiteral("a"));
        m_view->setForm(AnswerText::Form::Plain);
        QVERIFY(!view->textCursor().hasSelection());
        QCOMPARE(count(), 2);
        m_view->setForm(AnswerText::Form::Rendered);
        m_view->startOver(AnswerText::Kind::Body);
        follow(text);
        QCOMPARE(count(), 2);
    }

    void everyControl_hasAName() {
        m_view->setForm(AnswerText::Form::Rendered);
        follow(QStringLiteral("x"));
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }
};

QTEST_MAIN(TestAnswerText)
#include "tst_answer_text.moc"
