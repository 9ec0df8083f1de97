// SPDX-License-Identifier: MIT
#include "sandbox/connection.h"
#include "sandbox/raw_client.h"
#include "sandbox/sandbox_server.h"
#include "sandbox/scripted_upstream.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

using namespace lavascope;
using namespace std::chrono_literals;

namespace {

using Call = ScriptedUpstream::Call;

constexpr qsizetype pieceSize = 64 * 1024;

/// Sends as fast as it may, and counts how far it got.
class Flood {
public:
    explicit Flood(int pieces)
        : m_pieces(pieces) {}

    void start(Call& call) {
        Q_EMIT call.answered(200, {{"Content-Type", "text/event-stream"}});
        call.onReleased = [this, &call] { next(call); };
        next(call);
    }
    [[nodiscard]] int sent() const { return m_sent; }
    [[nodiscard]] QByteArray hash() const { return m_hash.result(); }

private:
    void next(Call& call) {
        if (call.held || m_isScheduled)
            return;
        m_isScheduled = true;
        QTimer::singleShot(0, &call, [this, &call] {
            m_isScheduled = false;
            if (m_sent == m_pieces) {
                Q_EMIT call.finished(true, {});
                return;
            }
            const QByteArray piece(pieceSize, static_cast<char>('a' + m_sent % 26));
            m_hash.addData(piece);
            ++m_sent;
            Q_EMIT call.bytes(piece);
            next(call);
        });
    }

    int m_pieces;
    int m_sent = 0;
    bool m_isScheduled = false;
    QCryptographicHash m_hash{QCryptographicHash::Md5};
};

/// One connection with limits of its own, on a listener of its own.
struct LoneConnection {
    explicit LoneConnection(const ConnectionLimits& limits) {
        const bool listening = listener.listen(QHostAddress::LocalHost);
        Q_ASSERT(listening);
        QObject::connect(&listener, &QTcpServer::newConnection, &listener, [this, limits] {
            connection = new Connection(listener.nextPendingConnection(), RequestLimits{}, limits, &listener);
            QObject::connect(connection, &Connection::broken, connection, [this](const RequestFault& fault) {
                connection->answer(fault.status, {}, fault.code.toLatin1());
            });
            QObject::connect(connection, &Connection::arrived, connection,
                             [this] { connection->answer(200, {}, "fine"); });
        });
    }

    QTcpServer listener;
    Connection* connection = nullptr;
};

SandboxConfig slowConfig() {
    SandboxConfig config = SandboxConfig::standard();
    config.pace = 100; // a stream takes minutes: it is open for the whole test
    return config;
}

QByteArray streamRequest(quint16 port) {
    return Ask(port).to(chatUrl).key(testKey).body(chatBody(true)).bytes();
}

} // namespace

class TestSandboxLoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thirtyOpenStreams_doNotHinderARequest();
    void clientThatAborts_isSeenAtOnce_data();
    void clientThatAborts_isSeenAtOnce();
    void clientThatDoesNotRead_isNotBufferedFor();
    void tooManyConnections_areToldSo();
    void idleConnection_makesRoom();
    void largeBody_canBeRefusedOnTheWay();
    void slowHead_isEnded();
    void silentBody_isEnded();
    void idleConnection_isClosedWithoutAWord();
    void clientThatSendsOn_stillGetsTheReason();
    void clientThatNeverFetchesTheEnd_isDropped();
};

void TestSandboxLoad::thirtyOpenStreams_doNotHinderARequest() {
    SandboxServer server(slowConfig());
    const auto port = server.listen();
    QVERIFY(port);
    QSignalSpy spy(&server, &SandboxServer::served);
    std::vector<std::unique_ptr<RawClient>> streams;
    streams.reserve(30);
    for (int number = 0; number < 30; ++number) {
        streams.push_back(std::make_unique<RawClient>(*port));
        streams.back()->send(streamRequest(*port));
    }
    const RawAnswer answer = RawClient(*port).ask(
        Ask(*port).method("GET").to("https://api.openai.com/v1/models").key(testKey).bytes());
    QCOMPARE(answer.status, 200);
    QCOMPARE(spy.size(), 1); // none of the streams has ended
    for (const auto& stream : streams)
        QVERIFY(stream->isOpen());
    streams.clear();
    QTRY_COMPARE(spy.size(), 31);
}

void TestSandboxLoad::clientThatAborts_isSeenAtOnce_data() {
    QTest::addColumn<QString>("way");
    QTest::newRow("reset") << QStringLiteral("reset");
    QTest::newRow("close") << QStringLiteral("close");
#ifdef Q_OS_UNIX
    QTest::newRow("half-close") << QStringLiteral("half-close");
#endif
}

void TestSandboxLoad::clientThatAborts_isSeenAtOnce() {
    QFETCH(QString, way);
    SandboxServer server(slowConfig());
    const auto port = server.listen();
    QVERIFY(port);
    QSignalSpy spy(&server, &SandboxServer::served);
    RawClient client(*port);
    client.send(
        Ask(*port)
            .to("https://api.anthropic.com/v1/messages")
            .key(testKey)
            .field("anthropic-version", "2023-06-01")
            .body(
                R"({"model":"claude-x","max_tokens":99,"stream":true,"messages":[{"role":"user","content":"a"}]})")
            .bytes());
    QTRY_VERIFY(client.received().contains("message_start"));
    if (way == QLatin1String("reset"))
        client.socket().abort();
    else if (way == QLatin1String("close"))
        client.socket().disconnectFromHost();
#ifdef Q_OS_UNIX
    else
        QCOMPARE(::shutdown(static_cast<int>(client.socket().socketDescriptor()), SHUT_WR), 0);
#endif
    QTRY_COMPARE(spy.size(), 1);
    QVERIFY(spy.first().at(0).value<ServedRequest>().note.contains(QLatin1String("the client left")));
    const RawAnswer next =
        RawClient(*port).ask(Ask(*port).method("GET").target("/v1/models").key(testKey).bytes());
    QCOMPARE(next.status, 200);
}

void TestSandboxLoad::clientThatDoesNotRead_isNotBufferedFor() {
    constexpr int pieces = 512; // 32 MiB
    Flood flood(pieces);
    ScriptedUpstream upstream;
    upstream.onStart = [&](Call& call) { flood.start(call); };
    SandboxConfig config = SandboxConfig::standard();
    config.passthrough = true;
    SandboxServer server(config, &upstream);
    const auto port = server.listen();
    QVERIFY(port);
    QTcpSocket client;
    client.setReadBufferSize(1); // the system's buffers fill up, and then nothing moves
    client.connectToHost(QStringLiteral("127.0.0.1"), *port);
    QVERIFY(client.waitForConnected());
    client.write(
        Ask(*port).to("https://1.1.1.1/v1/chat/completions").key(testKey).body(chatBody(true)).bytes());
    QTRY_VERIFY(!upstream.calls.isEmpty() && upstream.calls.first()->held);
    // What is not in the system's buffers waits at the provider, not here.
    QVERIFY2(flood.sent() < pieces / 2, qPrintable(QString::number(flood.sent())));
    const RawAnswer other =
        RawClient(*port).ask(Ask(*port).method("GET").target("/v1/models").key(testKey).bytes());
    QCOMPARE(other.status, 200);

    QByteArray received;
    client.setReadBufferSize(0);
    connect(&client, &QTcpSocket::readyRead, &client, [&] { received += client.readAll(); });
    received += client.readAll();
    QTRY_VERIFY_WITH_TIMEOUT(received.endsWith("\r\n0\r\n\r\n"), 30000);
    const std::optional<RawAnswer> answer = parseAnswer(received);
    QVERIFY(answer && answer->complete);
    QCOMPARE(answer->body.size(), pieces * pieceSize);
    QCOMPARE(QCryptographicHash::hash(answer->body, QCryptographicHash::Md5), flood.hash());
}

void TestSandboxLoad::tooManyConnections_areToldSo() {
    SandboxServer server(slowConfig());
    const auto port = server.listen();
    QVERIFY(port);
    std::vector<std::unique_ptr<RawClient>> clients;
    clients.reserve(64);
    for (int number = 0; number < 64; ++number)
        clients.push_back(std::make_unique<RawClient>(*port));
    for (int number = 0; number < 100; ++number) {
        RawClient late(*port);
        QVERIFY(late.waitForClose());
        const RawAnswer answer = late.answer();
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.complete);
    }
    clients.resize(10);
    QTRY_COMPARE(RawClient(*port).ask(Ask(*port).target("/x").bytes()).status, 404);
}

void TestSandboxLoad::idleConnection_makesRoom() {
    SandboxServer server(slowConfig());
    const auto port = server.listen();
    QVERIFY(port);
    std::vector<std::unique_ptr<RawClient>> clients;
    clients.reserve(64);
    for (int number = 0; number < 64; ++number) {
        clients.push_back(std::make_unique<RawClient>(*port));
        QCOMPARE(clients.back()->ask(Ask(*port).target("/x").bytes()).status, 404);
    }
    QCOMPARE(RawClient(*port).ask(Ask(*port).target("/x").bytes()).status, 404);
    qsizetype open = 0;
    for (const auto& client : clients)
        open += client->isOpen() ? 1 : 0;
    QCOMPARE(open, 63);
}

void TestSandboxLoad::largeBody_canBeRefusedOnTheWay() {
    LoneConnection lone(ConnectionLimits{});
    RawClient client(lone.listener.serverPort());
    QTRY_VERIFY(lone.connection);
    connect(lone.connection, &Connection::grew, lone.connection, [&] {
        lone.connection->refuse({503, QStringLiteral("out_of_memory"), {}});
    });
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n" +
                QByteArray(4 * 1024 * 1024, 'x'));
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, QByteArray("out_of_memory"));
    QCOMPARE(lone.connection->heldBytes(), 0);
    QVERIFY(client.waitForClose());
}

void TestSandboxLoad::slowHead_isEnded() {
    ConnectionLimits limits;
    limits.head = 50ms;
    LoneConnection lone(limits);
    RawClient client(lone.listener.serverPort());
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow:");
    QVERIFY(client.waitForClose());
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 408);
    QCOMPARE(answer.body, QByteArray("request_timeout"));
    RawClient silent(lone.listener.serverPort());
    QVERIFY(silent.waitForClose());
    QVERIFY(silent.received().isEmpty());
}

void TestSandboxLoad::silentBody_isEnded() {
    ConnectionLimits limits;
    limits.bodyIdle = 50ms;
    LoneConnection lone(limits);
    RawClient client(lone.listener.serverPort());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.answer().status, 408);
}

void TestSandboxLoad::idleConnection_isClosedWithoutAWord() {
    ConnectionLimits limits;
    limits.keepAlive = 50ms;
    LoneConnection lone(limits);
    RawClient client(lone.listener.serverPort());
    QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    QVERIFY(client.waitForClose());
    QVERIFY(client.received().isEmpty());
}

void TestSandboxLoad::clientThatSendsOn_stillGetsTheReason() {
    LoneConnection lone(ConnectionLimits{});
    RawClient client(lone.listener.serverPort());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
    QObject::connect(&client.socket(), &QTcpSocket::bytesWritten, &client.socket(),
                     [&] { client.socket().write(QByteArray(pieceSize, 'x')); });
    client.send("x");
    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 413);
    QVERIFY(answer.complete);
    QVERIFY(client.waitForClose());
}

void TestSandboxLoad::clientThatNeverFetchesTheEnd_isDropped() {
    ConnectionLimits limits;
    limits.flush = 50ms;
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.setReadBufferSize(1);
    client.connectToHost(QStringLiteral("127.0.0.1"), listener.serverPort());
    QTRY_VERIFY(listener.hasPendingConnections());
    Connection connection(listener.nextPendingConnection(), RequestLimits{}, limits, nullptr);
    connect(&connection, &Connection::arrived, &connection,
            [&] { connection.answer(200, {}, QByteArray(32 * 1024 * 1024, 'x')); });
    QSignalSpy gone(&connection, &Connection::gone);
    client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    QVERIFY(gone.wait());
    QCOMPARE(gone.size(), 1);
}

QTEST_GUILESS_MAIN(TestSandboxLoad)
#include "tst_sandbox_load.moc"
