// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/secret.h"
#include "sandbox/sandbox_config.h"
#include "sandbox/served_request.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

#include <map>
#include <optional>

namespace lavascope {

/// One forwarded call as `GET /v1/requests/:id` tells it.
struct CallRecord {
    enum class KeyType { Managed, Unmanaged };

    QString requestId;
    qint64 createdAtMs = 0; ///< Unix time
    QString customerId;     ///< empty: none
    QString meterSlug;
    QString provider; ///< host of the provider URL
    KeyType keyType = KeyType::Managed;
    QString model;
    QString responseId;
    QString endpoint; ///< method and URL, without its query
    qint64 inputTokens = 0;
    qint64 outputTokens = 0;
    qint64 inputCostMicros = 0;
    qint64 outputCostMicros = 0;
    qint64 chargeMicros = 0; ///< to the customer
    SandboxMeter meter;
    QMap<QString, QString> metadata;

    [[nodiscard]] qint64 totalTokens() const { return inputTokens + outputTokens; }
    [[nodiscard]] qint64 costMicros() const { return inputCostMicros + outputCostMicros; }
};

/// Where a key stands in its minute.
struct RateState {
    bool allowed = true;
    int limit = 0; ///< 0: no limit
    int remaining = 0;
    qint64 resetAtMs = 0; ///< Unix time
};

/// The money and the records of every merchant (secret key) that has called. Time comes in as a number.
class Ledger {
public:
    explicit Ledger(const SandboxConfig& config);

    [[nodiscard]] qint64 merchantBalance(const Secret& key) const;
    /// Nothing if the merchant has no such customer.
    [[nodiscard]] std::optional<qint64> customerBalance(const Secret& key, const QString& customerId) const;
    void chargeMerchant(const Secret& key, qint64 micros);
    void chargeCustomer(const Secret& key, const QString& customerId, qint64 micros);
    void setMerchantBalance(qint64 micros); ///< of every merchant, known and to come
    void setRequestsPerMinute(int limit);

    /// Counts a request in the key's minute, which begins with its first request.
    RateState countRequest(const Secret& key, qint64 nowMs);

    void add(const Secret& key, const CallRecord& record);
    [[nodiscard]] QList<CallRecord> records(const Secret& key) const; ///< newest last, at most 1000
    [[nodiscard]] QList<WalletState> wallets() const;

private:
    struct Merchant {
        QString masked;
        qint64 balanceMicros = 0;
        QMap<QString, qint64> customers;
        QList<CallRecord> records;
        std::optional<qint64> minuteBeganMs;
        int requestsInMinute = 0;
    };

    [[nodiscard]] Merchant fresh(const Secret& key) const;
    Merchant& merchant(const Secret& key);
    [[nodiscard]] const Merchant* find(const Secret& key) const;

    qint64 m_merchantBalance;
    int m_requestsPerMinute;
    QMap<QString, qint64> m_customers;          ///< what a new merchant's customers have
    std::map<QByteArray, Merchant> m_merchants; ///< by the key's hash
    QList<QByteArray> m_order;                  ///< hashes, oldest first
};

} // namespace lavascope
