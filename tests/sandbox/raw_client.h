// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QEventLoop>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <functional>
#include <optional>

/// An HTTP answer as it came over a socket, with its framing still known.
struct RawAnswer {
    int status = 0;
    QByteArray head;
    QByteArray body;       ///< chunks put together
    bool complete = false; ///< the framing ended as announced
    bool chunked = false;

    [[nodiscard]] QByteArray header(const QByteArray& name) const {
        const QList<QByteArray> lines = head.split('\n');
        for (const QByteArray& line : lines) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.left(colon).toLower() == name.toLower())
                return line.mid(colon + 1).trimmed();
        }
        return {};
    }
    [[nodiscard]] bool hasHeader(const QByteArray& name) const {
        return head.toLower().contains("\r\n" + name.toLower() + ':');
    }
};

/// What can be read of an answer so far, 100 Continue skipped; `size`: how many bytes it takes.
inline std::optional<RawAnswer> parseAnswer(QByteArray bytes, qsizetype* size = nullptr) {
    qsizetype skipped = 0;
    if (bytes.startsWith("HTTP/1.1 100")) {
        skipped = bytes.indexOf("\r\n\r\n") + 4;
        bytes = bytes.mid(skipped);
    }
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    RawAnswer answer;
    answer.head = bytes.left(headEnd + 2);
    answer.status = bytes.mid(9, 3).toInt();
    qsizetype at = headEnd + 4;
    answer.chunked = answer.header("transfer-encoding") == "chunked";
    if (answer.chunked) {
        while (true) {
            const qsizetype lineEnd = bytes.indexOf("\r\n", at);
            if (lineEnd < 0)
                break;
            const qsizetype length = bytes.mid(at, lineEnd - at).toLongLong(nullptr, 16);
            if (lineEnd + 2 + length + 2 > bytes.size())
                break;
            answer.body += bytes.mid(lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
            if (length == 0) {
                answer.complete = true;
                break;
            }
        }
    } else {
        const qsizetype length = answer.header("content-length").toLongLong();
        answer.body = bytes.mid(at, length);
        answer.complete = answer.body.size() == length;
        at += answer.body.size();
    }
    if (size)
        *size = skipped + at;
    return answer;
}

/// A client that writes exactly what it is told.
class RawClient {
public:
    explicit RawClient(quint16 port) {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket,
                         [this] { m_received += m_socket.readAll(); });
        // In an event loop, for the gateway that is to accept lives in this very thread.
        QEventLoop loop;
        QObject::connect(&m_socket, &QTcpSocket::connected, &loop, &QEventLoop::quit);
        QObject::connect(&m_socket, &QTcpSocket::errorOccurred, &loop, &QEventLoop::quit);
        if (m_socket.state() != QAbstractSocket::ConnectedState)
            loop.exec();
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void send(const QByteArray& bytes) {
        m_socket.write(bytes);
        m_socket.flush();
    }
    [[nodiscard]] bool isOpen() const { return m_socket.state() != QAbstractSocket::UnconnectedState; }
    [[nodiscard]] const QByteArray& received() const { return m_received; }
    [[nodiscard]] QTcpSocket& socket() { return m_socket; }

    /// The next whole answer on the connection; an incomplete one if the peer closes or the time is over.
    RawAnswer answer() {
        qsizetype size = 0;
        std::optional<RawAnswer> found;
        waitUntil([&] {
            found = parseAnswer(m_received, &size);
            return (found && found->complete) || !isOpen();
        });
        m_received.remove(0, size);
        return found.value_or(RawAnswer{});
    }
    RawAnswer ask(const QByteArray& bytes) {
        send(bytes);
        return answer();
    }
    bool waitForClose() {
        return waitUntil([&] { return !isOpen(); });
    }
    bool waitForBytes(qsizetype size) {
        return waitUntil([&] { return m_received.size() >= size || !isOpen(); });
    }

private:
    /// Looks again whenever the socket has news, for at most ten seconds.
    bool waitUntil(const std::function<bool()>& isDone) {
        if (isDone())
            return true;
        QEventLoop loop;
        const auto look = [&] {
            if (isDone())
                loop.quit();
        };
        const auto reading = QObject::connect(&m_socket, &QTcpSocket::readyRead, &loop, look);
        const auto closing = QObject::connect(&m_socket, &QTcpSocket::disconnected, &loop, look);
        QTimer::singleShot(10000, &loop, &QEventLoop::quit);
        loop.exec();
        return isDone();
    }

    QTcpSocket m_socket;
    QByteArray m_received;
};

/// Requests as the official libraries write them.
class Ask {
public:
    explicit Ask(quint16 port)
        : m_port(port) {}

    Ask& method(const QByteArray& method) {
        m_method = method;
        return *this;
    }
    Ask& to(const QByteArray& providerUrl) {
        m_target = "/v1/forward?u=" + providerUrl.toPercentEncoding();
        return *this;
    }
    Ask& target(const QByteArray& target) {
        m_target = target;
        return *this;
    }
    Ask& key(const QByteArray& credential) { return field("Authorization", "Bearer " + credential); }
    Ask& field(const QByteArray& name, const QByteArray& value) {
        m_fields += name + ": " + value + "\r\n";
        return *this;
    }
    Ask& body(const QByteArray& body) {
        m_body = body;
        return *this;
    }
    [[nodiscard]] QByteArray bytes() const {
        QByteArray out = m_method + ' ' + m_target +
                         " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" + m_fields;
        if (!m_body.isNull())
            out += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(m_body.size()) +
                   "\r\n";
        return out + "\r\n" + m_body;
    }

private:
    quint16 m_port;
    QByteArray m_method = "POST";
    QByteArray m_target = "/v1/models";
    QByteArray m_fields;
    QByteArray m_body;
};

inline constexpr const char* testKey = "aks_test_EXAMPLEnotARealKey0000";
inline constexpr const char* chatUrl = "https://api.openai.com/v1/chat/completions";

inline QByteArray chatBody(bool stream, const QByteArray& more = {}) {
    return QByteArray(
               R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":"How deep is the harbour?"}],"stream":)") +
           (stream ? "true" : "false") + more + '}';
}
