// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"
#include "gui/models/event_table_model.h"

#include <QAbstractItemModelTester>
#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QDeadlineTimer noHurry(QDeadlineTimer::Forever);

StreamReader readerOf(const QList<QByteArray>& payloads) {
    StreamReader reader({"https://api.openai.com/v1/chat/completions", {}, {}});
    reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1ms);
    auto at = 0ms;
    for (const QByteArray& payload : payloads)
        reader.take({at += 10ms, "data: " + payload + "\n\n"});
    return reader;
}

QString text(const EventTableModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

} // namespace

class TestEventTableModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_areAddedInPiecesAndNeverTaken() {
        const StreamReader reader = readerOf(QList<QByteArray>(1500, "{\"choices\":[]}"));
        EventTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReader(&reader);
        QCOMPARE(model.rowCount(), 0);

        QVERIFY(model.pull(QDeadlineTimer(0)));
        QVERIFY(model.rowCount() > 0 && model.rowCount() < 1500);
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 1500);

        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setReader(nullptr);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(resets.size(), 1);
    }

    void eventsThatComeLater_areAppended() {
        StreamReader reader = readerOf({"{\"n\":1}"});
        EventTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        reader.take({50ms, "data: {\"n\":2}\n\ndata: {\"n\":3}\n\n"});
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(text(model, 2, EventTableModel::Preview), QStringLiteral("{\"n\":3}"));
    }

    void longGap_isMarkedBySignAndWeight() {
        StreamReader reader = readerOf({"{\"choices\":[]}"});
        reader.take({2010ms, "data: {\"choices\":[]}\n\n"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        const QModelIndex quick = model.index(0, EventTableModel::Gap);
        const QModelIndex slow = model.index(1, EventTableModel::Gap);
        QVERIFY(!quick.data(Qt::FontRole).value<QFont>().bold());
        QVERIFY(slow.data(Qt::FontRole).value<QFont>().bold());
        QCOMPARE(slow.data().toString(), QStringLiteral("▲ 2.00 s"));
        model.setGapThreshold(5s);
        QCOMPARE(slow.data().toString(), QStringLiteral("2.00 s"));
    }

    void filter_keepsTheNumbersOfTheEvents() {
        StreamReader reader = readerOf({"{\"a\":1}", "{\"b\":2}", "{\"A\":3}"});
        EventTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReader(&reader);
        model.setFilter(EventFilter(SearchPattern::holding(QStringLiteral("\"a\"")), {}));
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(text(model, 0, EventTableModel::Number), QStringLiteral("1"));
        QCOMPARE(text(model, 1, EventTableModel::Number), QStringLiteral("3"));
        QCOMPARE(model.rowOfEvent(2), 1);
        QCOMPARE(model.rowOfEvent(1), -1);
        QCOMPARE(model.examined(), 3);

        reader.take({90ms, "data: {\"c\":4}\n\ndata: {\"a\":5}\n\n"});
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(model, 2, EventTableModel::Number), QStringLiteral("5"));

        model.setFilter({});
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 5);
    }

    void typeFilter_keepsOneTypeAndKnowsAll() {
        StreamReader reader = readerOf({"{\"type\":\"a\"}", "{\"type\":\"b\"}", "{\"type\":\"a\",\"x\":1}"});
        reader.take({40ms, ": a\n\n"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.types().size(), size_t(3));
        QCOMPARE(EventTableModel::typeName(model.types()[1]), QStringLiteral("b"));
        QCOMPARE(EventTableModel::typeName(model.types()[2]), QStringLiteral("comment"));
        // A comment that says the name of a type is not of that type.
        model.setFilter(EventFilter({}, model.types()[0]));
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 2);
        model.setFilter(EventFilter(SearchPattern::holding(QStringLiteral("x")), model.types()[0]));
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.eventNumber(0), 2);
        QCOMPARE(model.types().size(), size_t(3));
    }

    void hugeEvent_isFilteredInSteps() {
        const StreamReader reader = readerOf({"\"" + QByteArray(20'000'000, '.') + "needle\"", "\"short\""});
        EventTableModel model;
        model.setReader(&reader);
        model.setFilter(EventFilter(SearchPattern::holding(QStringLiteral("needle")), {}));
        int steps = 1;
        while (model.pull(QDeadlineTimer(0)))
            ++steps;
        QVERIFY(steps > 15);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.examined(), 2);
    }

    void plainFilter_takesSignsOfPatternsLiterally() {
        const StreamReader reader = readerOf({"{\"a\":\"x.y\"}", "{\"a\":\"xzy\"}"});
        EventTableModel model;
        model.setReader(&reader);
        model.setFilter(EventFilter(SearchPattern::holding(QStringLiteral("x.y")), {}));
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 1);
        const Result<SearchPattern> pattern = SearchPattern::matching(QStringLiteral("x.y"));
        QVERIFY(pattern);
        model.setFilter(EventFilter(*pattern, {}));
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.rowCount(), 2);
    }

    void brokenPattern_isRefusedWithItsPlace() {
        const Result<SearchPattern> filter = SearchPattern::matching(QStringLiteral("a(b"));
        QVERIFY(!filter);
        QCOMPARE(filter.error().code, QStringLiteral("regex_invalid"));
        QVERIFY(filter.error().offset > 0);
    }

    void hugeNamesAndData_areCutForTheTable() {
        const QByteArray huge(5'000'000, 'x');
        const StreamReader reader = readerOf({"{\"type\":\"" + huge + "\"}"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        for (int column = 0; column < EventTableModel::ColumnCount; ++column)
            QVERIFY(text(model, 0, column).size() < 1000);
        QCOMPARE(text(model, 0, EventTableModel::Size), QStringLiteral("5.0 MB"));
    }

    void characterAtTheCut_isNotBroken() {
        const StreamReader reader = readerOf({QByteArray(299, 'x') + "ü"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(text(model, 0, EventTableModel::Preview), QString(299, QLatin1Char('x')));
    }

    void whatDeceives_isAChip() {
        const StreamReader reader = readerOf({QStringLiteral("{\"type\":\"a\u202eb\"}").toUtf8()});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        QVERIFY(text(model, 0, EventTableModel::Name).contains(QStringLiteral("<U+202E>")));
        QVERIFY(text(model, 0, EventTableModel::Preview).contains(QStringLiteral("<U+202E>")));
    }

    void everyCell_isReadAloudWithItsColumn() {
        const StreamReader reader = readerOf({"{}"});
        EventTableModel model;
        model.setReader(&reader);
        QVERIFY(!model.pull(noHurry));
        QCOMPARE(model.index(0, EventTableModel::Arrival).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Arrived: 10 ms"));
    }
};

QTEST_MAIN(TestEventTableModel)
#include "tst_event_table_model.moc"
