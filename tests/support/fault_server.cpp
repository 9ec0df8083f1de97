// SPDX-License-Identifier: MIT
#include "support/fault_server.h"

#include <QFile>
#include <QMutex>
#include <QMutexLocker>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace lavascope {

namespace {

QString certificatePath(const char* name) {
    return QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/support/certificates/%1.pem").arg(QLatin1String(name));
}

const char* certificateName(FaultServer::Tls tls) {
    switch (tls) {
    case FaultServer::Tls::Expired:
        return "expired";
    case FaultServer::Tls::WrongHost:
        return "wrong_host";
    case FaultServer::Tls::SelfSigned:
        return "self_signed";
    case FaultServer::Tls::Trusted:
    case FaultServer::Tls::None:
        break;
    }
    return "trusted";
}

QSslConfiguration serverConfiguration(FaultServer::Tls tls) {
    QFile file(certificatePath(certificateName(tls)));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no test certificate %s", qPrintable(file.fileName()));
    const QByteArray pem = file.readAll();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(pem));
    configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

void setToReset(qintptr descriptor) {
    struct linger now {};
    now.l_onoff = 1;
    now.l_linger = 0;
#ifdef Q_OS_WIN
    ::setsockopt(SOCKET(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&now), sizeof(now));
#else
    ::setsockopt(int(descriptor), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
#endif
}

void shutDownSending(qintptr descriptor) {
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(descriptor), SD_SEND);
#else
    ::shutdown(int(descriptor), SHUT_WR);
#endif
}

qsizetype contentLength(const QByteArray& header) {
    const QByteArray lower = header.toLower();
    const qsizetype at = lower.indexOf("\r\ncontent-length:");
    if (at < 0)
        return 0;
    const qsizetype from = at + 17;
    return lower.sliced(from, lower.indexOf("\r\n", from) - from).trimmed().toLongLong();
}

} // namespace

struct FaultServer::Shared {
    Settings settings;
    quint16 port = 0;
    quint16 settlePort = 0;

    mutable QMutex mutex;
    bool gateOpen = false;
    int connections = 0;
    int requests = 0;
    int open = 0;
    int served = 0;
    qint64 sent = 0;
    QList<QByteArray> received;
    QByteArray everything;

    template <typename F>
    auto locked(F f) const {
        const QMutexLocker lock(&mutex);
        return f();
    }
    template <typename F>
    auto locked(F f) {
        const QMutexLocker lock(&mutex);
        return f();
    }

    FaultScript nextScript() {
        return locked([&] {
            const qsizetype at = std::min<qsizetype>(served++, settings.scripts.size() - 1);
            return at < 0 ? FaultScript() : settings.scripts.at(at);
        });
    }
};

class FaultServer::Listener : public QTcpServer {
public:
    explicit Listener(Shared& shared)
        : m_shared(shared)
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
        m_shared.port = serverPort();
        m_shared.settlePort = m_settle.serverPort();
    }

    class Connection;
    void openGate();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Shared& m_shared;
    QTcpServer m_settle; ///< answers each byte; see settle()
    QList<QPointer<Connection>> m_connections;
};

/// Reads requests from one connection and plays the scripts on it.
class FaultServer::Listener::Connection : public QObject {
public:
    Connection(QSslSocket* socket, Shared& shared, QObject* parent)
        : QObject(parent)
        , m_socket(socket)
        , m_shared(shared)
        , m_tls(shared.settings.tls) {
        m_socket->setParent(this);
        connect(m_socket, &QSslSocket::readyRead, this, [this] { read(); });
        connect(m_socket, &QSslSocket::bytesWritten, this, [this](qint64 bytes) {
            m_shared.locked([&] { m_shared.sent += bytes; });
            play();
        });
        connect(m_socket, &QSslSocket::encryptedBytesWritten, this, [this] { play(); });
        connect(m_socket, &QSslSocket::disconnected, this, [this] {
            m_steps.clear();
            m_shared.locked([&] { --m_shared.open; });
            deleteLater();
        });
        m_drip.setTimerType(Qt::PreciseTimer);
        connect(&m_drip, &QTimer::timeout, this, [this] { play(); });
        m_drip.setSingleShot(true);
        if (m_tls != Tls::None)
            startTls();
        if (m_shared.settings.when == When::OnConnect)
            begin();
    }

    void play() {
        while (!m_steps.isEmpty() && isReadyFor(m_steps.first())) {
            FaultStep& step = m_steps.first();
            --step.times;
            const FaultStep now = step;
            if (step.times <= 0)
                m_steps.removeFirst();
            if (!perform(now))
                return;
        }
    }

private:
    bool isReadyFor(const FaultStep& step) const {
        using Kind = FaultStep::Kind;
        switch (step.kind) {
        case Kind::Gate:
            return m_shared.locked([&] { return m_shared.gateOpen; });
        case Kind::Hang:
            return false;
        case Kind::Drip:
            return !m_drip.isActive();
        case Kind::Flood:
            return pending() < 256 * 1024;
        case Kind::Fin:
        case Kind::BareFin:
        case Kind::Reset:
        case Kind::StartTls:
            return pending() == 0;
        case Kind::Send:
            break;
        }
        return true;
    }

    qint64 pending() const { return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite(); }

    /// False when nothing more is to be done now.
    bool perform(const FaultStep& step) {
        using Kind = FaultStep::Kind;
        switch (step.kind) {
        case Kind::Drip:
            m_drip.start(step.every);
            [[fallthrough]];
        case Kind::Send:
        case Kind::Flood:
            m_socket->write(step.bytes);
            return true;
        case Kind::Fin:
        case Kind::BareFin:
        case Kind::Reset:
        case Kind::StartTls:
            // Not from inside one of the socket's signals.
            QMetaObject::invokeMethod(
                this, [this, kind = step.kind] { change(kind); }, Qt::QueuedConnection);
            return false;
        case Kind::Gate:
        case Kind::Hang:
            break;
        }
        return true;
    }

    void change(FaultStep::Kind kind) {
        using Kind = FaultStep::Kind;
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            return;
        if (kind == Kind::Fin) {
            m_socket->disconnectFromHost();
        } else if (kind == Kind::BareFin) {
            shutDownSending(m_socket->socketDescriptor());
        } else if (kind == Kind::Reset) {
            setToReset(m_socket->socketDescriptor());
            m_socket->abort();
        } else {
            m_tls = Tls::Trusted;
            startTls();
        }
    }

    void startTls() {
        m_input.clear();
        m_socket->setSslConfiguration(serverConfiguration(m_tls));
        m_socket->startServerEncryption();
    }

    void begin() {
        m_steps += m_shared.nextScript();
        play();
    }

    void read() {
        const QByteArray bytes = m_socket->readAll();
        m_input += bytes;
        m_shared.locked([&] { m_shared.everything += bytes; });
        while (takeHeader() && takeBody()) {
        }
    }

    bool takeHeader() {
        if (m_bodySize >= 0)
            return true;
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        m_headerSize = end + 4;
        m_bodySize = contentLength(m_input.first(m_headerSize));
        m_shared.locked([&] { ++m_shared.requests; });
        if (m_shared.settings.when == When::AfterHeaders)
            begin();
        return true;
    }

    bool takeBody() {
        const qsizetype size = m_headerSize + m_bodySize;
        if (m_input.size() < size)
            return false;
        m_shared.locked([&] { m_shared.received += m_input.first(size); });
        m_input.remove(0, size);
        m_bodySize = -1;
        if (m_shared.settings.when == When::AfterRequest)
            begin();
        return true;
    }

    QSslSocket* m_socket;
    Shared& m_shared;
    Tls m_tls;
    QTimer m_drip{this};
    QList<FaultStep> m_steps;
    QByteArray m_input;
    qsizetype m_headerSize = 0;
    qsizetype m_bodySize = -1; ///< -1: no header block yet
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
    m_shared.locked([&] {
        ++m_shared.connections;
        ++m_shared.open;
    });
    m_connections.append(new Connection(socket, m_shared, this));
}

FaultServer::FaultServer(FaultScript script)
    : FaultServer(Settings{{std::move(script)}}) {}

FaultServer::FaultServer(Settings settings)
    : m_shared(std::make_unique<Shared>()) {
    m_shared->settings = std::move(settings);
    m_listener = new Listener(*m_shared);
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
    return m_shared->port;
}

QByteArray FaultServer::url(const QByteArray& path) const {
    const QByteArray scheme = m_shared->settings.tls == Tls::None ? "http" : "https";
    return scheme + "://127.0.0.1:" + QByteArray::number(port()) + path;
}

QString FaultServer::certificateFile() {
    return certificatePath("ca");
}

void FaultServer::openGate() {
    m_shared->locked([&] { m_shared->gateOpen = true; });
    QMetaObject::invokeMethod(m_listener, [this] { m_listener->openGate(); });
}

void FaultServer::closeGate() {
    m_shared->locked([&] { m_shared->gateOpen = false; });
}

int FaultServer::connections() const {
    return m_shared->locked([&] { return m_shared->connections; });
}

int FaultServer::requests() const {
    return m_shared->locked([&] { return m_shared->requests; });
}

int FaultServer::openConnections() const {
    return m_shared->locked([&] { return m_shared->open; });
}

qint64 FaultServer::bytesSent() const {
    return m_shared->locked([&] { return m_shared->sent; });
}

QList<QByteArray> FaultServer::received() const {
    return m_shared->locked([&] { return m_shared->received; });
}

QByteArray FaultServer::everything() const {
    return m_shared->locked([&] { return m_shared->everything; });
}

void FaultServer::settle() {
    // A question to the same thread: before the second answer it has gone round its sockets twice, and so has
    // accepted and read what was there before the first.
    QTcpSocket asker;
    asker.connectToHost(QHostAddress(QHostAddress::LocalHost), m_shared->settlePort);
    for (int round = 0; round < 2; ++round) {
        asker.write("?");
        if (!asker.waitForReadyRead(10'000))
            qFatal("the fault server does not answer");
        asker.readAll();
    }
}

} // namespace lavascope
