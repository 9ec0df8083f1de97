// SPDX-License-Identifier: MIT
#include "core/base/headers.h"

#include <QTest>

using namespace lavascope;

class TestHeaders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fields_keepOrderAndDuplicates() {
        Headers headers{{"B", "1"}, {"a", "2"}};
        headers.append("b", "3");
        QCOMPARE(headers.size(), qsizetype(3));
        QCOMPARE(headers.fields()[0].name, QByteArray("B"));
        QCOMPARE(headers.values("b"), QList<QByteArray>({"1", "3"}));
    }

    void names_areComparedWithoutCase() {
        const Headers headers{{"Content-Type", "text/html"}, {"Empty", ""}};
        QCOMPARE(headers.value("content-type"), std::optional<QByteArray>("text/html"));
        QVERIFY(headers.contains("CONTENT-TYPE"));
        QVERIFY(!headers.contains("Content"));
        QCOMPARE(headers.value("empty"), std::optional<QByteArray>(""));
    }

    void set_keepsThePlaceOfTheFirstAndDropsTheRest() {
        Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}};
        headers.set("A", "4");
        QCOMPARE(headers, (Headers{{"A", "4"}, {"b", "2"}}));
        headers.set("c", "5");
        QCOMPARE(headers.size(), qsizetype(3));
        headers.remove("B");
        QCOMPARE(headers, (Headers{{"A", "4"}, {"c", "5"}}));
    }
};

QTEST_GUILESS_MAIN(TestHeaders)
#include "tst_headers.moc"
