// SPDX-License-Identifier: MIT
#include "core/json/document.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace lavascope::json;

namespace {

using Integer = std::optional<qint64>;
using Double = std::optional<double>;

constexpr qint64 most = std::numeric_limits<qint64>::max();
constexpr qint64 least = std::numeric_limits<qint64>::min();

} // namespace
Q_DECLARE_METATYPE(Integer)
Q_DECLARE_METATYPE(Double)

class TestNumber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integer_isTakenOnlyIfExact_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Integer>("integer");
        const auto row = [](const char* text, Integer integer) {
            QTest::newRow(text) << QByteArray(text) << integer;
        };
        row("0", 0);
        row("-0", 0);
        row("-0.0e5", 0);
        row("12", 12);
        row("-12", -12);
        row("9223372036854775807", most);
        row("9223372036854775808", {});
        row("-9223372036854775808", least);
        row("-9223372036854775809", {});
        row("18446744073709551616", {});
        row("123456789012345678901234567890", {});
        row("1e3", 1000);
        row("1E+3", 1000);
        row("4.0", 4);
        row("12.50e1", 125);
        row("100e-2", 1);
        row("0.0000001e7", 1);
        row("10.20e2", 1020);
        row("1000000000000000000000e-3", 1'000'000'000'000'000'000);
        row("9223372036854775807.0", most);
        row("922337203685477580.7e1", most);
        row("-9223372036854775808.000", least);
        row("9223372036854775808.0", {});
        row("1e18", 1'000'000'000'000'000'000);
        row("1e19", {});
        row("0e99999999999999999999", 0);
        row("1e99999999999999999999", {});
        row("1e-99999999999999999999", {});
        row("4.5", {});
        row("1e-1", {});
        row("1e300", {});
        row("1e400", {});
        // A double would call these whole.
        row("9007199254740993.0", 9007199254740993);
        row("4.0000000000000000000000001", {});
        row("9007199254740993.5", {});
    }
    void integer_isTakenOnlyIfExact() {
        QFETCH(QByteArray, text);
        QFETCH(Integer, integer);
        Document document;
        QVERIFY(!document.scan(text));
        QVERIFY2(document.root().toInteger() == integer,
                 qPrintable(QString::number(document.root().toInteger().value_or(-1))));
    }

    void double_isTheNearest_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Double>("number");
        const auto row = [](const char* text, Double number) {
            QTest::newRow(text) << QByteArray(text) << number;
        };
        row("0", 0.0);
        row("-0", -0.0);
        row("0.1", 0.1);
        row("1e400", {});
        row("-1e400", {});
        row("1e99999999999999999999", {});
        row("0e99999999999999999999", 0.0);
        row("1e-400", 0.0);
        row("-1e-400", -0.0);
        row("1e-99999999999999999999", 0.0);
        row("0.000001e400", {});
        row("1.7976931348623157e308", std::numeric_limits<double>::max());
        row("5e-324", std::numeric_limits<double>::denorm_min());
        row("9007199254740993", 9007199254740992.0);
    }
    void double_isTheNearest() {
        QFETCH(QByteArray, text);
        QFETCH(Double, number);
        Document document;
        QVERIFY(!document.scan(text));
        const Double read = document.root().toDouble();
        QVERIFY(read == number);
        if (number)
            QCOMPARE(std::signbit(*read), std::signbit(*number));
        QCOMPARE(document.root().raw().toByteArray(), text);
    }

    void veryLongNumber_isReadInOneGo() {
        const QByteArray digits(5'000'000, '9');
        Document document;
        QVERIFY(!document.scan(digits));
        QVERIFY(!document.root().toInteger());
        QVERIFY(!document.root().toDouble());
        const QByteArray small = "0." + QByteArray(1'000'000, '0') + "7e1000001";
        QVERIFY(!document.scan(small));
        QVERIFY(document.root().toInteger() == Integer(7));
    }

    void otherKinds_areNoNumbers() {
        const QByteArray text = R"(["1",true,null,{},[1]])";
        Document document;
        QVERIFY(!document.scan(text));
        for (View value = document.root().firstChild(); value.exists(); value = value.nextSibling()) {
            QVERIFY(!value.toInteger());
            QVERIFY(!value.toDouble());
        }
        QVERIFY(!View().toInteger());
        QVERIFY(!View().toDouble());
    }
};

QTEST_GUILESS_MAIN(TestNumber)
#include "tst_number.moc"
