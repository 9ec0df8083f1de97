// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace lavascope {

// What the gateway's read endpoints say about what a token names, read leniently: members may be missing,
// money is a decimal text, an object may stand inside `data`. Shapes: response types of @lavapayments/nodejs
// 11.2.0.

/// A meter as `GET /v1/meters` lists it.
struct MeterFacts {
    QString name;
    QString rateType;  ///< `fixed`, `percentage`
    QString basis;     ///< of its first tier: `tokens_1m`, `characters_1m`, `minutes`, `requests`
    QString firstRate; ///< decimal
    qint64 tiers = 0;
};

/// One page of meters, looked through for one slug.
struct MeterPage {
    bool readable = false; ///< false: no list of meters at all
    std::optional<MeterFacts> meter;
    QString nextCursor; ///< empty: this was the last page
};
[[nodiscard]] MeterPage readMeterPage(const QByteArray& body, const QString& slug);

/// A customer as `GET /v1/customers/:id` tells it.
struct CustomerFacts {
    QString customerId;
    bool hasSubscription = false;
};
[[nodiscard]] std::optional<CustomerFacts> readCustomer(const QByteArray& body);

/// What `GET /v1/customers/:id/subscription` tells.
struct SubscriptionFacts {
    bool exists = false;
    QString plan;
    QString status; ///< `active`, `cancelled`
    QString left;   ///< decimal; empty: not told
    QString included;
    QString renewsAt; ///< ISO 8601; empty: not told
};
[[nodiscard]] std::optional<SubscriptionFacts> readSubscription(const QByteArray& body);

// One sentence each, with nothing in it that could be taken for markup or steer other text.
[[nodiscard]] QString meterSentence(const QString& slug, const MeterFacts& meter);
[[nodiscard]] QString subscriptionSentence(const SubscriptionFacts& subscription);

} // namespace lavascope
