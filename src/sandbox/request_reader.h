// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QByteArray>
#include <QString>

namespace lavascope {

/// One request as it came over a socket, whole and with its framing removed.
struct ReceivedRequest {
    QByteArray method;
    QByteArray target; ///< origin form, `/path?query`; `*` only with OPTIONS
    Headers headers;
    QByteArray body;
    bool keepAlive = true; ///< the client did not ask to close after the answer

    friend bool operator==(const ReceivedRequest&, const ReceivedRequest&) = default;
};

/// Why some bytes are no request that we take, with the status to answer before closing.
struct RequestFault {
    int status = 400;
    QString code;    ///< stable snake_case name, e.g. `http_bare_lf`
    QString message; ///< one sentence

    friend bool operator==(const RequestFault&, const RequestFault&) = default;
};

/// How much of a request is read before it is refused.
struct RequestLimits {
    qsizetype requestLine = 8 * 1024;
    qsizetype headerBytes = 32 * 1024; ///< all field lines, trailers included
    int headerFields = 100;
    qint64 body = 64 * 1024 * 1024; ///< images travel inside JSON
};

/// A strict HTTP/1.1 request, read from bytes cut anywhere. Whatever could be understood in two ways (RFC
/// 9112 section 11.2) is a fault: Content-Length beside Transfer-Encoding or twice, any transfer coding but
/// `chunked`, folded lines, white space before a colon, bare CR or LF, NUL, absolute-form targets.
class RequestReader {
public:
    enum class State {
        Idle, ///< no byte of a request yet
        Head,
        Body,
        Complete,
        Bad,
    };

    explicit RequestReader(RequestLimits limits = {});

    /// Takes bytes in any portions; the outcome depends on their sequence alone. Nothing is read beyond a
    /// complete request or a fault.
    State feed(QByteArrayView bytes);

    [[nodiscard]] State state() const;
    /// Bytes followed a complete request: the client pipelines, or its Content-Length was a lie.
    [[nodiscard]] bool hasExcess() const { return m_excess; }
    /// The client waits for `100 Continue` and has sent nothing of its body.
    [[nodiscard]] bool awaitsContinue() const;
    /// Bytes of body held so far.
    [[nodiscard]] qsizetype bodySize() const { return m_request.body.size(); }
    [[nodiscard]] const RequestFault& fault() const { return m_fault; } ///< meaningful in State::Bad

    /// The complete request; the reader starts anew.
    [[nodiscard]] ReceivedRequest take();

private:
    enum class Phase {
        RequestLine,
        Fields,
        FixedBody,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        Complete,
        Bad
    };

    void takeLine(QByteArrayView& bytes);
    void takeBody(QByteArrayView& bytes);
    void judgeLine(QByteArrayView line);
    void readRequestLine(QByteArrayView line);
    void readField(QByteArrayView line);
    void readChunkSize(QByteArrayView line);
    void endOfFields();
    void readTransferEncoding();
    void readContentLength();
    [[nodiscard]] qsizetype lineLimit() const;
    void lineTooLong();
    void refuse(int status, const char* code, const char* message);

    RequestLimits m_limits;
    Phase m_phase = Phase::RequestLine;
    QByteArray m_line; ///< the unfinished line, with its CR if that came already
    ReceivedRequest m_request;
    RequestFault m_fault;
    qsizetype m_fieldBytes = 0;
    int m_fieldCount = 0;
    qint64 m_bodyLeft = 0; ///< of the fixed body or of the chunk
    bool m_expectsContinue = false;
    bool m_bodyBegun = false;
    bool m_excess = false;
};

} // namespace lavascope
