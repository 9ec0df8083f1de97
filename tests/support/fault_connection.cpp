// SPDX-License-Identifier: MIT
#include "support/fault_connection.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace lavascope {

namespace {

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
    QFile file(FaultConnection::certificatePath(certificateName(tls)));
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

QString FaultConnection::certificatePath(const char* name) {
    return QStringLiteral(LAVASCOPE_SOURCE_DIR "/tests/support/certificates/%1.pem").arg(QLatin1String(name));
}

FaultConnection::FaultConnection(QSslSocket* socket, FaultState& state, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_state(state)
    , m_tls(state.settings.tls)
    , m_drip(this)
    , m_slowRead(this) {
    m_socket->setParent(this);
    if (m_state.settings.readPerTick > 0)
        readSlowly();
    else
        connect(m_socket, &QSslSocket::readyRead, this, [this] { read(); });
    connect(m_socket, &QSslSocket::bytesWritten, this, [this](qint64 bytes) {
        m_state.locked([&] { m_state.sent += bytes; });
        play();
    });
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, [this] { play(); });
    connect(m_socket, &QSslSocket::disconnected, this, [this] {
        m_steps.clear();
        m_state.locked([&] { --m_state.open; });
        deleteLater();
    });
    m_drip.setTimerType(Qt::PreciseTimer);
    connect(&m_drip, &QTimer::timeout, this, [this] { play(); });
    m_drip.setSingleShot(true);
    if (m_tls != FaultServer::Tls::None)
        startTls();
    if (m_state.settings.when == FaultServer::When::OnConnect)
        begin();
}

void FaultConnection::play() {
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

bool FaultConnection::isReadyFor(const FaultStep& step) const {
    using Kind = FaultStep::Kind;
    switch (step.kind) {
    case Kind::Gate:
        return m_state.locked([&] { return m_state.gateOpen; });
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

qint64 FaultConnection::pending() const {
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

/// False when nothing more is to be done now.
bool FaultConnection::perform(const FaultStep& step) {
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

void FaultConnection::change(FaultStep::Kind kind) {
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
        m_tls = FaultServer::Tls::Trusted;
        startTls();
    }
}

void FaultConnection::startTls() {
    m_input.clear();
    m_socket->setSslConfiguration(serverConfiguration(m_tls));
    m_socket->startServerEncryption();
}

void FaultConnection::begin() {
    m_steps += m_state.nextScript();
    play();
}

void FaultConnection::read() {
    const QByteArray bytes = m_socket->readAll();
    m_input += bytes;
    m_state.locked([&] { m_state.everything += bytes; });
    while (takeHeader() && takeBody()) {
    }
}

/// Lets the operating systems' buffers fill up, as a thin line to a far server does.
void FaultConnection::readSlowly() {
    m_socket->setReadBufferSize(m_state.settings.readPerTick);
    connect(&m_slowRead, &QTimer::timeout, this, [this] {
        read();
        if (m_state.locked([&] { return m_state.everything.size(); }) < m_state.settings.slowlyUntil)
            return;
        m_slowRead.stop();
        m_socket->setReadBufferSize(0);
        connect(m_socket, &QSslSocket::readyRead, this, [this] { read(); });
        read();
    });
    m_slowRead.start(std::chrono::milliseconds(5));
}

bool FaultConnection::takeHeader() {
    if (m_bodySize >= 0)
        return true;
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    m_headerSize = end + 4;
    m_bodySize = contentLength(m_input.first(m_headerSize));
    m_state.locked([&] { ++m_state.requests; });
    if (m_state.settings.when == FaultServer::When::AfterHeaders)
        begin();
    return true;
}

bool FaultConnection::takeBody() {
    const qsizetype size = m_headerSize + m_bodySize;
    if (m_input.size() < size)
        return false;
    m_state.locked([&] { m_state.received += m_input.first(size); });
    m_input.remove(0, size);
    m_bodySize = -1;
    if (m_state.settings.when == FaultServer::When::AfterRequest)
        begin();
    return true;
}

} // namespace lavascope
