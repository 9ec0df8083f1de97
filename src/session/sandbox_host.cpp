// SPDX-License-Identifier: MIT
#include "session/sandbox_host.h"

#include "sandbox/sandbox_server.h"
#include "session/transport_upstream.h"

namespace lavascope {

namespace {

constexpr qsizetype longestLog = 1000;
constexpr qsizetype mostReports = 100;
constexpr double microsPerDollar = 1'000'000.0;

QString dollars(qint64 micros, int decimals) {
    const QString amount = QString::number(double(qAbs(micros)) / microsPerDollar, 'f', decimals);
    return (micros < 0 ? QStringLiteral("-$") : QStringLiteral("$")) + amount;
}

SandboxLogLine logLine(const ServedRequest& request) {
    constexpr int costDecimals = 6;
    return {request.atMs,  request.requestId, QString::fromLatin1(request.method),       request.target,
            request.payer, request.status,    dollars(request.costMicros, costDecimals), request.note};
}

Result<QList<FaultSpec>> parseFaults(const QStringList& texts,
                                     Result<FaultSpec> (*parse)(const QString&) = parseFault) {
    QList<FaultSpec> faults;
    for (const QString& text : texts) {
        const Result<FaultSpec> fault = parse(text);
        if (!fault)
            return tl::unexpected(fault.error());
        faults.append(*fault);
    }
    return faults;
}

QStringList textsOf(const QList<FaultSpec>& faults) {
    QStringList texts;
    for (const FaultSpec& fault : faults)
        texts.append(faultText(fault));
    return texts;
}

Result<SandboxConfig> configFor(const SandboxWish& wish) {
    Result<SandboxConfig> config =
        wish.configJson.isEmpty() ? SandboxConfig::standard() : parseSandboxConfig(wish.configJson);
    if (!config)
        return config;
    const Result<QList<FaultSpec>> faults = parseFaults(wish.faults);
    if (!faults)
        return tl::unexpected(faults.error());
    const Result<QList<FaultSpec>> coach = parseFaults(wish.coach, parseCoachStep);
    if (!coach)
        return tl::unexpected(coach.error());
    if (!coach->isEmpty())
        config->coach = *coach;
    if (wish.port != 0)
        config->port = wish.port;
    if (wish.passthrough)
        config->passthrough = true;
    if (!faults->isEmpty())
        config->faults = *faults;
    config->allowedTargets += wish.allowedTargets;
    config->pace *= wish.pace;
    return config;
}

} // namespace

class SandboxHost::Private {
public:
    explicit Private(Transport& transport)
        : upstream(transport) {}

    TransportUpstream upstream;
    std::unique_ptr<SandboxServer> server;
    QStringList faults;
    QStringList coach;
    QList<RetryReport> reports;
    QList<SandboxLogLine> log;
};

SandboxHost::SandboxHost(Transport& transport, QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>(transport)) {}

SandboxHost::~SandboxHost() = default;

Result<quint16> SandboxHost::start(const SandboxWish& wish) {
    stop();
    const Result<SandboxConfig> config = configFor(wish);
    if (!config)
        return tl::unexpected(config.error());
    auto server = std::make_unique<SandboxServer>(*config, &m_private->upstream);
    Result<quint16> port = server->listen();
    if (!port)
        return port;
    connect(server.get(), &SandboxServer::served, this, [this](const ServedRequest& request) {
        m_private->log.append(logLine(request));
        if (m_private->log.size() > longestLog)
            m_private->log.removeFirst();
        Q_EMIT served(m_private->log.constLast());
        Q_EMIT changed();
    });
    connect(server.get(), &SandboxServer::coached, this, &SandboxHost::keep);
    m_private->server = std::move(server);
    m_private->faults = wish.faults;
    m_private->coach = textsOf(config->coach);
    Q_EMIT changed();
    return port;
}

void SandboxHost::stop() {
    if (!m_private->server)
        return;
    finishCoaching();
    m_private->server.reset();
    m_private->coach.clear();
    Q_EMIT changed();
}

bool SandboxHost::isRunning() const {
    return m_private->server != nullptr;
}

QByteArray SandboxHost::origin() const {
    return isRunning() ? m_private->server->origin() : QByteArray();
}

Result<void> SandboxHost::setFaults(const QStringList& faults) {
    const Result<QList<FaultSpec>> parsed = parseFaults(faults);
    if (!parsed)
        return tl::unexpected(parsed.error());
    m_private->faults = faults;
    if (isRunning())
        m_private->server->setFaults(*parsed);
    Q_EMIT changed();
    return {};
}

QStringList SandboxHost::faults() const {
    return m_private->faults;
}

Result<void> SandboxHost::setCoach(const QStringList& steps) {
    const Result<QList<FaultSpec>> parsed = parseFaults(steps, parseCoachStep);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (isRunning()) {
        m_private->server->setCoach(*parsed);
        m_private->coach = textsOf(*parsed);
    }
    Q_EMIT changed();
    return {};
}

QStringList SandboxHost::coach() const {
    return m_private->coach;
}

void SandboxHost::finishCoaching() {
    if (isRunning())
        m_private->server->finishCoaching();
}

const QList<RetryReport>& SandboxHost::retryReports() const {
    return m_private->reports;
}

void SandboxHost::keep(const RetryReport& report) {
    m_private->reports.append(report);
    if (m_private->reports.size() > mostReports)
        m_private->reports.removeFirst();
    Q_EMIT coached(report);
}

void SandboxHost::setRequestsPerMinute(int limit) {
    if (isRunning())
        m_private->server->setRequestsPerMinute(limit);
    Q_EMIT changed();
}

void SandboxHost::setMerchantBalanceMicros(qint64 micros) {
    if (isRunning())
        m_private->server->setMerchantBalance(micros);
    Q_EMIT changed();
}

QList<SandboxBalance> SandboxHost::balances() const {
    constexpr int balanceDecimals = 6;
    QList<SandboxBalance> balances;
    if (!isRunning())
        return balances;
    for (const WalletState& wallet : m_private->server->wallets())
        balances.append({wallet.owner, dollars(wallet.balanceMicros, balanceDecimals)});
    return balances;
}

QStringList SandboxHost::customers() const {
    QStringList ids;
    if (isRunning())
        for (const SandboxCustomer& customer : m_private->server->config().customers)
            ids.append(customer.id);
    return ids;
}

QStringList SandboxHost::meters() const {
    QStringList slugs;
    if (isRunning())
        for (const SandboxMeter& meter : m_private->server->config().meters)
            slugs.append(meter.slug);
    return slugs;
}

const QList<SandboxLogLine>& SandboxHost::log() const {
    return m_private->log;
}

QString SandboxHost::faultHelp() {
    return lavascope::faultHelp();
}

QString SandboxHost::coachHelp() {
    return lavascope::coachHelp();
}

} // namespace lavascope
