// SPDX-License-Identifier: MIT
#include "gui/widgets/fitting_scroll_area.h"
#include "gui/widgets/flow_layout.h"

#include <QLabel>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace lavascope;

namespace {

constexpr int boxWidth = 100;
constexpr int boxHeight = 30;

/// The area above something that takes the rest of the height, as in the response pane; its content is a row
/// of boxes, all hidden.
struct Column {
    QWidget window;
    FittingScrollArea* area = new FittingScrollArea(&window);
    QWidget* content = new QWidget;

    explicit Column(int boxes) {
        auto* flow = new FlowLayout(0, 0);
        for (int i = 0; i < boxes; ++i) {
            auto* box = new QWidget;
            box->setFixedSize(boxWidth, boxHeight);
            box->hide();
            flow->addWidget(box);
        }
        content->setLayout(flow);
        area->setWidget(content);
        content->installEventFilter(area);
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(area);
        layout->addWidget(new QWidget, 1);
    }

    void show(int width) {
        window.resize(width, 10 * boxHeight);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }

    void showBoxes() const {
        for (QWidget* box : content->findChildren<QWidget*>())
            box->show();
    }

    [[nodiscard]] bool scrolls() const { return area->verticalScrollBar()->isVisible(); }
};

} // namespace

class TestFittingScrollArea : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // With a bar beside it the row would need two lines, so the bar would be its own reason.
    void rowThatJustFits_hasNoBar() {
        Column column(4);
        column.show(4 * boxWidth);
        column.showBoxes();
        QTRY_COMPARE(column.area->height(), boxHeight);
        QCoreApplication::processEvents();
        QVERIFY(!column.scrolls());
        QCOMPARE(column.content->width(), 4 * boxWidth);
    }

    void moreThanTheLimit_scrolls() {
        Column column(8);
        column.area->setHeightLimit(boxHeight);
        column.show(4 * boxWidth);
        column.showBoxes();
        QTRY_VERIFY(column.scrolls());
        QCOMPARE(column.area->height(), boxHeight);
    }

    void lessThanTheLimitAgain_hasNoBar() {
        Column column(8);
        column.area->setHeightLimit(boxHeight);
        column.show(4 * boxWidth);
        column.showBoxes();
        QTRY_VERIFY(column.scrolls());
        column.area->setHeightLimit(4 * boxHeight);
        QTRY_COMPARE(column.area->height(), 2 * boxHeight);
        QTRY_VERIFY(!column.scrolls());
    }

    void windowWithoutRoom_scrolls() {
        Column column(8);
        column.show(boxWidth);
        column.showBoxes();
        column.window.resize(boxWidth, 2 * boxHeight);
        QTRY_VERIFY(column.scrolls());
        QVERIFY(column.area->height() <= 2 * boxHeight);
    }
};

QTEST_MAIN(TestFittingScrollArea)
#include "tst_fitting_scroll_area.moc"
