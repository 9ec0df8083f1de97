// SPDX-License-Identifier: MIT
// Bytes that some readers swallow and some count: U+FEFF, which is a byte order mark only at the very
// beginning, and the blanks by which a server keeps a connection alive.
#include "core/stream/reading.h"
#include "core/stream/utf8_text.h"

#include <QTest>

using namespace lavascope;
using namespace lavascope::test;

namespace {

const QByteArray mark = "\xEF\xBB\xBF";
const QString shownMark = QStringLiteral("\uFEFF");

QByteArray chatEvent(const QByteArray& content) {
    return R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":")" + content +
           "\"}}]}\n\n";
}

} // namespace

class TestMarksAndBlanks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markInsideAText_isKeptAtAnyCut() {
        const QByteArray bytes = mark + "one" + mark + "two" + mark + mark;
        const QString expected = QStringLiteral("one\uFEFFtwo\uFEFF\uFEFF");
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            Utf8Text text;
            QString taken = text.take(bytes.first(cut));
            taken += text.take(bytes.sliced(cut));
            taken += text.finish();
            QCOMPARE(taken, expected);
        }
    }

    void markInsideABodyOfText_isKeptAtAnyCut() {
        const Answer answer{"plain words" + mark + "and more", "text/plain", {}};
        const QString whole = read(answer).transcript().first().text;
        QVERIFY(whole.contains(shownMark));
        for (qsizetype cut = 1; cut < answer.body.size(); ++cut)
            QCOMPARE(read(answer, {cut}).transcript().first().text, whole);
    }

    void markThatBeginsAPiece_isKept() {
        // The first events are read in full, those after them by what they have in common.
        QByteArray body;
        QString expected;
        for (int i = 0; i < 6; ++i) {
            body += chatEvent(mark + "x");
            expected += shownMark + QLatin1Char('x');
        }
        QCOMPARE(read({body + "data: [DONE]\n\n", "text/event-stream", {}}).transcript().first().text,
                 expected);
    }

    void blanksThatKeepAlive_areNotTheFirstByte() {
        // A server under load sends empty lines until it has an answer.
        const QByteArray blanks = "\n\n \r\n\t\n";
        const Answer answer{blanks + R"({"choices":[{"message":{"content":"hi"}}]})", "application/json", {}};
        const StreamReader reader = read(answer, {2, blanks.size()});
        QCOMPARE(reader.timeline().firstByte, std::optional(arrivalOf(2)));
        QCOMPARE(reader.timeline().bytes, answer.body.size());
    }

    void nothingButBlanks_hasNoFirstByte() {
        QVERIFY(!read({"\n\n\n", "application/json", {}}).timeline().firstByte);
    }
};

QTEST_GUILESS_MAIN(TestMarksAndBlanks)
#include "tst_marks_and_blanks.moc"
