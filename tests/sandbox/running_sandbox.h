// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "sandbox/raw_client.h"
#include "sandbox/sandbox_server.h"

#include <QSignalSpy>
#include <QString>

inline lavascope::SandboxConfig atOnce() {
    lavascope::SandboxConfig config = lavascope::SandboxConfig::standard();
    config.pace = 0;
    return config;
}

/// A gateway that listens for the length of a test.
struct Running {
    explicit Running(const lavascope::SandboxConfig& config = atOnce())
        : server(config)
        , spy(&server, &lavascope::SandboxServer::served) {
        const auto listening = server.listen();
        Q_ASSERT(listening);
        port = *listening;
    }
    [[nodiscard]] Ask ask() const { return Ask(port); }
    [[nodiscard]] Ask chat(bool stream = false) const {
        return Ask(port).to(chatUrl).key(testKey).body(chatBody(stream));
    }
    RawAnswer answer(const Ask& ask) const { return RawClient(port).ask(ask.bytes()); }
    [[nodiscard]] lavascope::ServedRequest lastServed() const {
        return spy.last().at(0).value<lavascope::ServedRequest>();
    }

    lavascope::SandboxServer server;
    QSignalSpy spy;
    quint16 port = 0;
};

struct LavaError {
    QString code;
    QString message;
    qint64 status = 0;
};

inline LavaError errorIn(const RawAnswer& answer) {
    lavascope::json::Document document;
    if (document.scan(answer.body))
        return {};
    const lavascope::json::View error = document.root()["error"];
    return {error["code"].toString(), error["message"].toString(), error["status"].toInteger().value_or(0)};
}
