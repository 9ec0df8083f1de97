// SPDX-License-Identifier: MIT
#include "sandbox/gateway_rules.h"

#include "core/json/document.h"
#include "sandbox/http_grammar.h"
#include "sandbox/prices.h"

#include <algorithm>

namespace lavascope {

namespace {

[[nodiscard]] const SandboxMeter* findMeter(const SandboxConfig& config, const QString& slug) {
    const auto found = std::find_if(config.meters.begin(), config.meters.end(),
                                    [&](const SandboxMeter& meter) { return meter.slug == slug; });
    return found == config.meters.end() ? nullptr : &*found;
}

[[nodiscard]] const SandboxCustomer* findCustomer(const SandboxConfig& config, const QString& id) {
    const auto found = std::find_if(config.customers.begin(), config.customers.end(),
                                    [&](const SandboxCustomer& customer) { return customer.id == id; });
    return found == config.customers.end() ? nullptr : &*found;
}

[[nodiscard]] bool isMetadataName(const QString& name) {
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        return c == QLatin1Char('_') || (c.unicode() < 128 && c.isLetterOrNumber());
    });
}

[[nodiscard]] bool hasMetadataLength(const QString& text) {
    return !text.isEmpty() && text.size() <= 255;
}

} // namespace

Judged<void> checkDoor(const ReceivedRequest& request, quint16 port) {
    const QByteArray host = request.headers.value("host").value_or(QByteArray());
    const QByteArray suffix = ':' + QByteArray::number(port);
    const auto isHere = [&](QByteArrayView name) {
        return sameWord(host, name.toByteArray() + suffix) || (port == 80 && sameWord(host, name));
    };
    if (!isHere("127.0.0.1") && !isHere("localhost") && !isHere("[::1]")) {
        return refuse(
            421, QStringLiteral("wrong_host"),
            QStringLiteral("The Host header does not name this gateway. It answers to 127.0.0.1:%1, "
                           "localhost:%1 and [::1]:%1 only, so that no web page can reach it under another "
                           "name.")
                .arg(port));
    }
    if (request.headers.contains("origin") || request.method == "OPTIONS") {
        return refuse(
            403, QStringLiteral("browser_refused"),
            QStringLiteral("Lava is called from backends only: a request from a browser page would hand the "
                           "token to everyone who opens the page. Call your own backend, and let it call "
                           "Lava."));
    }
    return {};
}

QString payerText(const TokenFields& fields) {
    switch (payerOf(fields)) {
    case Payer::Customer:
        return QStringLiteral("customer ") + fields.customerId.value();
    case Payer::ProviderAccount:
        return QStringLiteral("provider account");
    case Payer::Merchant:
    case Payer::MerchantMetered:
    case Payer::MerchantCustomerTracked:
        return QStringLiteral("merchant");
    case Payer::Unknown:
        break;
    }
    return {};
}

Judged<Billing> billingOf(const TokenFields& fields, const SandboxConfig& config) {
    if (fields.customerId.hasValue() && !fields.meterSlug.hasValue()) {
        return refuse(
            400, QStringLiteral("meter_slug_missing"),
            QStringLiteral("The token has a customer_id but no meter_slug. A customer is billed by a meter: "
                           "name both, or neither."));
    }
    Billing billing;
    billing.payer = payerOf(fields);
    billing.ownProviderKey = fields.providerKey.hasValue() && !fields.providerKey.value().isEmpty();
    if (fields.meterSlug.hasValue()) {
        const SandboxMeter* meter = findMeter(config, fields.meterSlug.value());
        if (!meter) {
            return refuse(
                404, QStringLiteral("meter_not_found"),
                QStringLiteral("There is no meter `%1` in this sandbox.").arg(fields.meterSlug.value()));
        }
        billing.meter = *meter;
    }
    if (fields.customerId.hasValue()) {
        const SandboxCustomer* customer = findCustomer(config, fields.customerId.value());
        if (!customer) {
            return refuse(
                404, QStringLiteral("customer_not_found"),
                QStringLiteral("There is no customer `%1` in this sandbox.").arg(fields.customerId.value()));
        }
        if (!customer->meters.isEmpty() && !customer->meters.contains(billing.meter.slug)) {
            return refuse(
                403, QStringLiteral("meter_not_on_plan"),
                QStringLiteral("The meter `%1` is not on the plan of customer `%2`. disable_billing does not "
                               "change that.")
                    .arg(billing.meter.slug, customer->id));
        }
    }
    return billing;
}

Judged<void> checkFunds(const TokenFields& fields, const Billing& billing, const Ledger& ledger) {
    if (billing.payer == Payer::Customer) {
        const qint64 balance =
            ledger.customerBalance(fields.secretKey, fields.customerId.value()).value_or(0);
        if (balance <= 0) {
            return refuse(
                402, QStringLiteral("customer_out_of_funds"),
                QStringLiteral("Customer `%1` has no credit left. The customer must top up or subscribe; "
                               "nothing was forwarded.")
                    .arg(fields.customerId.value()));
        }
        return {};
    }
    if (billing.ownProviderKey || ledger.merchantBalance(fields.secretKey) > 0) {
        return {};
    }
    return refuse(
        402, QStringLiteral("wallet_empty"),
        QStringLiteral("The merchant wallet of %1 is empty. Add funds under Wallet > Billing (here: the "
                       "sandbox's balance); nothing was forwarded.")
            .arg(fields.secretKey.masked()));
}

qint64 settle(const TokenFields& fields, const Billing& billing, Ledger& ledger, CallRecord& record) {
    if (billing.payer == Payer::Customer) {
        record.chargeMicros = meterCharge(billing.meter, record.totalTokens(), record.costMicros());
        ledger.chargeCustomer(fields.secretKey, fields.customerId.value(), record.chargeMicros);
        return record.chargeMicros;
    }
    const qint64 cost = billing.ownProviderKey ? 0 : record.costMicros();
    ledger.chargeMerchant(fields.secretKey, cost);
    return cost;
}

Judged<QMap<QString, QString>> metadataOf(const ReceivedRequest& request, const Query& query) {
    QMap<QString, QString> metadata;
    std::optional<QByteArray> text = request.headers.value("x-lava-metadata");
    if (!text) {
        text = query.value("metadata");
    }
    if (!text) {
        return metadata;
    }
    const auto unfit = [](const QString& why) {
        return refuse(400, QStringLiteral("metadata_invalid"), why);
    };
    json::Document document;
    if (document.scan(*text) || !document.root().isObject()) {
        return unfit(QStringLiteral("x-lava-metadata is not a JSON object."));
    }
    constexpr qsizetype mostPairs = 100;
    if (document.root().size() > mostPairs) {
        return unfit(QStringLiteral("x-lava-metadata has more than 100 pairs."));
    }
    for (json::View member = document.root().firstChild(); member.exists(); member = member.nextSibling()) {
        const QString name = member.name();
        const QString value = member.toString();
        if (!hasMetadataLength(name) || !isMetadataName(name) || !hasMetadataLength(value)) {
            return unfit(QStringLiteral(
                "x-lava-metadata: names and values are texts of 1 to 255 characters, names only "
                "of ASCII letters, digits and _."));
        }
        metadata.insert(name, value);
    }
    return metadata;
}

Headers rateHeaders(const RateState& rate) {
    if (rate.limit <= 0) {
        return {};
    }
    return {{"X-RateLimit-Limit", QByteArray::number(rate.limit)},
            {"X-RateLimit-Remaining", QByteArray::number(rate.remaining)},
            {"X-RateLimit-Reset", QByteArray::number((rate.resetAtMs + 999) / 1000)}};
}

Refusal rateRefusal(const RateState& rate, qint64 nowMs) {
    const qint64 seconds = std::max<qint64>(1, (rate.resetAtMs - nowMs + 999) / 1000);
    return {429,
            QStringLiteral("rate_limit_exceeded"),
            QStringLiteral("More than %1 requests in a minute with this key. Try again in %2 s.")
                .arg(rate.limit)
                .arg(seconds),
            {{"Retry-After", QByteArray::number(seconds)}}};
}

Refusal faultRefusal(const FaultSpec& fault) {
    Refusal refusal{fault.status,
                    QStringLiteral("sandbox_fault"),
                    QStringLiteral("The sandbox was told to answer %1 (fault `%2`).")
                        .arg(fault.status)
                        .arg(faultText(fault)),
                    {}};
    if (fault.retryAfter) {
        refusal.headers.append("Retry-After", secondsText(*fault.retryAfter).toLatin1());
    }
    return refusal;
}

} // namespace lavascope
