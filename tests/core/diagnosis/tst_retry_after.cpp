// SPDX-License-Identifier: MIT
#include "core/diagnosis/diagnosis.h"

#include <QTest>

using namespace lavascope;

class TestRetryAfter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void header_givesTheWait_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("ms"); // -1: nothing
        const auto row = [](const char* name, const QByteArray& value, qint64 ms) {
            QTest::addRow("%s: %s", name, value.constData()) << QByteArray(name) << value << ms;
        };
        row("Retry-After", "7", 7000);
        row("retry-after", "0", 0);
        row("retry-after", " 3 ", 3000);
        row("retry-after", "0.5", 500);
        row("retry-after", ".25", 250);
        row("retry-after", "1.", 1000);
        row("retry-after", "0.0001", 1);
        row("retry-after", "-5", 0);
        row("retry-after", "86400", 86'400'000);
        row("retry-after", "86401", 86'400'000);
        row("retry-after", "99999999999999999999999999", 86'400'000);
        row("retry-after", QByteArray(400, '9'), 86'400'000);
        row("retry-after", "5, 9", 5000);
        row("retry-after-ms", "1500", 1500);
        row("retry-after-ms", "12.2", 13);
        row("retry-after-ms", "-1", 0);
        // now is Sun, 06 Nov 1994 08:49:30 GMT
        row("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", 7000);
        row("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", 7000);
        row("retry-after", "Sun Nov  6 08:49:37 1994", 7000);
        row("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT", 0);
        row("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT", 0);
        row("retry-after", "Mon, 06 Nov 2094 08:49:37 GMT", 86'400'000);
        row("retry-after", "Tuesday, 06-Nov-45 08:49:37 GMT", 0); // 2045 is over 50 years ahead: 1945
        row("retry-after", "Sun, 31 Feb 1994 08:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Foo 1994 08:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Nov 1994 25:49:37 GMT", -1);
        row("retry-after", "Sun, 06 Nov 1994 08:49:60 GMT", 29'000); // a leap second counts as the one before
        row("retry-after", "soon", -1);
        row("retry-after", "", -1);
        row("retry-after", "NaN", -1);
        row("retry-after", "inf", -1);
        row("retry-after", "7s", -1);
        row("x-other", "7", -1);
    }
    void header_givesTheWait() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(qint64, ms);
        constexpr qint64 now = 784'111'770'000;
        const auto wait = retryAfter({{name, value}}, now);
        QCOMPARE(wait ? qint64(wait->count()) : qint64(-1), ms);
    }

    void milliseconds_beatSeconds() {
        QCOMPARE(retryAfter({{"retry-after", "7"}, {"retry-after-ms", "250"}}, 0)->count(), 250);
    }
    void unreadableMilliseconds_leaveSeconds() {
        QCOMPARE(retryAfter({{"retry-after-ms", "soon"}, {"retry-after", "7"}}, 0)->count(), 7000);
    }
};

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retry_after.moc"
