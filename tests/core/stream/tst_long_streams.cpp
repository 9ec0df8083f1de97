// SPDX-License-Identifier: MIT
// Answers that are long in one way or another: what is read of them, what is said of the rest, and that
// nothing grows which need not.
#include "core/stream/byte_store.h"
#include "core/stream/stream_reader.h"

#include <QTest>

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

constexpr qint64 mebi = qint64(1024) * 1024;

/// Counts what it gives.
class CountedPages final : public PageSource {
public:
    [[nodiscard]] char* newPage(qsizetype bytes) override {
        given += bytes;
        return m_pages.newPage(bytes);
    }
    qint64 given = 0;

private:
    HeapPages m_pages;
};

StreamReader readerOf(const QByteArray& contentType, std::shared_ptr<PageSource> pages = {}) {
    StreamReader reader({}, std::move(pages));
    reader.takeHeaders(200, {{"Content-Type", contentType}}, 1us);
    return reader;
}

} // namespace

class TestLongStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytesAdded_stayWhereTheyAre() {
        ByteStore store(std::make_shared<HeapPages>());
        std::vector<std::pair<ByteStore::Place, QByteArray>> added;
        for (int i = 0; i < 300; ++i) {
            const QByteArray bytes(i % 50 == 49 ? 3 * ByteStore::pageBytes + i : 900 * (i % 40),
                                   char('a' + i % 26));
            added.emplace_back(store.add(bytes), bytes);
        }
        for (const auto& [place, bytes] : added) {
            QCOMPARE(store.at(place, bytes.size()).toByteArray(), bytes);
            QCOMPARE(place.offset % quint32(ByteStore::unit), quint32(0));
        }
    }

    void manyNamesOfEvents_areAllKept() {
        const auto pages = std::make_shared<CountedPages>();
        StreamReader reader = readerOf("text/event-stream", pages);
        constexpr int count = 5000;
        for (int i = 0; i < count; ++i) {
            const QByteArray number = QByteArray::number(i);
            // By `event:`, by the payload, and too long to be shared.
            reader.take({std::chrono::microseconds(i),
                         i % 3 == 0   ? "event: name-" + number + "\ndata: text\n\n"
                         : i % 3 == 1 ? "data: {\"type\":\"type-" + number + "\"}\n\n"
                                      : "event: " + QByteArray(100, 'n') + number + "\ndata: {}\n\n"});
        }
        QCOMPARE(reader.eventCount(), qsizetype(count));
        for (int i = 0; i < count; ++i) {
            const QString number = QString::number(i);
            QCOMPARE(reader.event(i).name, i % 3 == 0   ? QStringLiteral("name-") + number
                                           : i % 3 == 1 ? QStringLiteral("type-") + number
                                                        : QString(100, QLatin1Char('n')) + number);
        }
        QVERIFY(pages->given > count * 20);
    }

    void eventTable_liesInThePagesGiven() {
        const auto pages = std::make_shared<CountedPages>();
        StreamReader reader = readerOf("application/x-ndjson", pages);
        const QByteArray row = "{\"value\":\"" + QByteArray(500, 'x') + "\"}\n";
        for (int i = 0; i < 10'000; ++i)
            reader.take({1us, row});
        QCOMPARE(reader.eventCount(), qsizetype(10'000));
        QVERIFY(pages->given > 10'000 * 500);
        QVERIFY(reader.heldBytes() < 10'000);
        QCOMPARE(reader.event(9'999).data, row.chopped(1));
    }

    void chunkThatIsRead_isSharedAndKeptAlive() {
        StreamReader reader = readerOf("text/event-stream");
        auto owner = std::make_shared<QByteArray>("data: {\"a\":1}\n\ndata: {\"b\":2}\n\n");
        const std::weak_ptr<QByteArray> watch = owner;
        {
            const Chunk chunk{1us, QByteArray::fromRawData(owner->constData(), owner->size()), owner};
            const qsizetype middle = 15;
            reader.take(chunk, 0, middle);
            reader.take(chunk, middle, chunk.bytes.size() - middle);
        }
        owner.reset();
        QVERIFY(!watch.expired());
        QCOMPARE(reader.event(0).data, QByteArray("{\"a\":1}"));
        QCOMPARE(reader.event(1).data, QByteArray("{\"b\":2}"));
        reader = StreamReader({});
        QVERIFY(watch.expired());
    }

    void bodyTooLongToBeReadAsOne_isNamed_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("beginning");
        QTest::newRow("json") << QByteArray("application/json") << QByteArray("{\"data\":\"");
        QTest::newRow("binary") << QByteArray("audio/mpeg") << QByteArray("\xFF\xFB", 2);
    }

    void bodyTooLongToBeReadAsOne_isNamed() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, beginning);
        StreamReader reader = readerOf(type);
        reader.take({1us, beginning});
        const QByteArray piece(mebi, 'x');
        for (int i = 0; i < 140; ++i)
            reader.take({1us, piece});
        QVERIFY(reader.heldBytes() < mebi);
        reader.takeEnding({});
        QVERIFY2(reader.transcript().notes.contains(
                     QStringLiteral("the body is longer than 128 MiB: it is kept, but was not read")),
                 qPrintable(reader.transcript().notes.join(QLatin1Char('\n'))));
        QCOMPARE(reader.transcript().verdict, std::optional(Verdict::NotAStream));
    }

    void plainTextWithoutAnEnd_isShownToALimitAndSaysSo() {
        StreamReader reader = readerOf("text/plain");
        const QByteArray piece(mebi, 'x');
        for (int i = 0; i < 80; ++i)
            reader.take({1us, piece});
        reader.takeEnding({});
        QVERIFY(reader.transcript().first().text.size() < 66 * mebi);
        QVERIFY(
            reader.transcript().notes.contains(QStringLiteral("the text goes on: the body holds all of it")));
    }

    void eventWithoutAnEnd_isCounted() {
        StreamReader reader = readerOf("text/event-stream");
        reader.take({1us, "data: "});
        for (int i = 0; i < 8; ++i)
            reader.take({1us, QByteArray(mebi, 'x')});
        QVERIFY(reader.heldBytes() > 8 * mebi);
    }
};

QTEST_GUILESS_MAIN(TestLongStreams)
#include "tst_long_streams.moc"
