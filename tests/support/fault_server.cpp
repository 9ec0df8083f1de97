// SPDX-License-Identifier: MIT
#include "support/fault_server.h"

#include "support/fault_connection.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace lavascope {

class FaultServer::Listener : public QTcpServer {
public:
    explicit Listener(FaultState& state)
        : m_state(state)
        , m_settle(this) {
        connect(&m_settle, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* asker = m_settle.nextPendingConnection();
            connect(asker, &QTcpSocket::readyRead, asker, [asker] { asker->write(asker->readAll()); });
            connect(asker, &QTcpSocket::disconnected, asker, &QObject::deleteLater);
        });
    }

    void start() {
        if (!listen(QHostAddress::LocalHost) || !m_settle.listen(QHostAddress::LocalHost))
            qFatal("the fault server cannot listen");
        m_state.port = serverPort();
        m_state.settlePort = m_settle.serverPort();
    }

    void openGate();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    FaultState& m_state;
    QTcpServer m_settle; ///< answers each byte; see settle()
    QList<QPointer<FaultConnection>> m_connections;
};

void FaultServer::Listener::openGate() {
    m_connections.removeAll(nullptr);
    const auto connections = m_connections;
    for (const auto& connection : connections)
        if (connection)
            connection->play();
}

void FaultServer::Listener::incomingConnection(qintptr descriptor) {
    auto* socket = new QSslSocket;
    socket->setSocketDescriptor(descriptor);
    m_state.locked([&] {
        ++m_state.connections;
        ++m_state.open;
    });
    m_connections.append(new FaultConnection(socket, m_state, this));
}

FaultServer::FaultServer(FaultScript script)
    : FaultServer(Settings{{std::move(script)}}) {}

FaultServer::FaultServer(Settings settings)
    : m_state(std::make_unique<FaultState>()) {
    m_state->settings = std::move(settings);
    m_listener = new Listener(*m_state);
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_listener, [this] { m_listener->start(); }, Qt::BlockingQueuedConnection);
}

FaultServer::~FaultServer() {
    m_thread.quit();
    m_thread.wait();
}

quint16 FaultServer::port() const {
    return m_state->port;
}

QByteArray FaultServer::url(const QByteArray& path) const {
    const QByteArray scheme = m_state->settings.tls == Tls::None ? "http" : "https";
    return scheme + "://127.0.0.1:" + QByteArray::number(port()) + path;
}

QString FaultServer::certificateFile() {
    return FaultConnection::certificatePath("ca");
}

void FaultServer::openGate() {
    m_state->locked([&] { m_state->gateOpen = true; });
    QMetaObject::invokeMethod(m_listener, [this] { m_listener->openGate(); });
}

void FaultServer::closeGate() {
    m_state->locked([&] { m_state->gateOpen = false; });
}

int FaultServer::connections() const {
    return m_state->locked([&] { return m_state->connections; });
}

int FaultServer::requests() const {
    return m_state->locked([&] { return m_state->requests; });
}

int FaultServer::openConnections() const {
    return m_state->locked([&] { return m_state->open; });
}

qint64 FaultServer::bytesSent() const {
    return m_state->locked([&] { return m_state->sent; });
}

QList<QByteArray> FaultServer::received() const {
    return m_state->locked([&] { return m_state->received; });
}

QByteArray FaultServer::everything() const {
    return m_state->locked([&] { return m_state->everything; });
}

void FaultServer::settle() {
    // A question to the same thread: before the second answer it has gone round its sockets twice, and so has
    // accepted and read what was there before the first.
    QTcpSocket asker;
    asker.connectToHost(QHostAddress(QHostAddress::LocalHost), m_state->settlePort);
    for (int round = 0; round < 2; ++round) {
        asker.write("?");
        if (!asker.waitForReadyRead(10'000))
            qFatal("the fault server does not answer");
        asker.readAll();
    }
}

} // namespace lavascope
