// SPDX-License-Identifier: MIT
#include "gui/models/byte_search.h"

#include <QTest>

using namespace lavascope;

namespace {

using Match = ByteSearch::Match;

ByteSearch textSearch(const QString& text) {
    return ByteSearch(SearchPattern::holding(text));
}

ByteSearch expressionSearch(const QString& pattern) {
    return ByteSearch(SearchPattern::matching(pattern).value());
}

std::vector<Match> all(const ByteSearch& search, QByteArrayView bytes) {
    return search.matchesIn(bytes, 0, bytes.size(), 1000);
}

} // namespace

class TestByteSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_isFoundWhateverItsCase() {
        QCOMPARE(all(textSearch(QStringLiteral("Data")), "data: DATA dat\ndAtA"),
                 (std::vector<Match>{{0, 4}, {6, 10}, {15, 19}}));
        QCOMPARE(all(textSearch(QStringLiteral("aa")), "aaaaa"), (std::vector<Match>{{0, 2}, {2, 4}}));
        QCOMPARE(all(textSearch(QStringLiteral("x")), "axbX"), (std::vector<Match>{{1, 2}, {3, 4}}));
        QCOMPARE(all(textSearch(QStringLiteral("a.c")), "abc a.c"), (std::vector<Match>{{4, 7}}));
        QVERIFY(all(textSearch(QStringLiteral("longer than it")), "long").empty());
        QVERIFY(all(ByteSearch(), "anything").empty());
    }

    void textOutsideAscii_isFoundByItsBytes() {
        QCOMPARE(all(textSearch(QStringLiteral("Ü")), "aü🌊Ü"), (std::vector<Match>{{1, 3}, {7, 9}}));
        QCOMPARE(all(textSearch(QStringLiteral("🌊b")), "a🌊b"), (std::vector<Match>{{1, 6}}));
    }

    void bytesThatAreNoText_shiftNothing() {
        QCOMPARE(all(textSearch(QStringLiteral("é")), "\xFF\xE2\x80\xC3\xA9\xF0\x9F\xC3\xA9"),
                 (std::vector<Match>{{3, 5}, {7, 9}}));
        QCOMPARE(all(expressionSearch(QStringLiteral("b+")), "\x80\x80"
                                                             "bb\xFF"
                                                             "b"),
                 (std::vector<Match>{{2, 4}, {5, 6}}));
    }

    void expression_knowsLines() {
        QCOMPARE(all(expressionSearch(QStringLiteral("^data")), "data data\ndata"),
                 (std::vector<Match>{{0, 4}, {10, 14}}));
        // What comes before the piece is not its beginning.
        QVERIFY(expressionSearch(QStringLiteral("^b")).matchesIn("ab", 1, 2, 10).empty());
        QVERIFY(all(expressionSearch(QStringLiteral("x*")), "aaa").empty());
    }

    void piece_isWhereAMatchBegins() {
        for (const ByteSearch& search :
             {textSearch(QStringLiteral("ab")), expressionSearch(QStringLiteral("ab"))}) {
            QCOMPARE(search.matchesIn("abxabxab", 1, 4, 10), (std::vector<Match>{{3, 5}}));
            QCOMPARE(search.matchesIn("abxabxab", 0, 8, 2), (std::vector<Match>{{0, 2}, {3, 5}}));
        }
    }

    void textAndExpression_findTheSame() {
        QByteArray bytes;
        for (int i = 0; i < 20'000; ++i)
            bytes += char('a' + (i * i / 7) % 3);
        for (const char* word : {"a", "ab", "cab", "aaa", "bcbca"})
            QCOMPARE(all(textSearch(QLatin1String(word)), bytes),
                     all(expressionSearch(QLatin1String(word)), bytes));
    }
};

QTEST_APPLESS_MAIN(TestByteSearch)
#include "tst_byte_search.moc"
