// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
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
    void setRequestsPerMinute(int limit);
    void setMerchantBalance(qint64 micros); ///< of every merchant, known and to come
    [[nodiscard]] QList<WalletState> wallets() const;
    [[nodiscard]] const SandboxConfig& config() const;

Q_SIGNALS:
    void served(const lavascope::ServedRequest& request);

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
