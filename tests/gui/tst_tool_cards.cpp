// SPDX-License-Identifier: MIT
#include "gui/shown.h"
#include "gui/widgets/tool_card.h"
#include "gui/widgets/tool_cards.h"

#include <QClipboard>
#include <QDeadlineTimer>
#include <QGuiApplication>
#include <QLayout>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace lavascope;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

ToolCall callOf(const QString& arguments, const QString& name = QStringLiteral("get_tide")) {
    return {QStringLiteral("call_1"), name, arguments};
}

} // namespace

class TestToolCards : public QObject {
    Q_OBJECT

private:
    void follow(const std::vector<ToolCall>& calls, bool isOver) {
        while (m_cards->follow(calls, isOver, noHurry)) {
        }
    }
    QList<ToolCard*> cards() const { return m_cards->findChildren<ToolCard*>(); }
    QString stateOf(const QString& arguments, bool isOver) {
        m_cards->clear();
        follow({callOf(arguments)}, isOver);
        return Shown(*m_cards).label("toolState");
    }

    std::unique_ptr<ToolCards> m_cards;

private Q_SLOTS:
    void init() {
        m_cards = std::make_unique<ToolCards>();
        m_cards->resize(1000, 600);
        m_cards->show();
    }
    void cleanup() { m_cards.reset(); }

    void wholeArguments_areIndentedAndCopiedAsTheyCame() {
        follow({callOf(QStringLiteral("{\"port\":\"Brest\",\"n\":1.0}"))}, true);
        const Shown shown(*m_cards);
        QCOMPARE(shown.text("toolArguments"), QStringLiteral("{\n  \"port\": \"Brest\",\n  \"n\": 1.0\n}"));
        QCOMPARE(shown.find<QToolButton>("toolName")->text(), QStringLiteral("▾ 1. get_tide"));
        QCOMPARE(shown.label("toolId"), QStringLiteral("call_1"));
        shown.find<QPushButton>("copyArguments")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("{\"port\":\"Brest\",\"n\":1.0}"));
    }

    void state_saysHowWholeTheArgumentsAre() {
        const QString half = QStringLiteral("{\"port\":\"Br");
        QCOMPARE(stateOf(half, false), QStringLiteral("● arguments still coming"));
        QCOMPARE(stateOf(half, true), QStringLiteral("✂ cut: not valid JSON, kept as text"));
        QCOMPARE(Shown(*m_cards).text("toolArguments"), half);
        QCOMPARE(stateOf(QStringLiteral("{oops}"), true), QStringLiteral("✕ not valid JSON, kept as text"));
        QCOMPARE(stateOf(QStringLiteral("{}"), false), QStringLiteral("✓ whole"));
        QCOMPARE(stateOf({}, true), QStringLiteral("no arguments"));
        QVERIFY(!Shown(*m_cards).find<QPushButton>("copyArguments")->isEnabled());
    }

    void growingArguments_keepTheirCard() {
        const QString whole = QStringLiteral("{\"a\":[1,2,{\"b\":\"c\"}]}");
        std::vector<ToolCall> calls{callOf({}, {})};
        for (qsizetype size = 0; size < whole.size(); ++size) {
            calls[0].arguments = whole.first(size);
            follow(calls, false);
            QCOMPARE(Shown(*m_cards).label("toolState"), QStringLiteral("● arguments still coming"));
        }
        ToolCard* const card = cards().first();
        QCOMPARE(Shown(*m_cards).find<QToolButton>("toolName")->text(), QStringLiteral("▾ 1. (no name)"));
        calls[0].arguments = whole;
        calls[0].name = QStringLiteral("late & named");
        follow(calls, true);
        QCOMPARE(cards(), QList<ToolCard*>{card});
        QCOMPARE(Shown(*m_cards).find<QToolButton>("toolName")->text(), QStringLiteral("▾ 1. late && named"));
        QVERIFY(Shown(*m_cards).text("toolArguments").contains(QStringLiteral("\"b\": \"c\"")));
    }

    void parallelCalls_standSideBySideInTheirOrder() {
        std::vector<ToolCall> calls;
        for (const char* name : {"one", "two", "three"})
            calls.push_back(callOf(QStringLiteral("{}"), QLatin1String(name)));
        m_cards->resize(m_cards->fontMetrics().averageCharWidth() * 100, 600);
        follow(calls, true);
        m_cards->widget()->layout()->activate();
        const QList<ToolCard*> shown = cards();
        QCOMPARE(shown.size(), 3);
        QTRY_VERIFY(shown[0]->x() < shown[1]->x());
        QCOMPARE(shown[0]->y(), shown[1]->y());
        QVERIFY(shown[2]->y() > shown[0]->y());
        m_cards->resize(m_cards->fontMetrics().averageCharWidth() * 50, 600);
        QTRY_VERIFY(shown[1]->y() > shown[0]->y());
        QCOMPARE(shown[0]->x(), shown[1]->x());
    }

    void tenThousandCalls_areShownByTheFirst() {
        const std::vector<ToolCall> calls(10'000, callOf(QStringLiteral("{}")));
        follow(calls, true);
        QCOMPARE(cards().size(), 50);
        QVERIFY(!Shown(*m_cards).isHidden("moreToolCalls"));
        QVERIFY(
            Shown(*m_cards).label("moreToolCalls").startsWith(QStringLiteral("… and 9950 more tool calls")));
        m_cards->clear();
        QVERIFY(m_cards->isEmpty());
        follow({calls[0]}, true);
        QVERIFY(Shown(*m_cards).isHidden("moreToolCalls"));
    }

    void manyCalls_areBuiltOverSeveralFrames() {
        const std::vector<ToolCall> calls(20, callOf(QStringLiteral("{}")));
        QVERIFY(m_cards->follow(calls, true, QDeadlineTimer(0)));
        QCOMPARE(cards().size(), 1);
        follow(calls, true);
        QCOMPARE(cards().size(), 20);
    }

    void whatDeceives_isAChip() {
        follow({{QStringLiteral("<b>\u202E"), QStringLiteral("<i>\u200B"), QStringLiteral("\"\u202E\"")}},
               true);
        const Shown shown(*m_cards);
        QCOMPARE(shown.label("toolId"), QStringLiteral("<b><U+202E>"));
        QCOMPARE(shown.find<QToolButton>("toolName")->text(), QStringLiteral("▾ 1. <i><U+200B>"));
        QCOMPARE(shown.text("toolArguments"), QStringLiteral("\"<U+202E>\""));
        QCOMPARE(shown.richLabels(), QStringList());
    }

    void fold_hidesTheArgumentsAndSaysSo() {
        follow({callOf(QStringLiteral("{\"a\":1}"))}, true);
        const Shown shown(*m_cards);
        auto* fold = shown.find<QToolButton>("toolName");
        QCOMPARE(fold->accessibleName(), QStringLiteral("Fold away: tool call 1, get_tide"));
        fold->click();
        QVERIFY(shown.isHidden("toolArguments"));
        QCOMPARE(fold->text(), QStringLiteral("▸ 1. get_tide"));
        QCOMPARE(fold->accessibleName(), QStringLiteral("Unfold: tool call 1, get_tide"));
        fold->click();
        // A card in a window that is shown already comes into sight with the next events.
        QTRY_VERIFY(!shown.isHidden("toolArguments"));
        QCOMPARE(shown.nameless(), QStringList());
    }

    void search_looksThroughTheArgumentsOfAllCards() {
        Searchable& search = *m_cards->search();
        const auto count = [&] {
            while (search.searchOn(noHurry)) {
            }
            return search.searchState().count;
        };
        search.startSearch(SearchPattern::holding(QStringLiteral("tide")));
        QCOMPARE(count(), 0);
        QVERIFY(!search.showMatch(SearchStep::First));
        follow({callOf(QStringLiteral("{\"tide\":1}")), callOf(QStringLiteral("{\"a\":\"tide\"}"))}, true);
        QCOMPARE(count(), 2);
        const Shown second(*cards()[1]);
        second.find<QToolButton>("toolName")->click();
        QVERIFY(second.isHidden("toolArguments"));
        QVERIFY(search.showMatch(SearchStep::Last));
        QCOMPARE(search.searchState().current, 2);
        QTRY_VERIFY(!second.isHidden("toolArguments"));
        QCOMPARE(second.find<QPlainTextEdit>("toolArguments")->textCursor().selectedText(),
                 QStringLiteral("tide"));
        m_cards->clear();
        QCOMPARE(count(), 0);
        follow({callOf(QStringLiteral("{\"tide\":1}"))}, true);
        QCOMPARE(count(), 1);
    }

    void longArguments_scrollInTheirCard() {
        QString lines = QStringLiteral("[0");
        for (int i = 1; i < 5000; ++i)
            lines += QStringLiteral(",%1").arg(i);
        follow({callOf(lines + QLatin1Char(']'))}, true);
        QVERIFY(cards().first()->sizeHint().height() < 500);
        QVERIFY(Shown(*m_cards).text("toolArguments").endsWith(QStringLiteral("4999\n]")));
    }
};

QTEST_MAIN(TestToolCards)
#include "tst_tool_cards.moc"
