// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace lavascope {

class Run;
class SandboxServer;
class SecretVault;
class Workbench;

/// One thing that the program needs of this computer, and how it stands with it.
struct HealthCheck {
    enum class State { Ok, Warning, Failed };

    QString name; ///< snake_case, e.g. `key_store`
    State state = State::Ok;
    QString detail; ///< what was found; never a secret
    QString fix;    ///< what to do about it; empty where nothing is to be done
};
[[nodiscard]] const char* stateName(HealthCheck::State state); ///< `ok`, `warning`, `failed`

/// Looks at what works on this computer. Nothing leaves it, unless the look at the network is asked for: then
/// the name of the gateway is looked up, and no more. Deleting it ends it.
class Doctor : public QObject {
    Q_OBJECT

public:
    enum class Network { LeftAlone, LookedAt };

    explicit Doctor(Workbench& workbench, QObject* parent = nullptr);
    ~Doctor() override;

    /// Once. What answers late (the key store) is waited for, a few seconds at most.
    void start(Network network);
    [[nodiscard]] bool isDone() const { return m_isDone; }
    /// Complete when finished() has come; always in the same order.
    [[nodiscard]] const std::vector<HealthCheck>& checks() const { return m_checks; }

Q_SIGNALS:
    void finished(); ///< exactly once

private:
    void lookAtKeyStore();
    void lookAtSandbox();
    void takeSandboxAnswer();
    void lookAtGateway();
    void add(HealthCheck check);
    void finish();

    Workbench& m_workbench;
    std::unique_ptr<SecretVault> m_vault;
    std::unique_ptr<SandboxServer> m_sandbox;
    std::unique_ptr<Run> m_call;
    std::vector<HealthCheck> m_checks;
    Network m_network = Network::LeftAlone;
    bool m_isDone = false;
};

/// Whether none of the checks failed.
[[nodiscard]] bool isHealthy(const std::vector<HealthCheck>& checks);

} // namespace lavascope
