// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QThread>

#include <memory>

namespace lavascope {

/// A listener on 127.0.0.1, in a thread of its own, that answers whatever it is asked with one OpenAI stream
/// of many events, each written and flushed by itself, as fast as the client takes them. What it sends is
/// made up; nothing of a request is looked at but its end.
class LoadSource {
public:
    /// `events` of about `bytesPerEvent` each, and behind them the three that end the answer.
    LoadSource(qint64 events, qsizetype bytesPerEvent);
    ~LoadSource();

    /// Errors: `listen_failed`.
    [[nodiscard]] Result<quint16> listen();

private:
    class Listener;
    QThread m_thread;
    Listener* m_listener; ///< lives and dies in the thread
};

} // namespace lavascope
