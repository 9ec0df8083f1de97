// SPDX-License-Identifier: MIT
#include "sandbox/load_source.h"

#include "sandbox/response_writer.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <utility>

namespace lavascope {

namespace {

constexpr qint64 writtenAhead = 64 * 1024; // bytes that wait in the socket before we do
constexpr int eventsInOneTurn = 64;
constexpr qsizetype longestHead = 64 * 1024;

QByteArray eventOf(const QByteArray& payload) {
    return "data: " + payload + "\n\n";
}

QByteArray beginningOfPayload() {
    return R"({"id":"chatcmpl-load","object":"chat.completion.chunk","created":1780000000,"model":"load","choices":)";
}

/// Padded with changing letters, as OpenAI pads its events.
QByteArray textEvent(qint64 number, qsizetype size) {
    constexpr int words = 1000;
    const QByteArray begin = beginningOfPayload() + R"([{"index":0,"delta":{"content":" word)" +
                             QByteArray::number(number % words) +
                             R"("},"finish_reason":null}],"usage":null,"obfuscation":")";
    const QByteArray end = "\"}";
    constexpr qsizetype around = 8; // `data: ` and the empty line
    const qsizetype missing = std::max<qsizetype>(size - begin.size() - end.size() - around, 1);
    QByteArray padding(missing, 'a');
    constexpr int letters = 26;
    for (qsizetype i = 0; i < missing; ++i)
        padding[i] = char('a' + (number * (i + 1) + i) % letters);
    return eventOf(begin + padding + end);
}

QByteArray endingEvents(qint64 events) {
    return eventOf(beginningOfPayload() + R"([{"index":0,"delta":{},"finish_reason":"stop"}]})") +
           eventOf(beginningOfPayload() + R"([],"usage":{"prompt_tokens":1,"completion_tokens":)" +
                   QByteArray::number(events) + R"(,"total_tokens":)" + QByteArray::number(events + 1) +
                   "}}") +
           eventOf("[DONE]");
}

/// One answer on its way to one client.
class Answering : public QObject {
public:
    Answering(QTcpSocket* socket, qint64 events, qsizetype bytesPerEvent)
        : QObject(socket)
        , m_socket(socket)
        , m_events(events)
        , m_bytesPerEvent(bytesPerEvent) {
        connect(socket, &QTcpSocket::readyRead, this, &Answering::readHead);
        connect(socket, &QTcpSocket::bytesWritten, this, &Answering::writeOn);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

private:
    void readHead() {
        const QByteArray came = m_socket->readAll();
        if (m_writer.hasBegun())
            return;
        m_head += came;
        if (!m_head.contains("\r\n\r\n")) {
            if (m_head.size() > longestHead)
                m_socket->abort();
            return;
        }
        m_socket->write(m_writer.begin("POST", 200, {{"Content-Type", "text/event-stream"}}, std::nullopt,
                                       ResponseWriter::AfterAnswer::Close));
        writeOn();
    }

    // The socket tells of every write, from inside of flush() too. A client that takes everything at once
    // must not keep the thread from its event loop.
    void writeOn() {
        if (m_isWriting || !m_writer.hasBegun())
            return;
        m_isWriting = true;
        for (int i = 0; i < eventsInOneTurn && mayWrite(); ++i)
            writeNext();
        m_isWriting = false;
        if (mayWrite() && !std::exchange(m_comesBack, true))
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_comesBack = false;
                    writeOn();
                },
                Qt::QueuedConnection);
    }

    [[nodiscard]] bool mayWrite() const {
        return m_socket->state() == QAbstractSocket::ConnectedState &&
               m_socket->bytesToWrite() < writtenAhead && m_sent <= m_events;
    }

    void writeNext() {
        if (m_sent < m_events) {
            m_socket->write(m_writer.piece(textEvent(m_sent++, m_bytesPerEvent)));
            m_socket->flush();
            return;
        }
        ++m_sent;
        m_socket->write(m_writer.piece(endingEvents(m_events)));
        m_socket->write(m_writer.end().value_or(QByteArray()));
        m_socket->disconnectFromHost();
    }

    QTcpSocket* m_socket;
    const qint64 m_events;
    const qsizetype m_bytesPerEvent;
    ResponseWriter m_writer;
    QByteArray m_head;
    qint64 m_sent = 0;
    bool m_isWriting = false;
    bool m_comesBack = false; ///< to write on, in the next turn
};

} // namespace

class LoadSource::Listener : public QTcpServer {
public:
    Listener(qint64 events, qsizetype bytesPerEvent) {
        connect(this, &QTcpServer::newConnection, this, [this, events, bytesPerEvent] {
            while (QTcpSocket* socket = nextPendingConnection())
                new Answering(socket, events, bytesPerEvent);
        });
    }
};

LoadSource::LoadSource(qint64 events, qsizetype bytesPerEvent)
    : m_listener(new Listener(events, bytesPerEvent)) {
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
}

LoadSource::~LoadSource() {
    m_thread.quit();
    m_thread.wait();
}

Result<quint16> LoadSource::listen() {
    bool listens = false;
    quint16 port = 0;
    QString reason;
    QMetaObject::invokeMethod(
        m_listener,
        [&] {
            listens = m_listener->listen(QHostAddress::LocalHost);
            port = m_listener->serverPort();
            reason = m_listener->errorString();
        },
        Qt::BlockingQueuedConnection);
    if (!listens)
        return fail(QStringLiteral("listen_failed"),
                    QStringLiteral("127.0.0.1 cannot be listened on: %1.").arg(reason));
    return port;
}

} // namespace lavascope
