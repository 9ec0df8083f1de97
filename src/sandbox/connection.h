// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/request_reader.h"
#include "sandbox/response_writer.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <optional>

namespace lavascope {

/// How long a client may take, and how much is written ahead of one that reads slowly.
struct ConnectionLimits {
    std::chrono::milliseconds head{10'000}; ///< from the first byte (or the connect) to the end of the head
    std::chrono::milliseconds bodyIdle{30'000};  ///< silence inside a body
    std::chrono::milliseconds keepAlive{60'000}; ///< between two requests
    std::chrono::milliseconds linger{300};       ///< to fetch the reason why we close
    std::chrono::milliseconds flush{10'000};     ///< to fetch the end of an answer after which we close
    qint64 holdAbove = 256 * 1024;               ///< bytes waiting to be written
    qint64 releaseBelow = 64 * 1024;
};

/// One client's socket: requests in, one at a time, and answers out.
///
/// After `arrived` exactly one answer is due: answer(), or beginAnswer() … endAnswer() or breakOff(). After
/// `broken` an answer() is due and the connection closes by itself. `gone` comes once, last, whoever closed.
/// A client that closes its sending half counts as gone (Qt does not tell the two apart).
class Connection : public QObject {
    Q_OBJECT

public:
    Connection(QTcpSocket* socket, const RequestLimits& requestLimits, const ConnectionLimits& limits,
               QObject* parent);

    void answer(int status, const Headers& headers, QByteArrayView body);
    /// `length`: of the body, where it is known.
    void beginAnswer(int status, const Headers& headers, std::optional<qint64> length);
    void sendPiece(QByteArrayView bytes);
    void endAnswer();
    /// Lets go out what was written, and closes in the middle of the answer.
    void breakOff();
    /// Instead of reading on: answers come through `broken`. Only while a request is being read.
    void refuse(const lavascope::RequestFault& fault);
    void abort();

    [[nodiscard]] bool hasBegunAnswer() const { return m_writer.hasBegun(); }
    /// Nothing is under way: no byte of a request, no answer.
    [[nodiscard]] bool isIdle() const;
    /// At least one request was answered here.
    [[nodiscard]] bool hasServed() const { return m_hasServed; }
    /// Bytes of request body that are held in memory, here or by the answer that is due.
    [[nodiscard]] qsizetype heldBytes() const;
    [[nodiscard]] qint64 bytesToWrite() const { return m_socket->bytesToWrite(); }

Q_SIGNALS:
    void arrived(const lavascope::ReceivedRequest& request);
    void broken(const lavascope::RequestFault& fault);
    /// More of a large body is held than before.
    void grew();
    /// The client does not keep up (true), or does again (false).
    void congested(bool isCongested);
    void gone();

private:
    enum class Phase { Reading, Answering, Closing, Gone };

    void read();
    void readOn();
    void expire();
    void write(const QByteArray& bytes);
    void closeAfter(std::chrono::milliseconds patience);
    void drained();
    void left();

    QTcpSocket* m_socket;
    ConnectionLimits m_limits;
    RequestReader m_reader;
    ResponseWriter m_writer;
    QTimer m_deadline;
    Phase m_phase = Phase::Reading;
    QByteArray m_method;
    qsizetype m_bodyInAnswer = 0;
    bool m_hasServed = false;
    bool m_closeAfterAnswer = false;
    bool m_unreadInput = false; ///< the client may still be sending what we will not read
    bool m_saidContinue = false;
    bool m_congested = false;
};

} // namespace lavascope
