// SPDX-License-Identifier: MIT
// An answer of any size from a socket through the real transport and a Run: all that a program reads it with
// but the window.
//   bench_large serve events|line MEGABYTES
//     answers every request with so many megabytes of an OpenAI stream, in events of about 300 bytes or in
//     one; prints its port
//   bench_large read PORT
//     reads one answer; prints its seconds, the seconds of work of all threads, events, bytes, verdict and
//     memory
#include "session/thread_loops.h"
#include "session/workbench.h"

#include <QCoreApplication>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace lavascope;

namespace {

constexpr qint64 blockEvents = 1000;
constexpr qint64 mostWaiting = 4 * 1024 * 1024;

QByteArray chatEvent(const QByteArray& choices, const QByteArray& usage) {
    return R"(data: {"id":"chatcmpl-7Aq0000000000000000000000000","object":"chat.completion.chunk",)"
           R"("created":1780000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",)"
           R"("system_fingerprint":"fp_0123456789","choices":)" +
           choices + R"(,"usage":)" + usage + "}\n\n";
}

QByteArray blockOfEvents() {
    QByteArray block;
    for (qint64 i = 0; i < blockEvents; ++i)
        block += chatEvent(R"([{"index":0,"delta":{"content":" word)" + QByteArray::number(i) +
                               R"("},"logprobs":null,"finish_reason":null}])",
                           "null");
    return block;
}

/// One answer to one client, written as fast as it is taken.
class Answer : public QObject {
public:
    Answer(QTcpSocket* client, const QByteArray& block, qint64 blocks)
        : QObject(client)
        , m_client(client)
        , m_block(block)
        , m_blocks(blocks) {
        connect(client, &QTcpSocket::readyRead, this, [this] { take(); });
        connect(client, &QTcpSocket::bytesWritten, this, [this] { writeOn(); });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

private:
    void take() {
        m_request += m_client->readAll();
        if (m_hasBegun || !m_request.contains("\r\n\r\n"))
            return;
        m_hasBegun = true;
        m_client->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        writeOn();
    }
    void writeOn() {
        if (!m_hasBegun)
            return;
        for (; m_blocks > 0 && m_client->bytesToWrite() < mostWaiting; --m_blocks)
            m_client->write(m_block);
        if (m_blocks != 0)
            return;
        m_blocks = -1;
        m_client->write(
            chatEvent(R"([{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}])", "null"));
        m_client->write(chatEvent("[]", R"({"prompt_tokens":9,"completion_tokens":12,"total_tokens":21})"));
        m_client->write("data: [DONE]\n\n");
        m_client->disconnectFromHost();
    }

    QTcpSocket* m_client;
    const QByteArray& m_block;
    qint64 m_blocks;
    QByteArray m_request;
    bool m_hasBegun = false;
};

QByteArray oneLongEvent(double megabytes) {
    return chatEvent(R"([{"index":0,"delta":{"content":")" + QByteArray(qsizetype(megabytes * 1e6), 'A') +
                         R"("},"logprobs":null,"finish_reason":null}])",
                     "null");
}

int serve(const QByteArray& what, double megabytes) {
    const bool isLine = what == "line";
    const QByteArray block = isLine ? oneLongEvent(megabytes) : blockOfEvents();
    const qint64 blocks = isLine ? 1 : std::max<qint64>(qint64(megabytes * 1e6) / block.size(), 1);
    QTcpServer server;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] {
        while (QTcpSocket* client = server.nextPendingConnection())
            new Answer(client, block, blocks);
    });
    if (!server.listen(QHostAddress::LocalHost))
        return 1;
    std::printf("%d\n", int(server.serverPort()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

/// Peak of resident memory in megabytes; 0 where the system does not tell.
double peakMemory() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    constexpr double kibibytesInMegabyte = 1e6 / 1024;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.sliced(6).trimmed().split(' ').first().toDouble() / kibibytesInMegabyte;
    return 0;
}

int readAnswer(const QByteArray& port) {
    Workbench workbench;
    const double atRest = peakMemory();
    RequestDraft draft;
    draft.gateway = "http://127.0.0.1:" + port;
    draft.providerUrl = "https://api.openai.com/v1/chat/completions";
    draft.token.secretKey = Secret("aks_test_bench_0000");
    draft.body = R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
    SendOptions options;
    options.totalLimit = std::chrono::milliseconds(0);
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t workBegin = std::clock();
    const Result<std::unique_ptr<Run>> sent = workbench.send(draft, options);
    if (!sent)
        return 1;
    Run& run = **sent;
    QObject::connect(&run, &Run::finished, &run, [] { QCoreApplication::quit(); });
    QCoreApplication::exec();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const Transcript& read = run.reader().transcript();
    std::printf(
        "{\"seconds\":%.6f,\"work\":%.6f,\"events\":%lld,\"bytes\":%lld,\"verdict\":\"%s\",\"at_rest\":%.1f,"
        "\"peak\":%.1f}\n",
        took.count(), double(std::clock() - workBegin) / CLOCKS_PER_SEC, static_cast<long long>(read.events),
        static_cast<long long>(run.reader().timeline().bytes), verdictName(*read.verdict), atRest,
        peakMemory());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    preferLightThreadLoops();
    const QCoreApplication application(argc, argv);
    if (argc == 4 && std::strcmp(argv[1], "serve") == 0)
        return serve(argv[2], QByteArray(argv[3]).toDouble());
    if (argc == 3 && std::strcmp(argv[1], "read") == 0)
        return readAnswer(argv[2]);
    std::fprintf(stderr, "usage: bench_large serve events|line MEGABYTES | read PORT\n");
    return 2;
}
