// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench.h"
#include "support/fault_server.h"

namespace lavascope {

/// Heads of answers that end where the connection does, for a FaultServer to say.
inline QByteArray headOf(const QByteArray& contentType, const QByteArray& more = {}) {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n" + more + "Connection: close\r\n\r\n";
}
inline QByteArray streamHead(const QByteArray& more = {}) {
    return headOf("text/event-stream", more);
}

/// One event of an OpenAI stream that says a text.
inline QByteArray textEvent(const QByteArray& text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}
inline const QByteArray openAiEnd =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// A call of the real session to a server that plays a written answer.
inline std::unique_ptr<Run>
callTo(Workbench& workbench, const FaultServer& server, const SendOptions& options = {},
       const QByteArray& providerUrl = "https://api.openai.com/v1/chat/completions") {
    RequestDraft draft;
    draft.gateway = "http://127.0.0.1:" + QByteArray::number(server.port());
    draft.providerUrl = providerUrl;
    draft.token.secretKey = Secret("aks_test_gui_0000_CANARY");
    draft.body = R"({"model":"m","stream":true,"messages":[]})";
    Result<std::unique_ptr<Run>> run = workbench.send(draft, options);
    Q_ASSERT(run);
    return *std::move(run);
}

} // namespace lavascope
