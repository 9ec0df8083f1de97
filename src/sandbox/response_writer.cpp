// SPDX-License-Identifier: MIT
#include "sandbox/response_writer.h"

#include "sandbox/http_grammar.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace lavascope {

namespace {

struct Reason {
    int status;
    const char* phrase;
};

constexpr auto reasons = std::to_array<Reason>({
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {529, "Overloaded"},
});

[[nodiscard]] bool isOurs(QByteArrayView name) {
    return sameWord(name, "content-length") || sameWord(name, "transfer-encoding") ||
           sameWord(name, "connection") || sameWord(name, "keep-alive");
}

[[nodiscard]] bool hasNoBody(const QByteArray& method, int status) {
    return method == "HEAD" || status == 204 || status == 304;
}

} // namespace

QByteArray reasonPhrase(int status) {
    const auto* found = std::find_if(reasons.begin(), reasons.end(),
                                     [&](const Reason& reason) { return reason.status == status; });
    return found == reasons.end() ? QByteArrayLiteral("Status") : QByteArray(found->phrase);
}

QByteArray ResponseWriter::begin(const QByteArray& method, int status, const Headers& headers,
                                 std::optional<qint64> length, AfterAnswer after) {
    Q_ASSERT(!hasBegun() && status >= 200 && status <= 999);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    for (const Headers::Field& field : headers) {
        if (isHttpToken(field.name) && isFieldValue(field.value) && !isOurs(field.name)) {
            head += field.name + ": " + field.value + "\r\n";
        }
    }
    if (status != 204 && status != 304) {
        head += length ? "Content-Length: " + QByteArray::number(*length) + "\r\n"
                       : QByteArrayLiteral("Transfer-Encoding: chunked\r\n");
    }
    if (after == AfterAnswer::Close) {
        head += "Connection: close\r\n";
    }
    head += "\r\n";
    if (hasNoBody(method, status)) {
        m_framing = Framing::Nothing;
    } else {
        m_framing = length ? Framing::Length : Framing::Chunks;
        m_left = length.value_or(0);
    }
    return head;
}

QByteArray ResponseWriter::piece(QByteArrayView bytes) {
    Q_ASSERT(hasBegun());
    if (m_framing == Framing::Nothing || bytes.isEmpty()) {
        return {};
    }
    if (m_framing == Framing::Length) {
        const qsizetype size = std::min<qint64>(m_left, bytes.size());
        m_left -= size;
        return bytes.first(size).toByteArray();
    }
    QByteArray chunk = QByteArray::number(bytes.size(), 16);
    chunk.reserve(chunk.size() + bytes.size() + 4);
    chunk.append("\r\n").append(bytes).append("\r\n");
    return chunk;
}

std::optional<QByteArray> ResponseWriter::end() {
    Q_ASSERT(hasBegun());
    const Framing framing = std::exchange(m_framing, Framing::NotBegun);
    if (framing == Framing::Chunks) {
        return QByteArrayLiteral("0\r\n\r\n");
    }
    const qint64 missing = std::exchange(m_left, 0);
    if (framing == Framing::Length && missing > 0) {
        return std::nullopt;
    }
    return QByteArray();
}

} // namespace lavascope
