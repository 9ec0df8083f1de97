// SPDX-License-Identifier: MIT
#include "core/stream/stream_reader.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

const QByteArray oneEvent = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";
const QByteArray theEnd = "data: [DONE]\n\n";

StreamReader readerOf(const std::vector<Chunk>& chunks) {
    StreamReader reader{StreamHints{"https://api.openai.com/v1/chat/completions"}};
    for (const Chunk& chunk : chunks)
        reader.take(chunk);
    return reader;
}

Ending endingAt(std::chrono::microseconds at) {
    Ending ending;
    ending.at = at;
    return ending;
}

std::vector<Stall> stallsOf(const StreamReader& reader,
                            std::chrono::microseconds threshold = stallThreshold) {
    return reader.arrivals().stalls(threshold, reader.eventCount());
}

} // namespace

class TestArrivalTally : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void silencesOverTheThreshold_areStallsBeforeTheEventTheyHeldUp() {
        const StreamReader reader = readerOf({{3s, oneEvent},
                                              {4s, oneEvent},
                                              {4999ms, oneEvent},
                                              {6500ms, oneEvent + oneEvent},
                                              {6900ms, theEnd}});
        // The wait for the first byte is none: it has a figure of its own.
        const std::vector<Stall> whole = {{3s, 1s, 1}, {4999ms, 1501ms, 3}};
        QCOMPARE(stallsOf(reader), whole);
        QCOMPARE(stallsOf(reader, 1200ms), std::vector<Stall>(whole.begin() + 1, whole.end()));
        QCOMPARE(stallsOf(reader, 100ms).size(), size_t(4));
    }

    void anEventThatWasCut_isTheOneHeldUp() {
        const StreamReader reader =
            readerOf({{1s, oneEvent + oneEvent.first(20)}, {3s, oneEvent.sliced(20)}});
        QCOMPARE(stallsOf(reader), (std::vector<Stall>{{1s, 2s, 1}}));
    }

    void silenceBeforeAMissingEnd_isAStallWithoutAnEvent() {
        StreamReader reader = readerOf({{1s, oneEvent}});
        reader.takeEnding(endingAt(31s));
        QCOMPARE(stallsOf(reader), (std::vector<Stall>{{1s, 30s, std::nullopt}}));
    }

    void silenceAfterTheEndSignal_isNone() {
        StreamReader reader = readerOf({{1s, oneEvent + theEnd}});
        reader.takeEnding(endingAt(3s));
        QCOMPARE(stallsOf(reader), std::vector<Stall>());
    }

    void bytesWithoutAnEvent_endAStallAllTheSame() {
        const StreamReader reader = readerOf({{1s, oneEvent}, {3s, "data: {\"never"}});
        QCOMPARE(stallsOf(reader), (std::vector<Stall>{{1s, 2s, std::nullopt}}));
    }

    void aClockThatJumpsBack_makesNoSilence() {
        const StreamReader reader =
            readerOf({{9s, oneEvent}, {1s, oneEvent}, {2s, oneEvent}, {9100ms, oneEvent}});
        QCOMPARE(stallsOf(reader), std::vector<Stall>());
        QCOMPARE(reader.arrivals().blocks().size(), size_t(2));
    }

    void blocks_holdWhatCameBetweenSilences() {
        const StreamReader reader = readerOf({{2s, oneEvent + oneEvent},
                                              {2050ms, oneEvent.first(9)},
                                              {2400ms, oneEvent.sliced(9) + oneEvent}});
        const qint64 size = oneEvent.size();
        const std::vector<ArrivalBlock> expected = {{2s, 2s, 2050ms, 2 * size + 9, 2, 2},
                                                    {350ms, 2400ms, 2400ms, 2 * size - 9, 2, 1}};
        QCOMPARE(reader.arrivals().blocks(), expected);
        QCOMPARE(reader.arrivals().arrivals(), 3);
    }
};

QTEST_APPLESS_MAIN(TestArrivalTally)
#include "tst_arrival_tally.moc"
