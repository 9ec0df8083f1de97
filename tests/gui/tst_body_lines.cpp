// SPDX-License-Identifier: MIT
#include "gui/models/body_lines.h"

#include <QTest>

#include <random>

using namespace lavascope;

namespace {

BodyLines::Chunks inPieces(const QByteArray& body, qsizetype size) {
    BodyLines::Chunks chunks;
    for (qsizetype at = 0; at < body.size(); at += size)
        chunks.push_back({{}, body.mid(at, size)});
    return chunks;
}

BodyLines linesOf(const BodyLines::Chunks& chunks) {
    BodyLines lines;
    while (lines.grow(chunks, 1'000'000)) {
    }
    return lines;
}

QByteArrayList textsOf(const BodyLines& lines, const BodyLines::Chunks& chunks) {
    QByteArrayList texts;
    for (const BodyRow& row : lines.rows(chunks, 0, lines.rowCount()))
        texts += lines.bytes(chunks, row.begin, row.end);
    return texts;
}

// Lines of every length, some longer than a row, in characters of one to four bytes and bytes that are none.
QByteArray oddBody(unsigned seed, int lines) {
    std::mt19937 random(seed);
    const QByteArrayList characters{"a", "ü", "潮", "🌊", "\xFF", "\x80", "\r"};
    QByteArray body;
    for (int i = 0; i < lines; ++i) {
        const QByteArray& character = characters[qsizetype(random() % unsigned(characters.size()))];
        const unsigned length = random() % 20 == 0 ? random() % 5000 : random() % 60;
        body += character.repeated(qsizetype(length)) + '\n';
    }
    return body;
}

} // namespace

class TestBodyLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_hasNoRows() {
        BodyLines lines;
        QVERIFY(!lines.grow({}, 100));
        QCOMPARE(lines.rowCount(), 0);
        QCOMPARE(lines.lineCount(), 0);
        QVERIFY(lines.rows({}, 0, 10).empty());
    }

    void lines_areRows() {
        const BodyLines::Chunks chunks = inPieces("one\n\nthree\nfour", 4);
        const BodyLines lines = linesOf(chunks);
        QCOMPARE(textsOf(lines, chunks), (QByteArrayList{"one", "", "three", "four"}));
        QCOMPARE(lines.lineCount(), 4);
        const std::vector<BodyRow> rows = lines.rows(chunks, 2, 5);
        QCOMPARE(rows.size(), size_t(2));
        QCOMPARE(rows[0].line, 2);
        QVERIFY(rows[0].endsLine());
        QVERIFY(!rows[1].endsLine());
    }

    void lastLine_growsUntilItIsWhole() {
        BodyLines::Chunks chunks = inPieces("a\nbe", 10);
        BodyLines lines;
        QVERIFY(!lines.grow(chunks, 100));
        QCOMPARE(textsOf(lines, chunks), (QByteArrayList{"a", "be"}));
        chunks.push_back({{}, "gin"});
        QVERIFY(!lines.grow(chunks, 100));
        QCOMPARE(textsOf(lines, chunks), (QByteArrayList{"a", "begin"}));
        chunks.push_back({{}, "\n"});
        QVERIFY(!lines.grow(chunks, 100));
        QCOMPARE(lines.rowCount(), 2);
        QCOMPARE(lines.lineCount(), 2);
    }

    void endlessLine_isBrokenBetweenCharacters() {
        const QByteArray line = "x" + QByteArray("潮").repeated(3000);
        const BodyLines::Chunks chunks = inPieces(line + "\nnext", 7);
        const BodyLines lines = linesOf(chunks);
        const std::vector<BodyRow> rows = lines.rows(chunks, 0, 100);
        QCOMPARE(rows.size(), size_t(6));
        QByteArray joined;
        for (size_t i = 0; i + 1 < rows.size(); ++i) {
            const QByteArray text = lines.bytes(chunks, rows[i].begin, rows[i].end);
            QVERIFY(text.isValidUtf8());
            QVERIFY(text.size() <= BodyLines::longestRow);
            QCOMPARE(rows[i].beginsLine, i == 0);
            QCOMPARE(rows[i].line, 0);
            joined += text;
        }
        QCOMPARE(joined, line);
        QCOMPARE(rows.back().line, 1);
        QCOMPARE(lines.lineCount(), 2);
    }

    void lineThatJustFits_isOneRow() {
        const BodyLines::Chunks chunks = inPieces(QByteArray(BodyLines::longestRow, 'x') + "\ny", 100);
        const BodyLines lines = linesOf(chunks);
        QCOMPARE(lines.rowCount(), 2);
        QVERIFY(lines.rows(chunks, 0, 1)[0].endsLine());
    }

    void everyCutAndEveryStep_giveTheSameRows() {
        const QByteArray body = oddBody(1, 300);
        const BodyLines::Chunks whole = inPieces(body, body.size());
        const BodyLines expected = linesOf(whole);
        const std::vector<BodyRow> rows = expected.rows(whole, 0, expected.rowCount());
        for (qsizetype size : {1, 2, 3, 100, 4096}) {
            const BodyLines::Chunks chunks = inPieces(body, size);
            BodyLines lines;
            // Bytes come one chunk at a time, and are looked at a few at a time.
            BodyLines::Chunks come;
            for (const Chunk& chunk : chunks) {
                come.push_back(chunk);
                while (lines.grow(come, 50)) {
                }
                QCOMPARE(lines.size(),
                         come.size() < chunks.size() ? qint64(come.size()) * size : body.size());
            }
            QCOMPARE(lines.rowCount(), expected.rowCount());
            const std::vector<BodyRow> found = lines.rows(chunks, 0, lines.rowCount());
            for (size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE(found[i].begin, rows[i].begin);
                QCOMPARE(found[i].end, rows[i].end);
                QCOMPARE(found[i].line, rows[i].line);
                QCOMPARE(found[i].beginsLine, rows[i].beginsLine);
            }
        }
    }

    void anyRowAndAnyByte_areFoundAgain() {
        const QByteArray body = oddBody(2, 20'000);
        QVERIFY(body.size() > 1'000'000);
        const BodyLines::Chunks chunks = inPieces(body, 3000);
        const BodyLines lines = linesOf(chunks);
        const std::vector<BodyRow> rows = lines.rows(chunks, 0, lines.rowCount());
        QCOMPARE(qint64(rows.size()), lines.rowCount());
        QCOMPARE(lines.lineCount(), 20'000);
        for (size_t i = 0; i < rows.size(); i += 97) {
            QCOMPARE(lines.rows(chunks, qint64(i), 1)[0].begin, rows[i].begin);
            QCOMPARE(lines.rowAt(chunks, rows[i].begin).number, rows[i].number);
            QCOMPARE(lines.rowAt(chunks, rows[i].next - 1).number, rows[i].number);
            QCOMPARE(lines.bytes(chunks, rows[i].begin, rows[i].next),
                     body.mid(rows[i].begin, rows[i].next - rows[i].begin));
        }
        QCOMPARE(lines.rowAt(chunks, body.size()).number, rows.back().number);
    }

    void emptyChunks_changeNothing() {
        const BodyLines::Chunks chunks{{{}, ""}, {{}, "a"}, {{}, ""}, {{}, "\nb"}, {{}, ""}};
        const BodyLines lines = linesOf(chunks);
        QCOMPARE(textsOf(lines, chunks), (QByteArrayList{"a", "b"}));
        QCOMPARE(lines.size(), 3);
    }
};

QTEST_APPLESS_MAIN(TestBodyLines)
#include "tst_body_lines.moc"
