// SPDX-License-Identifier: MIT
#include "core/token/gateway_facts.h"

#include "core/json/document.h"
#include "core/token/display.h"

namespace lavascope {

namespace {

constexpr qsizetype largestBody = 4 * 1024 * 1024;

bool scan(json::Document& document, const QByteArray& body) {
    return body.size() <= largestBody && !document.scan(body);
}

/// Some pages wrap every answer into `data`.
json::View unwrapped(json::View root, QByteArrayView member) {
    if (root[member].exists())
        return root;
    return root["data"].isObject() ? root["data"] : root;
}

// `4.2000000000` as people write money; what is no decimal stays as it is.
QString money(json::View view) {
    QString text = view.isString() ? view.toString() : QString::fromUtf8(view.raw());
    if (!view.isString() && !view.isNumber())
        return {};
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    constexpr qsizetype cents = 2;
    while (point >= 0 && text.size() > point + 1 + cents && text.endsWith(QLatin1Char('0')))
        text.chop(1);
    return shownText(text);
}

QString basisPhrase(const QString& basis) {
    if (basis == QStringLiteral("tokens_1m"))
        return QStringLiteral("per 1M tokens");
    if (basis == QStringLiteral("characters_1m"))
        return QStringLiteral("per 1M characters");
    if (basis == QStringLiteral("minutes"))
        return QStringLiteral("per minute");
    return basis == QStringLiteral("requests") ? QStringLiteral("per request") : basis;
}

} // namespace

MeterPage readMeterPage(const QByteArray& body, const QString& slug) {
    MeterPage page;
    json::Document document;
    if (!scan(document, body))
        return page;
    const json::View list = document.root().isArray() ? document.root() : document.root()["data"];
    page.readable = list.isArray();
    for (json::View entry = list.firstChild(); entry.exists() && !page.meter; entry = entry.nextSibling()) {
        if (entry["meter_slug"].toString() != slug || !entry["meter_slug"].isString())
            continue;
        const json::View tier = entry["tiers"].at(0);
        page.meter = MeterFacts{entry["name"].toString(), entry["rate_type"].toString(),
                                tier["type"].toString(), money(tier["rate"]), entry["tiers"].size()};
    }
    if (document.root()["has_more"].toBool().value_or(false))
        page.nextCursor = document.root()["next_cursor"].toString();
    return page;
}

std::optional<CustomerFacts> readCustomer(const QByteArray& body) {
    json::Document document;
    if (!scan(document, body))
        return std::nullopt;
    const json::View customer = unwrapped(document.root(), "customer_id");
    if (!customer["customer_id"].isString())
        return std::nullopt;
    return CustomerFacts{customer["customer_id"].toString(), customer["subscription"].isObject()};
}

std::optional<SubscriptionFacts> readSubscription(const QByteArray& body) {
    json::Document document;
    if (!scan(document, body))
        return std::nullopt;
    const json::View root = unwrapped(document.root(), "subscription");
    const json::View subscription = root["subscription"];
    if (!subscription.isObject() && !subscription.isNull())
        return std::nullopt;
    SubscriptionFacts facts;
    facts.exists = subscription.isObject();
    facts.plan = subscription["plan"]["name"].toString();
    facts.status = subscription["status"].toString();
    facts.left = money(subscription["credits"]["total_remaining"]);
    facts.included = money(subscription["plan"]["included_credit"]);
    facts.renewsAt = subscription["cycle_end_at"].toString();
    return facts;
}

QString meterSentence(const QString& slug, const MeterFacts& meter) {
    QString sentence = QStringLiteral("Meter %1: %2 %3")
                           .arg(shownText(slug))
                           .arg(meter.tiers)
                           .arg(meter.tiers == 1 ? QStringLiteral("tier") : QStringLiteral("tiers"));
    if (!meter.rateType.isEmpty())
        sentence += QStringLiteral(", ") + shownText(meter.rateType);
    if (!meter.firstRate.isEmpty())
        sentence += QStringLiteral(", %1 %2").arg(meter.firstRate, shownText(basisPhrase(meter.basis)));
    return sentence + QLatin1Char('.');
}

QString subscriptionSentence(const SubscriptionFacts& subscription) {
    if (!subscription.exists)
        return QStringLiteral("The customer has no subscription, so there is no credit on a plan.");
    QString sentence = QStringLiteral("Subscription");
    if (!subscription.plan.isEmpty())
        sentence += QStringLiteral(" to %1").arg(shownText(subscription.plan));
    if (!subscription.status.isEmpty())
        sentence += QStringLiteral(": %1").arg(shownText(subscription.status));
    if (!subscription.left.isEmpty())
        sentence += QStringLiteral(", credit left %1").arg(subscription.left);
    if (!subscription.left.isEmpty() && !subscription.included.isEmpty())
        sentence += QStringLiteral(" of %1").arg(subscription.included);
    constexpr qsizetype dateLength = 10;
    if (!subscription.renewsAt.isEmpty())
        sentence += QStringLiteral(", cycle ends %1").arg(shownText(subscription.renewsAt.left(dateLength)));
    return sentence + QLatin1Char('.');
}

} // namespace lavascope
