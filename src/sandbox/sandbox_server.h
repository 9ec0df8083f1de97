// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/diagnosis/retry_coach.h"
#include "sandbox/coach.h"
#include "sandbox/sandbox_config.h"
#include "sandbox/served_request.h"
#include "sandbox/upstream.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>

namespace lavascope {

/// A Lava gateway on 127.0.0.1: token check, wallets, limits, faults on demand, streaming answers. It listens
/// on the loopback interface only, refuses browsers and live keys, and closes what breaks HTTP.
class SandboxServer : public QObject {
    Q_OBJECT

public:
    /// `passthrough` answers instead of the built-in provider when the configuration asks for it; it must
    /// outlive the server.
    explicit SandboxServer(SandboxConfig config, Upstream* passthrough = nullptr, QObject* parent = nullptr);
    ~SandboxServer() override;

    /// Errors: `port_in_use`, `listen_failed`.
    [[nodiscard]] Result<quint16> listen();
    void close();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QByteArray origin() const; ///< `http://127.0.0.1:PORT`

    void setFaults(const QList<FaultSpec>& faults);
    [[nodiscard]] QList<FaultSpec> faults() const;
    /// How the first tries of every call fail from now on; what was open is reported first. Empty: no coach.
    void setCoach(const QList<FaultSpec>& plan);
    /// Reports on all calls that are still open, as if their clients stayed away from now on.
    void finishCoaching();
    /// Those that are kept, then those on calls that are still open, as they stand.
    [[nodiscard]] QList<RetryReport> coachReports() const;
    /// The time by which clients are judged; a steady clock of the system unless told.
    void setClock(const SteadyClock& clock);
    void setRequestsPerMinute(int limit);
    void setMerchantBalance(qint64 micros); ///< of every merchant, known and to come
    [[nodiscard]] QList<WalletState> wallets() const;
    [[nodiscard]] const SandboxConfig& config() const;

Q_SIGNALS:
    void served(const lavascope::ServedRequest& request);
    /// How a client tried again, once for each call that is over while there is a coach.
    void coached(const lavascope::RetryReport& report);

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
