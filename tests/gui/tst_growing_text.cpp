// SPDX-License-Identifier: MIT
#include "gui/widgets/growing_text.h"
#include "gui/widgets/log_text.h"

#include <QDeadlineTimer>
#include <QTest>
#include <QToolButton>

using namespace lavascope;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);
using Growth = GrowingText::Growth;

} // namespace

class TestGrowingText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void growth_isAppendedInPieces() {
        GrowingText view({});
        const QString text(100'001, QLatin1Char('x'));
        QVERIFY(view.follow(text, Growth::Live, QDeadlineTimer(0)));
        const auto first = view.view()->toPlainText().size();
        QVERIFY(first > 0 && first < text.size());
        QVERIFY(!view.follow(text, Growth::Live, noHurry));
        QCOMPARE(view.view()->toPlainText().remove(QLatin1Char('\n')), text);
        QVERIFY(!view.follow(text + QStringLiteral("end"), Growth::Live, noHurry));
        QVERIFY(view.view()->toPlainText().endsWith(QStringLiteral("xend")));
    }

    void wholeThatDiffersAtTheEnd_replacesWhatWasShown() {
        GrowingText view({});
        QVERIFY(!view.follow(QStringLiteral("one two"), Growth::Live, noHurry));
        QVERIFY(!view.follow(QStringLiteral("one three"), Growth::Final, noHurry));
        QCOMPARE(view.view()->toPlainText(), QStringLiteral("one three"));
        QVERIFY(!view.follow(QStringLiteral("on"), Growth::Final, noHurry));
        QCOMPARE(view.view()->toPlainText(), QStringLiteral("on"));
        QVERIFY(!view.follow({}, Growth::Final, noHurry));
        QVERIFY(view.isEmpty());
    }

    void halfACharacter_waitsWhileLiveAndIsShownAtTheEnd() {
        GrowingText view({});
        const QString half = QStringLiteral("a\U0001F600").first(2);
        QVERIFY(!view.follow(half, Growth::Live, noHurry));
        QCOMPARE(view.view()->toPlainText(), QStringLiteral("a"));
        while (view.follow(half, Growth::Final, noHurry)) {
        }
        QCOMPARE(view.view()->toPlainText(), QStringLiteral("a<U+D83D>"));
    }

    void endlessText_isCutWithANote_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("one line") << QString(5'000'000, QLatin1Char('x'));
        QTest::newRow("lines") << QString(2'000'000, QLatin1Char('\n'));
    }
    void endlessText_isCutWithANote() {
        QFETCH(QString, text);
        GrowingText view({});
        while (view.follow(text, Growth::Live, noHurry)) {
        }
        const QString shown = view.view()->toPlainText();
        QVERIFY(shown.size() < 4'100'000);
        QVERIFY(view.view()->blockCount() < 210'000);
        QVERIFY(shown.endsWith(QStringLiteral("a saved recording holds everything.")));
        QVERIFY(!view.follow(text + text, Growth::Live, noHurry));
        QCOMPARE(view.view()->toPlainText().size(), shown.size());
    }

    void title_foldsTheTextAwayAndSaysItsLength() {
        GrowingText view(QStringLiteral("Reasoning"));
        view.show();
        QVERIFY(!view.follow(QStringLiteral("12345"), Growth::Live, noHurry));
        auto* fold = view.findChild<QToolButton*>(QStringLiteral("fold"));
        QCOMPARE(fold->text(), QStringLiteral("▾ Reasoning · 5 characters"));
        QCOMPARE(fold->accessibleName(), QStringLiteral("Fold away: Reasoning"));
        fold->click();
        QVERIFY(!view.view()->isVisible());
        QVERIFY(view.maximumHeight() < 100);
        QCOMPARE(fold->text(), QStringLiteral("▸ Reasoning · 5 characters"));
        fold->click();
        QVERIFY(view.view()->isVisible());
    }
};

QTEST_MAIN(TestGrowingText)
#include "tst_growing_text.moc"
