// SPDX-License-Identifier: MIT
#include "sandbox/sandbox_server.h"

#include "sandbox/builtin_upstream.h"
#include "sandbox/connection.h"
#include "sandbox/forward_call.h"
#include "sandbox/gateway.h"
#include "sandbox/gateway_rules.h"
#include "sandbox/request_id.h"
#include "sandbox/rest_answers.h"

#include <QDateTime>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace lavascope {

namespace {

constexpr std::size_t mostConnections = 64;
constexpr qsizetype mostHeldBytes = 256 * 1024 * 1024; ///< request bodies of all connections together

[[nodiscard]] qint64 now() {
    return QDateTime::currentMSecsSinceEpoch();
}

[[nodiscard]] std::chrono::microseconds steadyTime() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

class SandboxServer::Private : public QObject {
public:
    Private(SandboxServer& owner, SandboxConfig config, Upstream* passthrough)
        : m_owner(owner)
        , m_builtin(config.pace)
        , m_gateway{std::move(config), Ledger({}), {}, nullptr, 0, {}, steadyTime} {
        m_gateway.upstream = m_gateway.config.passthrough ? passthrough : &m_builtin;
        reset();
        m_listener.setMaxPendingConnections(mostConnections);
        connect(&m_listener, &QTcpServer::newConnection, this, &Private::accept);
        m_coachLook.setSingleShot(true);
        connect(&m_coachLook, &QTimer::timeout, this, &Private::settleCoach);
    }

    void reset() {
        m_gateway.ledger = Ledger(m_gateway.config);
        m_gateway.faults.set(m_gateway.config.faults);
        m_gateway.coach = {};
        m_gateway.coach.setPlan(m_gateway.config.coach);
    }

    void settleCoach() {
        tell(m_gateway.coach.settle(m_gateway.clock()));
        if (const std::optional<std::chrono::microseconds> next = m_gateway.coach.nextLook()) {
            const auto pause = std::chrono::ceil<std::chrono::milliseconds>(*next - m_gateway.clock());
            m_coachLook.start(std::max(pause, std::chrono::milliseconds(1)));
        }
    }

    void finishCoaching() {
        tell(m_gateway.coach.finishAll());
        m_coachLook.stop();
    }

    void accept() {
        while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
            if (m_clients.size() >= mostConnections && !dropIdle()) {
                refuseCrowd(socket);
                continue;
            }
            auto* connection = new Connection(socket, RequestLimits{}, ConnectionLimits{}, this);
            m_clients.emplace(connection, nullptr);
            connect(connection, &Connection::arrived, this,
                    [this, connection](const ReceivedRequest& request) { serve(*connection, request); });
            connect(connection, &Connection::broken, this,
                    [this, connection](const RequestFault& fault) { answerBroken(*connection, fault); });
            connect(connection, &Connection::grew, this, [this, connection] { checkMemory(*connection); });
            connect(connection, &Connection::gone, this, [this, connection] { forget(*connection); });
        }
    }

    void closeAll() {
        m_listener.close();
        while (!m_clients.empty()) {
            m_clients.begin()->first->abort(); // forget() takes it out
        }
    }

    QTcpServer m_listener;
    SandboxServer& m_owner;
    BuiltinUpstream m_builtin;
    Gateway m_gateway;

private:
    struct DeleteLater {
        void operator()(ForwardCall* call) const { call->deleteLater(); }
    };
    using CallPointer = std::unique_ptr<ForwardCall, DeleteLater>;

    /// Makes room by closing a connection that only waits for a next request.
    bool dropIdle() {
        for (const auto& [connection, call] : m_clients) {
            if (connection->isIdle() && connection->hasServed()) {
                connection->abort();
                return true;
            }
        }
        return false;
    }

    void refuseCrowd(QTcpSocket* socket) {
        const Refusal refusal{503,
                              QStringLiteral("too_many_connections"),
                              QStringLiteral("There are too many connections to the sandbox."),
                              {}};
        const QByteArray body = refusalBody(refusal);
        Headers headers = answerHeaders(newRequestId(now()), now());
        headers.append("Content-Type", "application/json");
        ResponseWriter writer;
        socket->write(
            writer.begin("GET", refusal.status, headers, body.size(), ResponseWriter::AfterAnswer::Close) +
            body);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        socket->disconnectFromHost();
        if (socket->state() == QAbstractSocket::UnconnectedState) {
            socket->deleteLater();
        }
    }

    void checkMemory(Connection& connection) {
        qsizetype held = 0;
        for (const auto& [each, call] : m_clients) {
            held += each->heldBytes();
        }
        if (held > mostHeldBytes) {
            connection.refuse(
                {503, QStringLiteral("out_of_memory"),
                 QStringLiteral("The bodies of all requests together are too large for the sandbox.")});
        }
    }

    void serve(Connection& connection, const ReceivedRequest& request) {
        const qint64 at = now();
        ServedRequest served;
        served.atMs = at;
        served.requestId = newRequestId(at);
        served.method = request.method;
        const QByteArray path = pathOfTarget(request.target);
        if (const Judged<void> door = checkDoor(request, m_gateway.port); !door) {
            answer(connection, served, tl::unexpected(door.error()));
        } else if (path == "/sandbox/coach") {
            served.target = QString::fromLatin1(path);
            answer(connection, served, coachBody(request.method));
        } else if (path == "/v1/forward") {
            forward(connection, request, served.requestId);
        } else {
            served.target = QString::fromLatin1(path);
            answer(connection, served, restBody(request, m_gateway.config, m_gateway.ledger, at));
        }
    }

    void tell(const QList<RetryReport>& reports) {
        for (const RetryReport& report : reports) {
            Q_EMIT m_owner.coached(report);
        }
    }

    /// The sandbox's own, without a credential: what comes out holds none, and a test has none at hand.
    [[nodiscard]] Judged<QByteArray> coachBody(const QByteArray& method) {
        if (method == "POST") {
            finishCoaching();
        } else if (method == "GET" || method == "HEAD") {
            settleCoach();
        } else {
            return refuse(
                405, QStringLiteral("method_not_allowed"),
                QStringLiteral("GET shows the reports of the retry coach; POST ends what is open first."),
                {{"Allow", "GET, HEAD, POST"}});
        }
        return coachJson(m_gateway.coach);
    }

    void forward(Connection& connection, const ReceivedRequest& request, const QString& requestId) {
        auto* call = new ForwardCall(m_gateway, connection, request, requestId, this);
        m_clients.at(&connection) = CallPointer(call);
        connect(call, &ForwardCall::ended, this,
                [this, connection = &connection](const ServedRequest& served) {
                    // The connection may be gone by now; its entry is, then.
                    if (const auto entry = m_clients.find(connection); entry != m_clients.end()) {
                        entry->second.reset();
                    }
                    Q_EMIT m_owner.served(served);
                    settleCoach();
                });
        call->start();
    }

    void answerBroken(Connection& connection, const RequestFault& fault) {
        ServedRequest served;
        served.atMs = now();
        served.requestId = newRequestId(served.atMs);
        answer(connection, served, refuse(fault.status, fault.code, fault.message));
    }

    void answer(Connection& connection, ServedRequest served, const Judged<QByteArray>& body) {
        Headers headers = answerHeaders(served.requestId, served.atMs);
        headers.append("Content-Type", "application/json");
        served.status = body ? 200 : body.error().status;
        if (body) {
            connection.answer(served.status, headers, *body);
        } else {
            served.note = body.error().message;
            for (const Headers::Field& field : body.error().headers) {
                headers.append(field.name, field.value);
            }
            connection.answer(served.status, headers, refusalBody(body.error()));
        }
        Q_EMIT m_owner.served(served);
    }

    void forget(Connection& connection) {
        const auto entry = m_clients.find(&connection);
        if (entry == m_clients.end()) {
            return;
        }
        const CallPointer call = std::move(entry->second);
        m_clients.erase(entry);
        connection.deleteLater();
        if (call) {
            call->clientLeft();
        }
    }

    std::map<Connection*, CallPointer> m_clients;
    QTimer m_coachLook;
};

SandboxServer::SandboxServer(SandboxConfig config, Upstream* passthrough, QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>(*this, std::move(config), passthrough)) {}

SandboxServer::~SandboxServer() {
    blockSignals(true); // nobody is told of calls that end with their gateway
    close();
}

Result<quint16> SandboxServer::listen() {
    if (m_private->m_listener.isListening()) {
        return port();
    }
    QTcpServer& listener = m_private->m_listener;
    const quint16 wanted = m_private->m_gateway.config.port;
    if (!listener.listen(QHostAddress::LocalHost, wanted)) {
        if (listener.serverError() == QAbstractSocket::AddressInUseError) {
            return fail(QStringLiteral("port_in_use"),
                        QStringLiteral("Port %1 on 127.0.0.1 is taken by another program.").arg(wanted),
                        QStringLiteral("Choose another port, or 0 for a free one."));
        }
        return fail(QStringLiteral("listen_failed"),
                    QStringLiteral("Port %1 on 127.0.0.1 cannot be opened: %2.")
                        .arg(wanted)
                        .arg(listener.errorString()));
    }
    m_private->reset();
    m_private->m_gateway.port = listener.serverPort();
    return port();
}

void SandboxServer::close() {
    m_private->closeAll();
    m_private->m_gateway.port = 0;
}

quint16 SandboxServer::port() const {
    return m_private->m_gateway.port;
}

QByteArray SandboxServer::origin() const {
    return port() == 0 ? QByteArray() : "http://127.0.0.1:" + QByteArray::number(port());
}

void SandboxServer::setFaults(const QList<FaultSpec>& faults) {
    m_private->m_gateway.faults.set(faults);
}

QList<FaultSpec> SandboxServer::faults() const {
    return m_private->m_gateway.faults.remaining();
}

void SandboxServer::setCoach(const QList<FaultSpec>& plan) {
    finishCoaching();
    m_private->m_gateway.coach.setPlan(plan);
}

void SandboxServer::finishCoaching() {
    m_private->finishCoaching();
}

QList<RetryReport> SandboxServer::coachReports() const {
    return m_private->m_gateway.coach.reports();
}

void SandboxServer::setClock(const SteadyClock& clock) {
    m_private->m_gateway.clock = clock;
}

void SandboxServer::setRequestsPerMinute(int limit) {
    m_private->m_gateway.config.requestsPerMinute = limit;
    m_private->m_gateway.ledger.setRequestsPerMinute(limit);
}

void SandboxServer::setMerchantBalance(qint64 micros) {
    m_private->m_gateway.config.merchantBalanceMicros = micros;
    m_private->m_gateway.ledger.setMerchantBalance(micros);
}

QList<WalletState> SandboxServer::wallets() const {
    return m_private->m_gateway.ledger.wallets();
}

const SandboxConfig& SandboxServer::config() const {
    return m_private->m_gateway.config;
}

} // namespace lavascope
