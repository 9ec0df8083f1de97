// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QThread>

#include <chrono>
#include <memory>

namespace lavascope {

struct FaultState;

/// One thing that a FaultServer does on a connection.
struct FaultStep {
    enum class Kind {
        Send,    ///< the bytes, as they are
        Drip,    ///< the bytes again and again, one time every `every`
        Flood,   ///< the bytes again and again as fast as the peer takes them
        Gate,    ///< wait until FaultServer::openGate()
        Hang,    ///< do nothing more, keep the connection
        Fin,     ///< close in order (over TLS: with close_notify)
        BareFin, ///< close TCP alone, without TLS's close_notify
        Reset,   ///< close with a TCP reset
        StartTls ///< speak TLS from here on, and expect another request: what a proxy does after CONNECT
    };
    Kind kind = Kind::Hang;
    QByteArray bytes{};
    qint64 times = 1;
    std::chrono::milliseconds every{0};
};

namespace fault {
[[nodiscard]] inline FaultStep say(QByteArray bytes) {
    return {FaultStep::Kind::Send, std::move(bytes)};
}
[[nodiscard]] inline FaultStep gate() {
    return {FaultStep::Kind::Gate};
}
[[nodiscard]] inline FaultStep hang() {
    return {FaultStep::Kind::Hang};
}
[[nodiscard]] inline FaultStep fin() {
    return {FaultStep::Kind::Fin};
}
[[nodiscard]] inline FaultStep bareFin() {
    return {FaultStep::Kind::BareFin};
}
[[nodiscard]] inline FaultStep reset() {
    return {FaultStep::Kind::Reset};
}
[[nodiscard]] inline FaultStep startTls() {
    return {FaultStep::Kind::StartTls};
}
[[nodiscard]] inline FaultStep drip(QByteArray bytes, qint64 times, std::chrono::milliseconds every) {
    return {FaultStep::Kind::Drip, std::move(bytes), times, every};
}
[[nodiscard]] inline FaultStep flood(QByteArray bytes, qint64 times) {
    return {FaultStep::Kind::Flood, std::move(bytes), times};
}
} // namespace fault

using FaultScript = QList<FaultStep>;

/// A server on 127.0.0.1, in a thread of its own, that plays a written answer byte by byte, as broken as it
/// is written, and counts exactly what came. The n-th request gets the n-th script, later ones the last.
class FaultServer {
public:
    enum class Tls { None, Trusted, Expired, WrongHost, SelfSigned };
    enum class When {
        AfterRequest, ///< the script starts when the request is there with its body
        AfterHeaders, ///< … when its headers are there
        OnConnect     ///< … at once, before anything was read
    };
    struct Settings {
        QList<FaultScript> scripts;
        Tls tls = Tls::None;
        When when = When::AfterRequest;
        qint64 readPerTick = 0;         ///< how much is read every 5 ms; 0: everything at once
        qint64 slowlyUntil = 1LL << 40; ///< after so many bytes the rest is read at once
    };

    explicit FaultServer(FaultScript script);
    explicit FaultServer(Settings settings);
    ~FaultServer();

    [[nodiscard]] quint16 port() const;
    /// `http(s)://127.0.0.1:PORT/path`
    [[nodiscard]] QByteArray url(const QByteArray& path = "/v1/forward?u=x") const;
    /// The authority that signed all certificates but the self-signed one.
    [[nodiscard]] static QString certificateFile();

    void openGate();  ///< lets every script pass its gate, also one that comes to it later
    void closeGate(); ///< from here on scripts wait at a gate again

    [[nodiscard]] int connections() const;
    [[nodiscard]] int requests() const; ///< header blocks that came whole
    [[nodiscard]] int openConnections() const;
    [[nodiscard]] qint64 bytesSent() const;           ///< taken by the operating system
    [[nodiscard]] QList<QByteArray> received() const; ///< each request, header block and body
    /// All that came on any connection, also what was no request.
    [[nodiscard]] QByteArray everything() const;
    /// Waits until the server has seen everything that was sent to it before this call.
    void settle();

private:
    class Listener;
    std::unique_ptr<FaultState> m_state;
    QThread m_thread;
    Listener* m_listener;
};

} // namespace lavascope
