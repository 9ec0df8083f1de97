// SPDX-License-Identifier: MIT
#include "sandbox/ledger.h"

#include <QCryptographicHash>

namespace lavascope {

namespace {

constexpr qsizetype mostRecords = 1000;
constexpr qsizetype mostMerchants = 1000; ///< any key makes one, so their number must end somewhere
constexpr qint64 minuteMs = 60'000;

[[nodiscard]] QByteArray hashOf(const Secret& key) {
    return QCryptographicHash::hash(key.reveal(), QCryptographicHash::Sha256);
}

} // namespace

Ledger::Ledger(const SandboxConfig& config)
    : m_merchantBalance(config.merchantBalanceMicros)
    , m_requestsPerMinute(config.requestsPerMinute) {
    for (const SandboxCustomer& customer : config.customers) {
        m_customers.insert(customer.id, customer.balanceMicros);
    }
}

Ledger::Merchant Ledger::fresh(const Secret& key) const {
    Merchant merchant;
    merchant.masked = key.masked();
    merchant.balanceMicros = m_merchantBalance;
    merchant.customers = m_customers;
    return merchant;
}

const Ledger::Merchant* Ledger::find(const Secret& key) const {
    const auto found = m_merchants.find(hashOf(key));
    return found == m_merchants.end() ? nullptr : &found->second;
}

Ledger::Merchant& Ledger::merchant(const Secret& key) {
    const QByteArray hash = hashOf(key);
    const auto found = m_merchants.find(hash);
    if (found != m_merchants.end()) {
        return found->second;
    }
    if (m_order.size() >= mostMerchants) {
        m_merchants.erase(m_order.takeFirst());
    }
    m_order.append(hash);
    return m_merchants.emplace(hash, fresh(key)).first->second;
}

qint64 Ledger::merchantBalance(const Secret& key) const {
    const Merchant* known = find(key);
    return known ? known->balanceMicros : m_merchantBalance;
}

std::optional<qint64> Ledger::customerBalance(const Secret& key, const QString& customerId) const {
    const Merchant* known = find(key);
    const QMap<QString, qint64>& customers = known ? known->customers : m_customers;
    const auto found = customers.find(customerId);
    return found == customers.end() ? std::nullopt : std::optional(*found);
}

void Ledger::chargeMerchant(const Secret& key, qint64 micros) {
    merchant(key).balanceMicros -= micros;
}

void Ledger::chargeCustomer(const Secret& key, const QString& customerId, qint64 micros) {
    const auto found = merchant(key).customers.find(customerId);
    Q_ASSERT(found != merchant(key).customers.end());
    *found -= micros;
}

void Ledger::setMerchantBalance(qint64 micros) {
    m_merchantBalance = micros;
    for (auto& [hash, known] : m_merchants) {
        known.balanceMicros = micros;
    }
}

void Ledger::setRequestsPerMinute(int limit) {
    m_requestsPerMinute = limit;
}

RateState Ledger::countRequest(const Secret& key, qint64 nowMs) {
    Merchant& caller = merchant(key);
    const qint64 elapsed = nowMs - caller.minuteBeganMs.value_or(nowMs);
    if (!caller.minuteBeganMs || elapsed >= minuteMs || elapsed < 0) {
        caller.minuteBeganMs = nowMs;
        caller.requestsInMinute = 0;
    }
    RateState state;
    state.limit = m_requestsPerMinute;
    state.resetAtMs = *caller.minuteBeganMs + minuteMs;
    state.allowed = m_requestsPerMinute <= 0 || caller.requestsInMinute < m_requestsPerMinute;
    if (state.allowed) {
        ++caller.requestsInMinute;
    }
    state.remaining = std::max(0, m_requestsPerMinute - caller.requestsInMinute);
    return state;
}

void Ledger::add(const Secret& key, const CallRecord& record) {
    QList<CallRecord>& records = merchant(key).records;
    if (records.size() >= mostRecords) {
        records.removeFirst();
    }
    records.append(record);
}

QList<CallRecord> Ledger::records(const Secret& key) const {
    const Merchant* known = find(key);
    return known ? known->records : QList<CallRecord>();
}

QList<WalletState> Ledger::wallets() const {
    QList<WalletState> states;
    for (const QByteArray& hash : m_order) {
        const Merchant& known = m_merchants.at(hash);
        states.append({known.masked, known.balanceMicros});
        for (auto customer = known.customers.begin(); customer != known.customers.end(); ++customer) {
            const QString owner = m_order.size() == 1
                                      ? customer.key()
                                      : QStringLiteral("%1 (%2)").arg(customer.key(), known.masked);
            states.append({owner, customer.value()});
        }
    }
    return states;
}

} // namespace lavascope
