// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench.h"
#include "support/fault_server.h"

#include <memory>

namespace lavascope {

// What the tests of whole calls to a broken gateway have in common.

inline const QByteArray runKey = "aks_test_run_0000_CANARY";
inline constexpr int runPatience = 60'000;

namespace fault {
inline const QByteArray openHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
inline const QByteArray chunkedHead = openHead + "Transfer-Encoding: chunked\r\n\r\n";
inline const QByteArray word =
    R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hello"}}]})"
    "\n\n";
inline const QByteArray stop =
    R"(data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
    "\n\n";
inline const QByteArray done = "data: [DONE]\n\n";

[[nodiscard]] inline QByteArray asChunk(const QByteArray& bytes) {
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

/// A whole answer with the right length.
[[nodiscard]] inline QByteArray counted(const QByteArray& statusLine, const QByteArray& fields,
                                        const QByteArray& body) {
    return "HTTP/1.1 " + statusLine + "\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}
} // namespace fault

[[nodiscard]] inline RequestDraft draftTo(const QByteArray& gateway) {
    RequestDraft made;
    made.gateway = gateway;
    made.providerUrl = "https://api.openai.com/v1/chat/completions";
    made.token.secretKey = Secret(runKey);
    made.body = R"({"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"hello"}]})";
    return made;
}
/// The scheme is that of the server: https if it speaks TLS.
[[nodiscard]] inline RequestDraft draftTo(const FaultServer& peer) {
    return draftTo(peer.url(""));
}

[[nodiscard]] inline std::unique_ptr<Run> startRun(Workbench& workbench, const RequestDraft& draft,
                                                   const SendOptions& options = {}) {
    auto run = workbench.send(draft, options);
    if (!run)
        qFatal("%s", qPrintable(run.error().message));
    return *std::move(run);
}

/// Limits that a peer which says nothing reaches soon.
[[nodiscard]] inline SendOptions impatientOptions() {
    using namespace std::chrono_literals;
    SendOptions options;
    options.firstByteLimit = 200ms;
    options.idleLimit = 200ms;
    return options;
}

} // namespace lavascope
