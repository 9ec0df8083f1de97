// SPDX-License-Identifier: MIT
#include "sandbox/request_reader.h"

#include "sandbox/http_grammar.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

constexpr qsizetype chunkLineLimit = 1024;
constexpr qsizetype longestNumber = 15; ///< digits, decimal or hexadecimal, that always fit a qint64

[[nodiscard]] bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] int hexValue(char c) {
    if (isDigit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Whether a comma-separated field holds a word.
[[nodiscard]] bool listHas(const Headers& headers, QByteArrayView name, QByteArrayView word) {
    const QList<QByteArray> values = headers.values(name);
    return std::any_of(values.begin(), values.end(), [&](const QByteArray& value) {
        const QList<QByteArray> items = value.split(',');
        return std::any_of(items.begin(), items.end(),
                           [&](const QByteArray& item) { return sameWord(withoutBlanks(item), word); });
    });
}

} // namespace

RequestReader::RequestReader(RequestLimits limits)
    : m_limits(limits) {}

RequestReader::State RequestReader::state() const {
    switch (m_phase) {
    case Phase::RequestLine:
        return m_line.isEmpty() ? State::Idle : State::Head;
    case Phase::Fields:
        return State::Head;
    case Phase::FixedBody:
    case Phase::ChunkSize:
    case Phase::ChunkData:
    case Phase::ChunkEnd:
    case Phase::Trailers:
        return State::Body;
    case Phase::Complete:
        return State::Complete;
    case Phase::Bad:
        break;
    }
    return State::Bad;
}

bool RequestReader::awaitsContinue() const {
    return state() == State::Body && m_expectsContinue && !m_bodyBegun;
}

RequestReader::State RequestReader::feed(QByteArrayView bytes) {
    while (!bytes.isEmpty() && m_phase != Phase::Complete && m_phase != Phase::Bad) {
        if (state() == State::Body) {
            m_bodyBegun = true;
        }
        if (m_phase == Phase::FixedBody || m_phase == Phase::ChunkData) {
            takeBody(bytes);
        } else {
            takeLine(bytes);
        }
    }
    if (!bytes.isEmpty() && m_phase == Phase::Complete) {
        m_excess = true;
    }
    return state();
}

ReceivedRequest RequestReader::take() {
    Q_ASSERT(m_phase == Phase::Complete);
    ReceivedRequest request = std::move(m_request);
    *this = RequestReader(m_limits);
    return request;
}

void RequestReader::takeBody(QByteArrayView& bytes) {
    const qsizetype size = std::min<qint64>(m_bodyLeft, bytes.size());
    m_request.body.append(bytes.first(size));
    bytes = bytes.sliced(size);
    m_bodyLeft -= size;
    if (m_bodyLeft == 0) {
        m_phase = m_phase == Phase::FixedBody ? Phase::Complete : Phase::ChunkEnd;
    }
}

void RequestReader::takeLine(QByteArrayView& bytes) {
    const qsizetype lineFeed = bytes.indexOf('\n');
    const qsizetype size = lineFeed < 0 ? bytes.size() : lineFeed + 1;
    if (m_line.size() + size > lineLimit() + 2) {
        lineTooLong();
        return;
    }
    m_line.append(bytes.first(size));
    bytes = bytes.sliced(size);
    if (lineFeed < 0) {
        return;
    }
    const QByteArray line = std::exchange(m_line, {});
    if (line.size() < 2 || line.at(line.size() - 2) != '\r') {
        refuse(400, "http_bare_lf", "A line ends with a bare LF; HTTP lines end with CR LF.");
        return;
    }
    judgeLine(QByteArrayView(line).chopped(2));
}

void RequestReader::judgeLine(QByteArrayView line) {
    if (line.contains('\0')) {
        refuse(400, "http_nul", "There is a NUL byte in the head of the request.");
    } else if (line.contains('\r')) {
        refuse(400, "http_bare_cr", "There is a bare CR inside a line of the request.");
    } else if (m_phase == Phase::RequestLine) {
        readRequestLine(line);
    } else if (m_phase == Phase::ChunkSize) {
        readChunkSize(line);
    } else if (m_phase == Phase::ChunkEnd) {
        if (line.isEmpty()) {
            m_phase = Phase::ChunkSize;
        } else {
            refuse(400, "http_chunk_length", "A chunk of the body is longer than it says.");
        }
    } else {
        readField(line);
    }
}

void RequestReader::readRequestLine(QByteArrayView line) {
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 1 || last == first) {
        refuse(400, "http_request_line", "The request line is not `METHOD TARGET HTTP/1.1`.");
        return;
    }
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    const bool printable =
        std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!isHttpToken(method) || target.isEmpty() || !printable || target.contains('#')) {
        refuse(400, "http_request_line", "The request line is not `METHOD TARGET HTTP/1.1`.");
        return;
    }
    const bool asterisk = target == "*" && method == "OPTIONS";
    if (target.front() != '/' && !asterisk) {
        refuse(400, "http_target_form",
               "The target must begin with `/`: this is a gateway, not an HTTP proxy. Put the provider URL "
               "into u.");
        return;
    }
    if (version != "HTTP/1.1") {
        if (version.startsWith("HTTP/")) {
            refuse(505, "http_version", "Only HTTP/1.1 is spoken here.");
        } else {
            refuse(400, "http_request_line", "The request line is not `METHOD TARGET HTTP/1.1`.");
        }
        return;
    }
    m_request.method = method.toByteArray();
    m_request.target = target.toByteArray();
    m_phase = Phase::Fields;
}

void RequestReader::readField(QByteArrayView line) {
    m_fieldBytes += line.size() + 2;
    if (line.isEmpty()) {
        if (m_phase == Phase::Trailers) {
            m_phase = Phase::Complete;
        } else {
            endOfFields();
        }
        return;
    }
    if (++m_fieldCount > m_limits.headerFields) {
        refuse(431, "http_too_many_fields", "The request has too many header fields.");
        return;
    }
    if (line.front() == ' ' || line.front() == '\t') {
        refuse(400, "http_folded_line",
               "A header field is folded over two lines; RFC 9112 has retired that.");
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon < 1 || !isHttpToken(line.first(colon))) {
        refuse(400, "http_field_name", "A header line is not `Name: value`.");
        return;
    }
    const QByteArrayView value = withoutBlanks(line.sliced(colon + 1));
    if (!isFieldValue(value)) {
        refuse(400, "http_field_value", "There is a control character in a header field.");
        return;
    }
    if (m_phase == Phase::Fields) { // trailers are read and dropped
        m_request.headers.append(line.first(colon).toByteArray(), value.toByteArray());
    }
}

void RequestReader::endOfFields() {
    const qsizetype hosts = m_request.headers.values("host").size();
    if (hosts != 1) {
        refuse(400, "http_host",
               hosts == 0 ? "The Host header is missing." : "There is more than one Host header.");
        return;
    }
    const QList<QByteArray> expectations = m_request.headers.values("expect");
    if (!expectations.isEmpty()) {
        if (expectations.size() > 1 || !sameWord(expectations.first(), "100-continue")) {
            refuse(417, "http_expectation", "The only expectation that is met here is 100-continue.");
            return;
        }
        m_expectsContinue = true;
    }
    m_request.keepAlive = !listHas(m_request.headers, "connection", "close");
    if (m_request.headers.contains("transfer-encoding")) {
        readTransferEncoding();
    } else if (m_request.headers.contains("content-length")) {
        readContentLength();
    } else {
        m_phase = Phase::Complete;
    }
}

void RequestReader::readTransferEncoding() {
    const QList<QByteArray> codings = m_request.headers.values("transfer-encoding");
    if (m_request.headers.contains("content-length")) {
        refuse(400, "http_length_twice", "Content-Length and Transfer-Encoding contradict each other.");
    } else if (codings.size() != 1 || !sameWord(codings.first(), "chunked")) {
        refuse(400, "http_transfer_encoding", "The only transfer coding that is taken here is chunked.");
    } else {
        m_phase = Phase::ChunkSize;
    }
}

void RequestReader::readContentLength() {
    const QList<QByteArray> lengths = m_request.headers.values("content-length");
    if (lengths.size() != 1) {
        refuse(400, "http_length_twice", "There is more than one Content-Length.");
        return;
    }
    const QByteArray& text = lengths.first();
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), isDigit)) {
        refuse(400, "http_content_length", "Content-Length is not a number.");
        return;
    }
    m_bodyLeft = text.size() > longestNumber ? m_limits.body + 1 : text.toLongLong();
    if (m_bodyLeft > m_limits.body) {
        refuse(413, "body_too_large", "The body is larger than this gateway takes.");
        return;
    }
    m_phase = m_bodyLeft == 0 ? Phase::Complete : Phase::FixedBody;
}

void RequestReader::readChunkSize(QByteArrayView line) {
    const auto end = std::find_if(line.begin(), line.end(), [](char c) { return hexValue(c) < 0; });
    const QByteArrayView digits(line.begin(), end);
    const QByteArrayView extension = line.sliced(digits.size());
    const bool extensionFits = extension.isEmpty() || (extension.front() == ';' && isFieldValue(extension));
    if (digits.isEmpty() || digits.size() > longestNumber || !extensionFits) {
        refuse(400, "http_chunk_size", "The size of a chunk is not a hexadecimal number.");
        return;
    }
    m_bodyLeft = 0;
    for (const char digit : digits) {
        m_bodyLeft = m_bodyLeft * 16 + hexValue(digit);
    }
    if (m_request.body.size() + m_bodyLeft > m_limits.body) {
        refuse(413, "body_too_large", "The body is larger than this gateway takes.");
        return;
    }
    m_phase = m_bodyLeft == 0 ? Phase::Trailers : Phase::ChunkData;
}

/// Without the line end.
qsizetype RequestReader::lineLimit() const {
    switch (m_phase) {
    case Phase::RequestLine:
        return m_limits.requestLine;
    case Phase::ChunkSize:
        return chunkLineLimit;
    case Phase::ChunkEnd:
        return 0;
    default:
        return std::max<qsizetype>(m_limits.headerBytes - m_fieldBytes, 0);
    }
}

void RequestReader::lineTooLong() {
    if (m_phase == Phase::RequestLine) {
        refuse(414, "http_target_too_long", "The request line is too long.");
    } else if (m_phase == Phase::ChunkSize) {
        refuse(400, "http_chunk_size", "The size of a chunk is not a hexadecimal number.");
    } else if (m_phase == Phase::ChunkEnd) {
        refuse(400, "http_chunk_length", "A chunk of the body is longer than it says.");
    } else {
        refuse(431, "http_fields_too_large", "The header fields are too large.");
    }
}

void RequestReader::refuse(int status, const char* code, const char* message) {
    m_fault = {status, QString::fromLatin1(code), QString::fromLatin1(message)};
    m_phase = Phase::Bad;
    m_line.clear();
    m_request = {};
}

} // namespace lavascope
