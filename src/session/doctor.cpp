// SPDX-License-Identifier: MIT
#include "session/doctor.h"

#include "core/request/forward_url.h"
#include "net/network_facts.h"
#include "sandbox/sandbox_server.h"
#include "session/computer_checks.h"
#include "session/run.h"
#include "session/workbench.h"
#include "store/secret_vault.h"

#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

using State = HealthCheck::State;

constexpr auto patience = 4s; // with a key store that may be waiting for its user

QString gatewayUrl() {
    return QLatin1String(liveGateway);
}

RequestDraft demoDraft(const QByteArray& gateway) {
    RequestDraft draft;
    draft.gateway = gateway;
    draft.providerUrl = "https://api.openai.com/v1/models";
    draft.method = "GET";
    draft.token.secretKey = Secret("aks_test_doctor_0000");
    return draft;
}

} // namespace

const char* stateName(HealthCheck::State state) {
    switch (state) {
    case State::Ok:
        return "ok";
    case State::Warning:
        return "warning";
    case State::Failed:
        break;
    }
    return "failed";
}

bool isHealthy(const std::vector<HealthCheck>& checks) {
    return std::none_of(checks.begin(), checks.end(),
                        [](const HealthCheck& check) { return check.state == State::Failed; });
}

Doctor::Doctor(Workbench& workbench, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench) {}

Doctor::~Doctor() = default;

void Doctor::start(Network network) {
    m_network = network;
    // From the event loop, so that a window is there before a look takes its moment.
    QTimer::singleShot(0, this, [this] {
        add(lookAtProgram());
        add(lookAtSystem());
        add(lookAtLanguage());
        add(lookAtDataFolder());
        add(lookAtEncryption());
        add(lookAtProxy(gatewayUrl()));
        lookAtKeyStore();
    });
}

void Doctor::lookAtKeyStore() {
    m_vault = std::make_unique<SecretVault>(patience);
    // A store that says that it has no such key has answered; none is written, and no user is asked.
    m_vault->read(QStringLiteral("doctor"), [this](const Result<Secret>& found) {
        HealthCheck check{QStringLiteral("key_store"), State::Ok, {}, {}};
        check.detail = tr("%1 answers").arg(SecretVault::systemName());
        if (!found && found.error().code != QStringLiteral("key_not_found")) {
            check.state = State::Warning;
            check.detail = tr("%1: %2 Keys can be kept for a session only.")
                               .arg(SecretVault::systemName(), found.error().message);
            check.fix = tr("Start or unlock the key store, or name keys as env:NAME or file:PATH.");
        }
        add(check);
        lookAtSandbox();
    });
}

// By a call of its own, as a request goes: what keeps the program from this computer's own port shows here.
void Doctor::lookAtSandbox() {
    m_sandbox = std::make_unique<SandboxServer>(SandboxConfig::standard());
    const Result<quint16> port = m_sandbox->listen();
    if (!port) {
        add({QStringLiteral("sandbox"), State::Failed, port.error().message,
             tr("Allow this program to listen on 127.0.0.1; without it there is no built-in gateway.")});
        lookAtGateway();
        return;
    }
    Result<std::unique_ptr<Run>> call = m_workbench.send(demoDraft(m_sandbox->origin()));
    Q_ASSERT(call); // the draft is our own
    m_call = *std::move(call);
    connect(m_call.get(), &Run::finished, this, &Doctor::takeSandboxAnswer, Qt::QueuedConnection);
}

void Doctor::takeSandboxAnswer() {
    HealthCheck check{QStringLiteral("sandbox"), State::Ok, {}, {}};
    check.detail = tr("the built-in gateway listens on 127.0.0.1 and answers");
    if (!m_call->succeeded()) {
        check.state = State::Failed;
        check.detail =
            tr("The built-in gateway listens, and gives no good answer: %1").arg(m_call->diagnosis()->title);
        check.fix = m_call->diagnosis()->steps.value(0);
    }
    add(check);
    lookAtGateway();
}

void Doctor::lookAtGateway() {
    if (m_network == Network::LeftAlone) {
        finish();
        return;
    }
    const QString host = QUrl(gatewayUrl()).host();
    lookUpName(host, this, [this, host](const NameFacts& name) {
        HealthCheck check{QStringLiteral("gateway"), State::Ok, {}, {}};
        check.detail = tr("%1 has %n address(es)", nullptr, name.addresses).arg(host);
        if (!name.problem.isEmpty()) {
            check.state = State::Failed;
            check.detail = tr("The name %1 cannot be looked up: %2.").arg(host, name.problem);
            check.fix =
                tr("Check the network and its name server; behind a proxy this may be as it should be.");
        }
        add(check);
        finish();
    });
}

void Doctor::add(HealthCheck check) {
    m_checks.push_back(std::move(check));
}

void Doctor::finish() {
    m_isDone = true;
    Q_EMIT finished();
}

} // namespace lavascope
