// SPDX-License-Identifier: MIT
#include "gui/widgets/steady_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTest>
#include <QVBoxLayout>

using namespace lavascope;

namespace {

/// Counts how often a widget is asked to lay itself out anew.
class LayoutCount : public QObject {
public:
    explicit LayoutCount(QWidget& watched) { watched.installEventFilter(this); }
    int requests = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        requests += event->type() == QEvent::LayoutRequest;
        return QObject::eventFilter(watched, event);
    }
};

/// What is asked for goes from one widget to the next one around it, an event each.
void settle() {
    constexpr int levels = 10;
    for (int i = 0; i < levels; ++i)
        QCoreApplication::processEvents();
}

/// A page in a tab widget in a window; in the page something that can be wide, beside a word.
struct Window {
    QTabWidget tabs;
    SteadyPage* page = new SteadyPage;
    QWidget* content = new QWidget(page);
    QWidget* wide = new QWidget;
    QLabel* small = new QLabel(QStringLiteral("small"));

    Window() {
        auto* layout = new QHBoxLayout(content);
        layout->addWidget(small);
        layout->addWidget(wide);
        tabs.addTab(page, QStringLiteral("page"));
    }

    void show() {
        tabs.resize(800, 600);
        tabs.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tabs));
        settle();
    }
};

} // namespace

class TestSteadyPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void content_fillsThePage() {
        Window window;
        window.show();
        QCOMPARE(window.content->geometry(), window.page->rect());
        window.tabs.resize(500, 300);
        QTRY_COMPARE(window.content->geometry(), window.page->rect());
        QVERIFY(window.page->width() <= 500);
    }

    void contentThatNeedsTheSame_asksNobodyAround() {
        Window window;
        window.show();
        const LayoutCount around(window.tabs);
        const LayoutCount within(*window.content);
        window.small->setFixedSize(window.small->size());
        settle();
        const int before = around.requests;
        for (int i = 0; i < 5; ++i) {
            window.small->setText(QString::number(i));
            window.wide->updateGeometry();
            settle();
        }
        QVERIFY(within.requests > 0);
        QCOMPARE(around.requests, before);
    }

    void contentThatNeedsMore_isGivenIt() {
        Window window;
        window.show();
        const LayoutCount around(window.tabs);
        const int before = window.tabs.minimumSizeHint().width();
        window.wide->setMinimumWidth(before + 100);
        QTRY_VERIFY(around.requests > 0);
        QVERIFY(window.tabs.minimumSizeHint().width() >= before + 100);
        QVERIFY(window.page->minimumSizeHint().width() >= before + 100);
    }

    void contentThatNeedsLess_givesItBack() {
        Window window;
        window.wide->setMinimumWidth(700);
        window.show();
        const int before = window.tabs.minimumSizeHint().width();
        window.wide->setMinimumWidth(0);
        QTRY_VERIFY(window.tabs.minimumSizeHint().width() < before);
    }

    void textThatWraps_isGivenItsLines() {
        Window window;
        auto* text =
            new QLabel(QStringLiteral("some words that need the more lines the narrower they stand"));
        text->setWordWrap(true);
        window.content->layout()->addWidget(text);
        window.show();
        window.tabs.resize(window.tabs.minimumSizeHint().width(), 600);
        settle();
        QVERIFY(text->height() > 2 * text->fontMetrics().height());
        QVERIFY(window.tabs.minimumSizeHint().height() >= text->heightForWidth(text->width()));
    }

    // It has no width of its own yet: nobody may be asked for the height that its text would have in that
    // one.
    void hiddenPage_asksForNoLines() {
        Window window;
        auto* hidden = new SteadyPage;
        auto* content = new QWidget(hidden);
        auto* text = new QLabel(
            QStringLiteral("some words that need the more lines the narrower they stand ").repeated(9));
        text->setWordWrap(true);
        auto* layout = new QVBoxLayout(content);
        layout->addWidget(text);
        window.tabs.addTab(hidden, QStringLiteral("hidden"));
        window.show();
        const int before = window.tabs.minimumSizeHint().height();
        text->setText(text->text().repeated(2));
        settle();
        QCOMPARE(window.tabs.minimumSizeHint().height(), before);
        QVERIFY(before < text->heightForWidth(100));
        window.tabs.setCurrentIndex(1);
        QTRY_VERIFY(window.tabs.minimumSizeHint().height() >= text->heightForWidth(text->width()));
    }

    void whatOnlyLikesToBeLarge_isNotGivenIt() {
        SteadyPage page;
        auto* content = new QWidget(&page);
        auto* stack = new QStackedLayout(content);
        auto* shown = new QWidget;
        auto* column = new QVBoxLayout(shown);
        auto* text = new QLabel(QStringLiteral("some words"));
        text->setWordWrap(true);
        auto* edit = new QPlainTextEdit;
        column->addWidget(edit);
        column->addWidget(text);
        stack->addWidget(shown);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        settle();
        QVERIFY(page.minimumSizeHint().height() < edit->sizeHint().height());
        QVERIFY(page.minimumSizeHint().height() >=
                edit->minimumSizeHint().height() + text->heightForWidth(text->width()));
    }

    void pageWithoutContent_asksForNothing() {
        const SteadyPage page;
        QVERIFY(!page.minimumSizeHint().isValid());
        QVERIFY(!page.sizeHint().isValid());
    }
};

QTEST_MAIN(TestSteadyPage)
#include "tst_steady_page.moc"
