// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"
#include "gui/models/event_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

class TestEventTableModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_areAddedInPiecesAndNeverTaken() {
        StreamReader reader({"https://api.openai.com/v1/chat/completions", {}});
        reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1ms);
        EventTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReader(&reader);
        QCOMPARE(model.rowCount(), 0);

        for (int i = 0; i < 5; ++i)
            reader.take({std::chrono::milliseconds(10 * (i + 1)), "data: {\"choices\":[]}\n\n"});
        QVERIFY(model.pull(3));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.pull(3));
        QCOMPARE(model.rowCount(), 5);

        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setReader(nullptr);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(resets.size(), 1);
    }

    void longGap_isMarkedBySignAndWeight() {
        StreamReader reader({"https://api.openai.com/v1/chat/completions", {}});
        reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1ms);
        reader.take({10ms, "data: {\"choices\":[]}\n\n"});
        reader.take({2010ms, "data: {\"choices\":[]}\n\n"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(10));
        const QModelIndex quick = model.index(0, EventTableModel::Gap);
        const QModelIndex slow = model.index(1, EventTableModel::Gap);
        QVERIFY(!quick.data(Qt::FontRole).value<QFont>().bold());
        QVERIFY(slow.data(Qt::FontRole).value<QFont>().bold());
        QCOMPARE(slow.data().toString(), QStringLiteral("▲ 2.00 s"));
        model.setGapThreshold(5s);
        QCOMPARE(slow.data().toString(), QStringLiteral("2.00 s"));
    }
};

QTEST_MAIN(TestEventTableModel)
#include "tst_event_table_model.moc"
