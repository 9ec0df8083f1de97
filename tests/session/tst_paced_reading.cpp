// SPDX-License-Identifier: MIT
// That no step of the reading is long, told by a clock of our own and by counting bytes, never by waiting.
#include "session/paced_reading.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

StreamReader freshReader() {
    StreamHints hints;
    hints.url = "https://api.openai.com/v1/chat/completions";
    StreamReader reader(hints);
    reader.takeHeaders(200, {{"Content-Type", "text/event-stream"}}, 1us);
    return reader;
}

QByteArray times(qsizetype count, const QByteArray& piece) {
    return piece.repeated(count);
}

const QByteArray word =
    R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"wört "}}]})"
    "\n\n";

} // namespace

class TestPacedReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void step_endsWhenTheClockSaysSo_data() {
        QTest::addColumn<int>("millisecondsPerLook");
        QTest::addColumn<qint64>("piecesPerStep");
        QTest::newRow("fast machine") << 1 << qint64(4);
        QTest::newRow("slow machine") << 3 << qint64(2);
        QTest::newRow("machine that stands still") << 1000 << qint64(1);
    }

    void step_endsWhenTheClockSaysSo() {
        QFETCH(int, millisecondsPerLook);
        QFETCH(qint64, piecesPerStep);
        // A hundred thousand comments in chunks as large and as small as they come.
        std::vector<Chunk> chunks{{1us, times(128 * 1024, ":\n")}};
        for (int i = 0; i < 256; ++i)
            chunks.push_back({2us, times(50, ":\n")});
        std::chrono::steady_clock::time_point now{};
        PacedReading reading([&] { return now += std::chrono::milliseconds(millisecondsPerLook); });
        StreamReader reader = freshReader();
        qint64 read = 0;
        int steps = 0;
        for (; !reading.hasReadAll(chunks); ++steps) {
            reading.readOn(chunks, reader);
            const qint64 thisStep = reader.timeline().bytes - std::exchange(read, reader.timeline().bytes);
            QVERIFY(thisStep > 0);
            QVERIFY2(thisStep <= piecesPerStep * PacedReading::pieceBytes,
                     QByteArray::number(thisStep).constData());
        }
        QCOMPARE(read, qint64(2 * 128 * 1024 + 256 * 100));
        QCOMPARE(reader.transcript().comments, qint64(128 * 1024 + 256 * 50));
        QVERIFY(steps > 1);
    }

    void stepAndPiece_fitIntoEightMilliseconds() {
        // The worst that was measured is a piece full of comments of two bytes: below half a millisecond.
        QVERIFY(PacedReading::stepTime <= 6ms);
        QVERIFY(PacedReading::pieceBytes <= 4096);
    }

    void everyPace_readsTheSame() {
        const QByteArray stream = times(2000, word) + "data: [DONE]\n\n";
        std::vector<Chunk> chunks;
        for (qsizetype at = 0; at < stream.size(); at += 7777)
            chunks.push_back({std::chrono::microseconds(at), stream.mid(at, 7777)});
        StreamReader whole = freshReader();
        for (const Chunk& chunk : chunks)
            whole.take(chunk);

        std::chrono::steady_clock::time_point now{};
        PacedReading reading([&] { return now += 1s; });
        StreamReader paced = freshReader();
        std::vector<Chunk> sofar;
        for (const Chunk& chunk : chunks) { // as they arrive
            sofar.push_back(chunk);
            reading.readOn(sofar, paced);
        }
        QVERIFY(!reading.hasReadAll(sofar));
        while (!reading.hasReadAll(sofar))
            reading.readOn(sofar, paced);

        QCOMPARE(paced.transcript(), whole.transcript());
        QVERIFY(paced.transcript().endSignalSeen);
        QCOMPARE(paced.eventCount(), whole.eventCount());
        for (qsizetype i = 0; i < whole.eventCount(); ++i) {
            QCOMPARE(paced.event(i).data, whole.event(i).data);
            QCOMPARE(paced.event(i).at, whole.event(i).at);
        }
    }

    void startedOver_readsTheNextAttempt() {
        const std::vector<Chunk> first{{1us, word}, {2us, word}};
        const std::vector<Chunk> second{{1us, word}};
        PacedReading reading;
        StreamReader reader = freshReader();
        reading.readOn(first, reader);
        QVERIFY(reading.hasReadAll(first));
        reading.startOver();
        QVERIFY(reading.hasReadAll({}));
        reader = freshReader();
        reading.readOn(second, reader);
        QVERIFY(reading.hasReadAll(second));
        QCOMPARE(reader.eventCount(), qsizetype(1));
    }
};

QTEST_GUILESS_MAIN(TestPacedReading)
#include "tst_paced_reading.moc"
