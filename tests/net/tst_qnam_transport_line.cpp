// SPDX-License-Identifier: MIT
// Many calls at a time: six connections to a host, a line that can be seen and left, and one common end.
#include "net/call_watch.h"
#include "net/qnam_transport.h"
#include "net/test_requests.h"
#include "support/fault_server.h"

#include <QTest>

#include <vector>

using namespace lavascope;
using namespace lavascope::fault;
using namespace std::chrono_literals;

namespace {

const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

using Calls = std::vector<std::unique_ptr<CallWatch>>;

Calls sendMany(QnamTransport& transport, size_t count, const QByteArray& url, const TimeLimits& limits) {
    Calls calls(count);
    for (auto& call : calls)
        call = std::make_unique<CallWatch>(transport.send(request(url, Ask::Post), limits));
    return calls;
}

} // namespace

class tst_QnamTransportLine : public QObject { // NOLINT(readability-identifier-naming)
    Q_OBJECT

private Q_SLOTS:
    void moreCallsThanConnections_waitInLine();
    void stopInLine_leavesAtOnce();
    void otherHost_doesNotWait();
    void deletedTransport_endsItsCalls();
};

void tst_QnamTransportLine::moreCallsThanConnections_waitInLine() {
    FaultServer peer({say(openHead + "x"), gate(), fin()});
    QnamTransport transport;
    TimeLimits limits = patient();
    limits.connect = 200ms; // must not run in the line
    const Calls calls = sendMany(transport, 10, peer.url(), limits);
    for (int i = 0; i < 6; ++i)
        QTRY_COMPARE(calls.at(size_t(i))->body(), "x");
    for (int i = 6; i < 10; ++i)
        QTRY_COMPARE(calls.at(size_t(i))->places, QList<int>{i - 5});
    QCOMPARE(peer.connections(), 6);
    calls.at(0)->exchange().abort();
    QTRY_COMPARE(calls.at(6)->body(), "x");
    QTRY_COMPARE(calls.at(9)->places, (QList<int>{4, 3}));
    QCOMPARE(calls.at(6)->places, (QList<int>{1, 0}));
    peer.openGate();
    for (const auto& call : calls)
        QVERIFY(call->waitForEnd());
    for (int i = 1; i < 10; ++i) {
        QCOMPARE(endReasonName(calls.at(size_t(i))->ending->reason), "finished");
        QCOMPARE(calls.at(size_t(i))->places.value(calls.at(size_t(i))->places.size() - 1, 0), 0);
    }
    peer.settle();
    QCOMPARE(peer.requests(), 10);
}

void tst_QnamTransportLine::stopInLine_leavesAtOnce() {
    FaultServer peer({hang()});
    QnamTransport transport;
    const Calls calls = sendMany(transport, 8, peer.url(), patient());
    QTRY_COMPARE(calls.at(7)->places, QList<int>{2});
    calls.at(6)->exchange().abort();
    QVERIFY(calls.at(6)->waitForEnd());
    QCOMPARE(endReasonName(calls.at(6)->ending->reason), "stopped_by_user");
    QCOMPARE(calls.at(6)->ending->timesSent, 0);
    QTRY_COMPARE(calls.at(7)->places, (QList<int>{2, 1}));
    calls.at(7)->drop();
    calls.at(0)->drop(); // a free connection, and nobody left to take it
    QTRY_COMPARE(peer.openConnections(), 5);
    peer.settle();
    QCOMPARE(peer.requests(), 6);
}

void tst_QnamTransportLine::otherHost_doesNotWait() {
    FaultServer busy({hang()});
    FaultServer free({say(answer("free"))});
    QnamTransport transport;
    const Calls calls = sendMany(transport, 7, busy.url(), patient());
    CallWatch other(transport.send(request(free.url(), Ask::Post), patient()));
    QVERIFY(other.waitForEnd());
    QCOMPARE(other.body(), "free");
    QCOMPARE(other.places, QList<int>());
}

void tst_QnamTransportLine::deletedTransport_endsItsCalls() {
    FaultServer peer({say(openHead + "x"), hang()});
    auto transport = std::make_unique<QnamTransport>();
    Calls calls = sendMany(*transport, 8, peer.url(), patient()); // two of them still in the line
    QTRY_COMPARE(calls.at(5)->body(), "x");
    // And one that the network thread has not even heard of.
    calls.push_back(std::make_unique<CallWatch>(transport->send(request(peer.url(), Ask::Post), patient())));
    transport.reset();
    for (const auto& call : calls) {
        QVERIFY(call->waitForEnd());
        QCOMPARE(endReasonName(call->ending->reason), "stopped_by_user");
        QCOMPARE(call->orderFaults, QStringList());
        call->exchange().abort(); // nobody is there any more
    }
    QTRY_COMPARE(peer.openConnections(), 0);
    QCOMPARE(peer.requests(), 6);
}

QTEST_GUILESS_MAIN(tst_QnamTransportLine)
#include "tst_qnam_transport_line.moc"
