// SPDX-License-Identifier: MIT
#pragma once

#include "support/fault_server.h"

#include <QMutex>
#include <QMutexLocker>
#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <algorithm>

namespace lavascope {

/// What a FaultServer's two threads share.
struct FaultState {
    FaultServer::Settings settings;
    quint16 port = 0;
    quint16 settlePort = 0;

    mutable QMutex mutex;
    bool gateOpen = false;
    int connections = 0;
    int requests = 0;
    int open = 0;
    int served = 0;
    qint64 sent = 0;
    QList<QByteArray> received;
    QByteArray everything;

    template <typename F>
    auto locked(F f) const {
        const QMutexLocker lock(&mutex);
        return f();
    }

    FaultScript nextScript() {
        return locked([&] {
            const qsizetype at = std::min<qsizetype>(served++, settings.scripts.size() - 1);
            return at < 0 ? FaultScript() : settings.scripts.at(at);
        });
    }
};

/// Reads requests from one connection of a FaultServer and plays the scripts on it.
class FaultConnection : public QObject {
public:
    FaultConnection(QSslSocket* socket, FaultState& state, QObject* parent);

    [[nodiscard]] static QString certificatePath(const char* name);
    void play(); ///< goes on as far as it can

private:
    [[nodiscard]] bool isReadyFor(const FaultStep& step) const;
    [[nodiscard]] qint64 pending() const;
    [[nodiscard]] bool perform(const FaultStep& step);
    void change(FaultStep::Kind kind);
    void startTls();
    void begin();
    void read();
    void readSlowly();
    [[nodiscard]] bool takeHeader();
    [[nodiscard]] bool takeBody();

    QSslSocket* m_socket;
    FaultState& m_state;
    FaultServer::Tls m_tls;
    QTimer m_drip;
    QTimer m_slowRead;
    QList<FaultStep> m_steps;
    QByteArray m_input;
    qsizetype m_headerSize = 0;
    qsizetype m_bodySize = -1; ///< -1: no header block yet
};

} // namespace lavascope
