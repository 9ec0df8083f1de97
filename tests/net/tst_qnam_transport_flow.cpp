// SPDX-License-Identifier: MIT
// How bytes flow: bounded, stamped where they come, stopped at once; and what happens when an end goes away.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QTimer>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
constexpr qint64 mebi = 1024 * 1024;
/// What may lie between a server that sends and a receiver that does not take: the buffers of two sockets
/// (which the operating system grows as it likes), Qt's read buffer, and the credit.
constexpr qint64 inBetween = 24 * mebi;

constexpr qint64 heldPieces = 700; // of 64 KiB

/// Memory of this process, 0 where that cannot be told or says nothing.
qint64 residentBytes() {
#if defined(Q_OS_LINUX) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly))
        return file.readAll().split(' ').value(1).toLongLong() * 4096;
#endif
    return 0;
}

FaultStep floodOf(qint64 bytes) {
    constexpr qint64 piece = 64 * 1024;
    return flood(QByteArray(piece, 'x'), bytes / piece);
}

} // namespace

Q_DECLARE_METATYPE(FaultServer::Tls)

class tst_QnamTransportFlow : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void flood_arrivesWholeInBoundedMemory();
    void blockedReceiver_holdsBackThePeer();
    void held_holdsBackThePeerUntilReleased_data();
    void held_holdsBackThePeerUntilReleased();
    void cutOffWhileHeld_keepsTheFirstMebibytes();
    void closedByThePeerWhileHeld_losesNothing_data();
    void closedByThePeerWhileHeld_losesNothing();
    void smallPieces_areStampedWhenTheyCame();
    void pieceRightAfterAnother_isNotKeptWaiting();
    void otherCall_goesOnWhileOneFloods();

    void stopInsideFlood_keepsWhatCameAndCloses();
    void stopBeforeAnswer_closes();
    void stopWhileHeld_handsOverWhatCame();
    void stopAfterTheEnd_isHarmless();
    void stopAtOnce_sendsNothingOrOnce();
    void droppedExchange_closesWithoutASignal();
    void exchangeDeletedInItsOwnSignal_isFine_data();
    void exchangeDeletedInItsOwnSignal_isFine();
};

void tst_QnamTransportFlow::flood_arrivesWholeInBoundedMemory() {
    constexpr qint64 size = 64 * mebi;
    FaultServer peer({say(openHead), floodOf(size), fin()});
    QnamTransport transport;
    const qint64 before = residentBytes();
    qint64 received = 0;
    qint64 mostInBetween = 0;
    qint64 mostMemory = 0;
    qsizetype largest = 0;
    auto exchange = transport.send(request(peer.url(), Ask::Post), patient());
    QSignalSpy ended(exchange.get(), &Exchange::ended);
    connect(exchange.get(), &Exchange::chunk, this, [&](const Chunk& chunk) {
        received += chunk.bytes.size();
        largest = std::max(largest, chunk.bytes.size());
        mostInBetween = std::max(mostInBetween, peer.bytesSent() - received);
        mostMemory = std::max(mostMemory, residentBytes() - before);
    });
    QVERIFY(ended.wait(60'000));
    QCOMPARE(endReasonName(ended.at(0).at(0).value<Ending>().reason), "finished");
    QCOMPARE(received, size);
    QVERIFY(largest <= 256 * 1024);
    QVERIFY2(mostInBetween < inBetween, QByteArray::number(mostInBetween).constData());
    QVERIFY2(mostMemory < 48 * mebi, QByteArray::number(mostMemory).constData());
}

void tst_QnamTransportFlow::blockedReceiver_holdsBackThePeer() {
    FaultServer peer({say(openHead), floodOf(512 * mebi), fin()});
    QnamTransport transport;
    auto exchange = transport.send(request(peer.url(), Ask::Post), patient());
    qint64 sentAtStandstill = 0;
    connect(exchange.get(), &Exchange::chunk, this, [&] {
        if (sentAtStandstill > 0)
            return;
        // Blocks like a slow slot until the server has got rid of nothing more for a while.
        qint64 sent = -1;
        for (QElapsedTimer quiet; quiet.start(), sent != peer.bytesSent();)
            for (sent = peer.bytesSent(); sent == peer.bytesSent() && quiet.elapsed() < 300;)
                QThread::yieldCurrentThread();
        sentAtStandstill = sent;
        exchange->abort();
    });
    QSignalSpy ended(exchange.get(), &Exchange::ended);
    QVERIFY(ended.wait(60'000));
    QVERIFY(sentAtStandstill > 0);
    QVERIFY2(sentAtStandstill < inBetween, QByteArray::number(sentAtStandstill).constData());
}

void tst_QnamTransportFlow::held_holdsBackThePeerUntilReleased_data() {
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<FaultServer::Tls>("tls");
    constexpr qint64 size = 64 * 1024;
    const QByteArray piece(size, 'x');
    const QByteArray counted =
        "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(heldPieces * size) + "\r\n\r\n";
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const auto tls : {FaultServer::Tls::None, FaultServer::Tls::Trusted}) {
        const QByteArray by = tls == FaultServer::Tls::None ? "plain, " : "TLS, ";
        QTest::newRow(by + "until close") << openHead << piece << QByteArray() << tls;
        QTest::newRow(by + "content-length") << counted << piece << QByteArray() << tls;
        QTest::newRow(by + "large chunks") << chunked << "10000\r\n" + piece + "\r\n"
                                           << QByteArray("0\r\n\r\n") << tls;
    }
}

void tst_QnamTransportFlow::held_holdsBackThePeerUntilReleased() {
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, piece);
    QFETCH(QByteArray, tail);
    QFETCH(FaultServer::Tls, tls);
    FaultServer peer({{{say(head), flood(piece, heldPieces), say(tail), fin()}}, tls});
    QnamTransport transport({FaultServer::certificateFile(), false});
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    connect(&call.exchange(), &Exchange::headers, this, [&] { call.exchange().setHeld(true); });
    qint64 sent = -1;
    const auto standsStill = [&] {
        return std::exchange(sent, peer.bytesSent()) == peer.bytesSent() && sent > 2 * mebi;
    };
    QTRY_VERIFY(standsStill()); // asked every 50 ms
    QVERIFY2(sent < inBetween, QByteArray::number(sent).constData());
    QVERIFY(call.body().size() <= 4 * 256 * 1024);
    QVERIFY(!call.ending);
    call.exchange().setHeld(false);
    QVERIFY(call.waitForEnd(60'000));
    QCOMPARE(endReasonName(call.ending->reason), "finished");
    QCOMPARE(call.body().size(), heldPieces * 64 * 1024);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportFlow::cutOffWhileHeld_keepsTheFirstMebibytes() {
    // What Qt has not offered when a connection breaks, it throws away; but more than its read buffer and our
    // credit are offered by then.
    FaultServer peer({say(openHead + "x"), gate(), say(QByteArray(mebi, 'x')), reset()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QTRY_COMPARE(call.body(), "x");
    call.exchange().setHeld(true);
    peer.openGate();
    QTRY_COMPARE(peer.openConnections(), 0);
    call.exchange().setHeld(false);
    QVERIFY(call.waitForEnd());
    QVERIFY(call.body().size() > 1);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportFlow::closedByThePeerWhileHeld_losesNothing_data() {
    QTest::addColumn<FaultServer::Tls>("tls");
    QTest::addColumn<int>("kibibytes");
    for (const auto tls : {FaultServer::Tls::None, FaultServer::Tls::Trusted})
        for (const int kibibytes : {900, 1100, 1500, 2100, 2900, 3500})
            QTest::addRow("%s, %d KiB", tls == FaultServer::Tls::None ? "plain" : "TLS", kibibytes)
                << tls << kibibytes;
}

void tst_QnamTransportFlow::closedByThePeerWhileHeld_losesNothing() {
    // Nothing but the close ends this answer, and the peer is done with it before it is taken: at once, and
    // in small portions as a reader takes it that is slower than the peer.
    QFETCH(FaultServer::Tls, tls);
    QFETCH(int, kibibytes);
    FaultServer peer({{{say(openHead), flood(QByteArray(1024, 'x'), kibibytes), fin()}}, tls});
    QnamTransport transport({FaultServer::certificateFile(), false});
    for (const bool inPortions : {false, true}) {
        const qint64 before = peer.bytesSent();
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QTimer portion;
        portion.setSingleShot(true);
        connect(&portion, &QTimer::timeout, this, [&] { call.exchange().setHeld(false); });
        connect(&call.exchange(), &Exchange::headers, this, [&] { call.exchange().setHeld(true); });
        connect(&call.exchange(), &Exchange::chunk, this, [&] {
            call.exchange().setHeld(inPortions);
            portion.start(1ms);
        });
        QTRY_COMPARE(call.headersCame, 1);
        QTRY_COMPARE(peer.bytesSent() - before, openHead.size() + kibibytes * 1024);
        call.exchange().setHeld(false);
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "finished");
        QCOMPARE(call.body().size(), kibibytes * 1024);
        QCOMPARE(call.orderFaults, QStringList());
    }
}

void tst_QnamTransportFlow::smallPieces_areStampedWhenTheyCame() {
    constexpr int pieces = 10;
    constexpr auto every = 30ms;
    FaultServer peer({say(openHead), drip("data: x\n\n", pieces, every), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    // This thread is busy all the while, as a window may be.
    connect(&call.exchange(), &Exchange::headers, this, [&] {
        while (peer.bytesSent() < openHead.size() + pieces * 9)
            QThread::yieldCurrentThread();
    });
    QVERIFY(call.waitForEnd());
    QCOMPARE(call.chunks.size(), pieces);
    QVERIFY(call.chunks.last().at - call.chunks.first().at >= (pieces - 2) * every);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportFlow::pieceRightAfterAnother_isNotKeptWaiting() {
    // Most of them come too soon after another to wake the receiver again; nothing comes after the last.
    constexpr int pieces = 50;
    for (int round = 0; round < 10; ++round) {
        FaultServer peer({say(openHead), drip("a", pieces, 0ms), gate(), say("b"), fin()});
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        QTRY_COMPARE(call.body(), QByteArray(pieces, 'a'));
        peer.openGate();
        QVERIFY(call.waitForEnd());
        QCOMPARE(call.body(), QByteArray(pieces, 'a') + 'b');
        QCOMPARE(call.orderFaults, QStringList());
    }
}

void tst_QnamTransportFlow::otherCall_goesOnWhileOneFloods() {
    FaultServer flooding({say(openHead), floodOf(4096 * mebi), fin()});
    FaultServer calm({say(answer("calm"))});
    QnamTransport transport;
    auto flood = transport.send(request(flooding.url(), Ask::Post), patient());
    QSignalSpy chunks(flood.get(), &Exchange::headers);
    QVERIFY(chunks.wait());
    for (int i = 0; i < 5; ++i) {
        CallWatch call(transport.send(request(calm.url(), Ask::Post), patient()));
        QVERIFY(call.waitForEnd());
        QCOMPARE(call.body(), "calm");
    }
}

void tst_QnamTransportFlow::stopInsideFlood_keepsWhatCameAndCloses() {
    FaultServer peer({say(openHead), floodOf(4096 * mebi), fin()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QTRY_VERIFY(!call.chunks.isEmpty());
    call.exchange().abort();
    const qint64 before = call.body().size();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(call.waitForEnd());
    const qint64 took = clock.elapsed();
    QCOMPARE(endReasonName(call.ending->reason), "stopped_by_user");
    QVERIFY2(took < 1000,
             QByteArray::number(took).constData()); // it is about 5; a loaded machine may be slow
    // What was on its way is kept, and that is bounded: the read buffer and twice the credit.
    QVERIFY(call.body().size() >= before);
    QVERIFY2(call.body().size() - before <= 4 * mebi,
             QByteArray::number(call.body().size() - before).constData());
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 1);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportFlow::stopBeforeAnswer_closes() {
    for (const Ask ask : {Ask::Post, Ask::Get}) {
        FaultServer peer({hang()});
        QnamTransport transport;
        CallWatch call(transport.send(request(peer.url(), ask), patient()));
        QTRY_COMPARE(peer.requests(), 1);
        call.exchange().abort();
        call.exchange().abort();
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "stopped_by_user");
        QCOMPARE(call.ending->timesSent, 1);
        QTRY_COMPARE(peer.openConnections(), 0);
        QCOMPARE(peer.requests(), 1);
    }
}

void tst_QnamTransportFlow::stopWhileHeld_handsOverWhatCame() {
    FaultServer peer({say(openHead), gate(), say(QByteArray(3 * mebi, 'x')), hang()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QTRY_COMPARE(call.headersCame, 1);
    call.exchange().setHeld(true);
    peer.openGate();
    qint64 sent = 0;
    QTRY_VERIFY(std::exchange(sent, peer.bytesSent()) == peer.bytesSent() && sent > mebi);
    QVERIFY(call.chunks.isEmpty());
    call.exchange().abort();
    QVERIFY(call.waitForEnd());
    QCOMPARE(endReasonName(call.ending->reason), "stopped_by_user");
    // How much of what the peer has sent still lies in the kernel is the machine's business.
    QVERIFY(call.body().size() > 0);
    QCOMPARE(call.orderFaults, QStringList());
}

void tst_QnamTransportFlow::stopAfterTheEnd_isHarmless() {
    FaultServer peer({say(answer("ok"))});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(call.waitForEnd());
    call.exchange().abort();
    call.exchange().setHeld(true);
    CallWatch next(transport.send(request(peer.url(), Ask::Post), patient()));
    QVERIFY(next.waitForEnd()); // by now the wishes above were heard
    QCOMPARE(call.orderFaults, QStringList());
    QCOMPARE(endReasonName(call.ending->reason), "finished");
}

void tst_QnamTransportFlow::stopAtOnce_sendsNothingOrOnce() {
    FaultServer peer({say(answer("ok"))});
    QnamTransport transport;
    for (int i = 0; i < 20; ++i) {
        CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
        call.exchange().abort();
        QVERIFY(!call.ending);
        QVERIFY(call.waitForEnd());
        QCOMPARE(endReasonName(call.ending->reason), "stopped_by_user");
    }
    peer.settle();
    QVERIFY(peer.requests() <= 20);
}

void tst_QnamTransportFlow::droppedExchange_closesWithoutASignal() {
    FaultServer peer({say(openHead + "x"), hang()});
    QnamTransport transport;
    CallWatch call(transport.send(request(peer.url(), Ask::Post), patient()));
    QTRY_COMPARE(call.body(), "x");
    call.drop();
    QTRY_COMPARE(peer.openConnections(), 0);
    QVERIFY(!call.ending);
}

void tst_QnamTransportFlow::exchangeDeletedInItsOwnSignal_isFine_data() {
    QTest::addColumn<int>("which");
    QTest::newRow("headers") << 0;
    QTest::newRow("chunk") << 1;
    QTest::newRow("ended") << 2;
}

void tst_QnamTransportFlow::exchangeDeletedInItsOwnSignal_isFine() {
    QFETCH(int, which);
    FaultServer peer({say(openHead), floodOf(2 * mebi), fin()});
    QnamTransport transport;
    auto exchange = transport.send(request(peer.url(), Ask::Post), patient());
    int signalsAfter = 0;
    const auto onSignal = [&](int signal) {
        if (!exchange)
            ++signalsAfter;
        else if (signal == which)
            exchange.reset();
    };
    connect(exchange.get(), &Exchange::headers, this, [&] { onSignal(0); });
    connect(exchange.get(), &Exchange::chunk, this, [&] { onSignal(1); });
    connect(exchange.get(), &Exchange::ended, this, [&] { onSignal(2); });
    QTRY_VERIFY(!exchange);
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(signalsAfter, 0);
}

QTEST_GUILESS_MAIN(tst_QnamTransportFlow)
#include "tst_qnam_transport_flow.moc"
