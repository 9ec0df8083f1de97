// SPDX-License-Identifier: MIT
#include "core/stream/arrival_index.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

QByteArray delta(const QByteArray& member) {
    return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{" + member +
           "}}]}\n\n";
}

const QByteArray text = delta(R"("content":"x")");
const QByteArray thought = delta(R"("reasoning_content":"hm")");

qint64 of(const ChannelCounts& counts, EventChannel channel) {
    return counts[size_t(channel)];
}

} // namespace

class TestArrivalIndex : public QObject {
    Q_OBJECT

private:
    /// One event each millisecond, beginning with the first: every third a thought, every 100th a comment.
    void fill(int count) {
        for (int i = 0; i < count; ++i) {
            const QByteArray event = i % 100 == 0 ? QByteArray(": hi\n\n") : i % 3 == 0 ? thought : text;
            m_reader.take({std::chrono::milliseconds(i + 1), event});
        }
    }
    [[nodiscard]] ArrivalIndex whole() const {
        ArrivalIndex index(m_reader);
        while (index.take(1000) > 0) {
        }
        return index;
    }

    StreamReader m_reader{StreamHints()};

private Q_SLOTS:
    void init() { m_reader = StreamReader{StreamHints{"https://api.openai.com/v1/chat/completions"}}; }

    void nothingRead_isFoundNowhere() {
        const ArrivalIndex none;
        QCOMPARE(none.before(1s).events, 0);
        QCOMPARE(none.nearest(1s), -1);
        const ArrivalIndex empty(m_reader);
        QCOMPARE(empty.before(1s).events, 0);
        QCOMPARE(empty.nearest(1s), -1);
    }

    void eventsBeforeAMoment_areThoseThatCountingFinds_data() {
        QTest::addColumn<int>("moment");
        // Around the ends of what is noted together, and outside of all.
        for (const int moment :
             {-5, 0, 1, 2, 3, 100, 511, 512, 513, 514, 1024, 1025, 1026, 2999, 3000, 3001, 9000})
            QTest::addRow("%d ms", moment) << moment;
    }
    void eventsBeforeAMoment_areThoseThatCountingFinds() {
        QFETCH(const int, moment);
        fill(3000);
        const ArrivalIndex index = whole();
        const std::chrono::milliseconds time(moment);
        ArrivalIndex::Before counted;
        for (qsizetype i = 0; i < m_reader.eventCount(); ++i) {
            const EventArrival event = m_reader.arrival(i);
            if (event.at >= time)
                continue;
            ++counted.events;
            ++counted.counts[size_t(event.channel)];
        }
        const ArrivalIndex::Before found = index.before(time);
        QCOMPARE(found.events, counted.events);
        QCOMPARE(found.counts, counted.counts);
    }

    void totals_growWithWhatIsTaken() {
        fill(300);
        ArrivalIndex index(m_reader);
        QCOMPARE(index.take(100), 100);
        QCOMPARE(of(index.totals(), EventChannel::Comment), 1);
        QCOMPARE(index.latest(), 100ms);
        QCOMPARE(index.take(1000), 200);
        QCOMPARE(index.take(1000), 0);
        QCOMPARE(index.count(), 300);
        QCOMPARE(of(index.totals(), EventChannel::Comment), 3);
        QCOMPARE(of(index.totals(), EventChannel::Reasoning), 99);
        QCOMPARE(of(index.totals(), EventChannel::Text), 198);
    }

    void nearest_isTheOneBeforeOrAfter() {
        m_reader.take({10ms, text});
        m_reader.take({20ms, text});
        m_reader.take({40ms, text + text});
        const ArrivalIndex index = whole();
        QCOMPARE(index.nearest(0ms), 0);
        QCOMPARE(index.nearest(14ms), 0);
        QCOMPARE(index.nearest(16ms), 1);
        QCOMPARE(index.nearest(31ms), 2);
        QCOMPARE(index.nearest(1s), 3);
    }

    void aClockThatJumpsBack_isRead_asOneThatStands() {
        for (const auto at : {10ms, 30ms, 20ms, 25ms, 40ms})
            m_reader.take({at, text});
        const ArrivalIndex index = whole();
        QCOMPARE(index.timeOf(0), 10ms);
        QCOMPARE(index.timeOf(2), 30ms);
        QCOMPARE(index.timeOf(3), 30ms);
        QCOMPARE(index.timeOf(4), 40ms);
        QCOMPARE(index.before(30ms).events, 1);
        QCOMPARE(index.before(31ms).events, 4);
        QCOMPARE(index.latest(), 40ms);
    }
};

QTEST_APPLESS_MAIN(TestArrivalIndex)
#include "tst_arrival_index.moc"
