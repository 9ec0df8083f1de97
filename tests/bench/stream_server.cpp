// SPDX-License-Identifier: MIT
// Answers every request on a free port of 127.0.0.1 with one OpenAI stream, chunked as such servers send it,
// a chunk an event: `each` with one write an event, `together` as fast as the socket takes it. `picture`
// sends one event that holds a PNG of about so many bytes on a single line. Prints the port; ends when its
// standard input does.
#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QRandomGenerator>

#include <algorithm>
#include <arpa/inet.h>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

constexpr int eventsInBlock = 10'000;

QByteArray eventOf(const QByteArray& payload) {
    return "data: " + payload + "\n\n";
}

QByteArray chunkOf(const QByteArray& bytes) {
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

/// An event as OpenAI sends it, padded with random letters to so many bytes.
QByteArray textEvent(int number, qsizetype size) {
    const QByteArray payload =
        R"({"id":"chatcmpl-CjA2Zq7mK4pXw","object":"chat.completion.chunk","created":1780000000,"model":"gpt-x",)"
        R"("service_tier":"default","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"content":)"
        R"(" word)" +
        QByteArray::number(number % 1000) + R"("},"logprobs":null,"finish_reason":null}],"usage":null)";
    const QByteArray key = R"(,"obfuscation":")";
    const qsizetype around = eventOf(payload + key + "\"}").size();
    QByteArray padding(std::max<qsizetype>(size - around, 1), 'x');
    for (char& letter : padding)
        letter = char('A' + QRandomGenerator::global()->bounded(26));
    return eventOf(payload + key + padding + "\"}");
}

struct Answer {
    QByteArray block;      ///< sent `times` times
    QList<qsizetype> ends; ///< of the events in the block, for one write each
    int times = 0;
    QByteArray rest;
};

Answer textAnswer(qint64 events, qint64 bytes) {
    Answer answer;
    const qint64 inBlock = std::min<qint64>(events, eventsInBlock);
    for (int i = 0; i < inBlock; ++i) {
        answer.block += chunkOf(textEvent(i, bytes / events));
        answer.ends += answer.block.size();
    }
    answer.times = int(events / inBlock);
    const QByteArray head =
        R"({"id":"chatcmpl-CjA2Zq7mK4pXw","object":"chat.completion.chunk","created":1780000000,)";
    answer.rest =
        chunkOf(
            eventOf(head + R"("model":"gpt-x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})")) +
        chunkOf(eventOf(
            head + R"("model":"gpt-x","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":)" +
            QByteArray::number(events) + R"(,"total_tokens":)" + QByteArray::number(events + 9) + "}}")) +
        chunkOf(eventOf("[DONE]")) + "0\r\n\r\n";
    return answer;
}

/// Noise, which no compression makes smaller.
Answer pictureAnswer(qint64 bytes) {
    constexpr int bytesPerPixel = 3;
    const int side = int(std::sqrt(double(bytes) * 3 / 4 / bytesPerPixel));
    QImage image(side, side, QImage::Format_RGB888);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side * bytesPerPixel; ++x)
            image.scanLine(y)[x] = uchar(QRandomGenerator::global()->generate());
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    image.save(&png, "PNG", 100);
    Answer answer;
    answer.rest =
        chunkOf("event: image_generation.completed\n" +
                eventOf(R"({"type":"image_generation.completed","b64_json":")" + png.data().toBase64() +
                        R"(","output_format":"png","created_at":1780000000})")) +
        "0\r\n\r\n";
    return answer;
}

bool sendAll(int socket, const char* bytes, qsizetype count) {
    while (count > 0) {
        const ssize_t sent = ::send(socket, bytes, size_t(count), 0);
        if (sent <= 0)
            return false;
        bytes += sent;
        count -= sent;
    }
    return true;
}

bool sendBlock(int socket, const Answer& answer, bool each) {
    if (!each)
        return sendAll(socket, answer.block.constData(), answer.block.size());
    qsizetype from = 0;
    for (const qsizetype end : answer.ends) {
        if (!sendAll(socket, answer.block.constData() + from, end - from))
            return false;
        from = end;
    }
    return true;
}

void serve(int socket, const Answer& answer, bool each) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::string request;
    char part[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t got = ::recv(socket, part, sizeof part, 0);
        if (got <= 0)
            return;
        request.append(part, size_t(got));
    }
    const QByteArray head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
        "Connection: close\r\n\r\n";
    bool goesOn = sendAll(socket, head.constData(), head.size());
    for (int i = 0; i < answer.times && goesOn; ++i)
        goesOn = sendBlock(socket, answer, each);
    if (goesOn)
        sendAll(socket, answer.rest.constData(), answer.rest.size());
    ::shutdown(socket, SHUT_WR);
    while (::recv(socket, part, sizeof part, 0) > 0)
        ;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_stream_server each|together EVENTS BYTES | picture BYTES\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    const bool picture = std::strcmp(argv[1], "picture") == 0;
    const Answer answer = picture ? pictureAnswer(std::atoll(argv[2]))
                                  : textAnswer(std::atoll(argv[2]), std::atoll(argv[argc - 1]));
    const bool each = std::strcmp(argv[1], "each") == 0;

    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener, 8) != 0)
        return 3;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    std::printf("%d\n", int(ntohs(address.sin_port)));
    std::fflush(stdout);
    std::thread([] {
        while (std::getchar() != EOF)
            ;
        std::_Exit(0);
    }).detach();
    for (;;) {
        const int socket = ::accept(listener, nullptr, nullptr);
        serve(socket, answer, each);
        ::close(socket);
    }
}
