// SPDX-License-Identifier: MIT
#include "sandbox/connection.h"

#include <utility>

namespace lavascope {

namespace {

constexpr qint64 readBuffer = 1024 * 1024;
constexpr qsizetype largeBody = 1024 * 1024;

} // namespace

Connection::Connection(QTcpSocket* socket, const RequestLimits& requestLimits, const ConnectionLimits& limits,
                       QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_limits(limits)
    , m_reader(requestLimits) {
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBuffer);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_deadline.setSingleShot(true);
    m_deadline.start(m_limits.head);
    connect(&m_deadline, &QTimer::timeout, this, &Connection::expire);
    connect(m_socket, &QTcpSocket::readyRead, this, &Connection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &Connection::drained);
    connect(m_socket, &QTcpSocket::disconnected, this, &Connection::left);
}

bool Connection::isIdle() const {
    return m_phase == Phase::Reading && m_reader.state() == RequestReader::State::Idle;
}

qsizetype Connection::heldBytes() const {
    return m_bodyInAnswer + m_reader.bodySize();
}

void Connection::read() {
    const QByteArray bytes = m_socket->readAll();
    if (m_phase != Phase::Reading) {
        // One request at a time: what comes before its answer has gone out is never looked at.
        m_unreadInput = m_unreadInput || !bytes.isEmpty();
        return;
    }
    const RequestReader::State before = m_reader.state();
    const RequestReader::State after = m_reader.feed(bytes);
    if (after == RequestReader::State::Complete) {
        readOn();
    } else if (after == RequestReader::State::Bad) {
        refuse(RequestFault(m_reader.fault()));
    } else if (after == RequestReader::State::Body) {
        m_deadline.start(m_limits.bodyIdle);
        if (m_reader.awaitsContinue() && !std::exchange(m_saidContinue, true)) {
            write(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
        }
        if (m_reader.bodySize() > largeBody) {
            Q_EMIT grew();
        }
    } else if (before == RequestReader::State::Idle && after == RequestReader::State::Head) {
        m_deadline.start(m_limits.head);
    }
}

void Connection::readOn() {
    m_deadline.stop();
    m_unreadInput = m_reader.hasExcess();
    const ReceivedRequest request = m_reader.take();
    m_method = request.method;
    m_closeAfterAnswer = !request.keepAlive;
    m_bodyInAnswer = request.body.size();
    m_saidContinue = false;
    m_phase = Phase::Answering;
    Q_EMIT arrived(request);
}

void Connection::expire() {
    if (m_phase == Phase::Closing && m_unreadInput) {
        m_unreadInput = false;
        closeAfter(m_limits.flush);
    } else if (m_phase == Phase::Closing) {
        abort();
    } else if (isIdle()) {
        closeAfter(m_limits.flush);
    } else if (m_phase == Phase::Reading) {
        refuse({408, QStringLiteral("request_timeout"),
                QStringLiteral("The request did not arrive in time; it was not looked at.")});
    }
}

void Connection::refuse(const RequestFault& fault) {
    m_deadline.stop();
    m_reader = RequestReader(); // and the body that it held
    m_method.clear();
    m_closeAfterAnswer = true;
    m_unreadInput = true;
    m_phase = Phase::Answering;
    Q_EMIT broken(fault);
}

void Connection::answer(int status, const Headers& headers, QByteArrayView body) {
    beginAnswer(status, headers, body.size());
    sendPiece(body);
    endAnswer();
}

void Connection::beginAnswer(int status, const Headers& headers, std::optional<qint64> length) {
    Q_ASSERT(m_phase == Phase::Answering);
    m_closeAfterAnswer = m_closeAfterAnswer || m_unreadInput;
    const auto after =
        m_closeAfterAnswer ? ResponseWriter::AfterAnswer::Close : ResponseWriter::AfterAnswer::KeepOpen;
    write(m_writer.begin(m_method, status, headers, length, after));
}

void Connection::sendPiece(QByteArrayView bytes) {
    write(m_writer.piece(bytes));
}

void Connection::endAnswer() {
    const std::optional<QByteArray> last = m_writer.end();
    if (!last) {
        breakOff();
        return;
    }
    write(*last);
    m_bodyInAnswer = 0;
    m_hasServed = true;
    if (m_phase != Phase::Answering) {
        return;
    }
    if (m_closeAfterAnswer || m_unreadInput) {
        closeAfter(m_unreadInput ? m_limits.linger : m_limits.flush);
        return;
    }
    m_phase = Phase::Reading;
    m_deadline.start(m_limits.keepAlive);
}

void Connection::breakOff() {
    m_bodyInAnswer = 0;
    if (m_phase == Phase::Answering) {
        m_unreadInput = false;
        closeAfter(m_limits.flush);
    }
}

/// Closing while the client still sends makes its system throw away the answer that explains why, so such a
/// connection stays open and deaf for a moment.
void Connection::closeAfter(std::chrono::milliseconds patience) {
    m_phase = Phase::Closing;
    m_deadline.start(patience);
    if (!m_unreadInput) {
        m_socket->disconnectFromHost();
    }
}

void Connection::abort() {
    if (m_phase != Phase::Gone) {
        m_phase = Phase::Gone;
        m_deadline.stop();
        m_socket->abort();
        Q_EMIT gone();
    }
}

void Connection::write(const QByteArray& bytes) {
    if (bytes.isEmpty() || m_phase == Phase::Gone) {
        return;
    }
    m_socket->write(bytes);
    if (!m_congested && m_socket->bytesToWrite() > m_limits.holdAbove) {
        m_congested = true;
        Q_EMIT congested(true);
    }
}

void Connection::drained() {
    if (m_congested && m_socket->bytesToWrite() < m_limits.releaseBelow) {
        m_congested = false;
        Q_EMIT congested(false);
    }
}

void Connection::left() {
    if (m_phase != Phase::Gone) {
        m_phase = Phase::Gone;
        m_deadline.stop();
        Q_EMIT gone();
    }
}

} // namespace lavascope
