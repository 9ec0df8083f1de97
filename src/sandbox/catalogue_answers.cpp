// SPDX-License-Identifier: MIT
#include "sandbox/catalogue_answers.h"

#include "core/json/writer.h"
#include "sandbox/rest_page.h"

#include <algorithm>

namespace lavascope {

namespace {

using json::Writer;

// The sandbox begins with every start of the program; a fixed past keeps its answers alike.
constexpr qint64 createdAtMs = 1'767'225'600'000; // 2026-01-01
constexpr qint64 cycleEndMs = 1'798'761'600'000;  // 2027-01-01
const QString planId = QStringLiteral("plan_sandbox");
const QString planName = QStringLiteral("Sandbox plan");

void writeTier(Writer& writer, const SandboxMeter& meter) {
    const bool byTokens = meter.microsPerMillionTokens > 0;
    writer.beginObject();
    writer.member("start", 0);
    writer.member("rate", decimalDollars(byTokens ? meter.microsPerMillionTokens : meter.microsPerRequest));
    writer.member("type", byTokens ? "tokens_1m" : "requests");
    writer.endObject();
}

[[nodiscard]] QByteArray meterJson(const SandboxMeter& meter) {
    Writer writer;
    writer.beginObject();
    writer.member("meter_id", meter.slug);
    writer.member("meter_slug", meter.slug);
    writer.member("name", meter.slug);
    writer.member("rate_type", "fixed");
    writer.name("tiers");
    writer.beginArray();
    writeTier(writer, meter);
    writer.endArray();
    writer.member("created_at", isoTime(createdAtMs));
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] QString subscriptionId(const SandboxCustomer& customer) {
    return QStringLiteral("sub_") + customer.id;
}

[[nodiscard]] QByteArray customerJson(const SandboxCustomer& customer) {
    Writer writer;
    writer.beginObject();
    writer.member("customer_id", customer.id);
    writer.name("reference_id");
    writer.null();
    writer.name("contact");
    writer.beginObject();
    writer.member("phone", "+10000000000");
    writer.member("email", "customer@example.invalid");
    writer.member("first_name", "Sandbox");
    writer.member("last_name", "Customer");
    writer.endObject();
    writer.name("subscription");
    writer.beginObject();
    writer.member("subscription_id", subscriptionId(customer));
    writer.member("plan_id", planId);
    writer.member("name", planName);
    writer.member("status", "active");
    writer.endObject();
    writer.name("metadata");
    writer.null();
    writer.member("created_at", isoTime(createdAtMs));
    writer.endObject();
    return writer.bytes();
}

enum class Shape { OfCustomer, InList };

void writeSubscription(Writer& writer, const CatalogueQuestion& question, const SandboxCustomer& customer,
                       Shape shape) {
    const QString left = decimalDollars(
        question.ledger.customerBalance(question.key, customer.id).value_or(customer.balanceMicros));
    writer.beginObject();
    writer.member("subscription_id", subscriptionId(customer));
    writer.member("plan_id", planId);
    writer.member("status", "active");
    writer.name("auto_top_up_bundle_id");
    writer.null();
    writer.member("started_at", isoTime(createdAtMs));
    writer.name("cancelled_at");
    writer.null();
    writer.member("cycle_start_at", isoTime(createdAtMs));
    writer.member("cycle_end_at", isoTime(cycleEndMs));
    writer.name("plan");
    writer.beginObject();
    writer.member("name", planName);
    writer.member("period_amount", decimalDollars(0));
    writer.member("included_credit", decimalDollars(customer.balanceMicros));
    writer.member("billing_interval", "year");
    writer.member("rollover_type", "none");
    writer.member("bundle_rollover_type", "none");
    writer.endObject();
    writer.name("credits");
    writer.beginObject();
    writer.member("total_remaining", left);
    writer.member("cycle_remaining", left);
    writer.member("bundle_remaining", decimalDollars(0));
    writer.endObject();
    writer.name("pending_change");
    writer.null();
    if (shape == Shape::InList) {
        writer.member("customer_id", customer.id);
        writer.name("customer");
        writer.beginObject();
        writer.member("phone", "+10000000000");
        writer.endObject();
    }
    writer.endObject();
}

[[nodiscard]] Judged<QByteArray> oneCustomer(const CatalogueQuestion& question, const QString& id,
                                             bool asksForSubscription) {
    const auto& customers = question.config.customers;
    const auto found = std::find_if(customers.begin(), customers.end(),
                                    [&](const SandboxCustomer& customer) { return customer.id == id; });
    if (found == customers.end()) {
        return refuse(404, QStringLiteral("customer_not_found"),
                      QStringLiteral("There is no customer `%1` in the sandbox.").arg(id));
    }
    if (!asksForSubscription) {
        return customerJson(*found);
    }
    Writer writer;
    writer.beginObject();
    writer.name("subscription");
    writeSubscription(writer, question, *found, Shape::OfCustomer);
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] Judged<QByteArray> customerBody(const CatalogueQuestion& question, const QStringList& parts) {
    if (parts.isEmpty()) {
        QStringList ids;
        QList<QByteArray> items;
        for (const SandboxCustomer& customer : question.config.customers) {
            ids.append(customer.id);
            items.append(customerJson(customer));
        }
        return pageBody(question.query, ids, items);
    }
    const bool asksForSubscription = parts.size() == 2 && parts.at(1) == QStringLiteral("subscription");
    if (parts.size() > 1 && !asksForSubscription) {
        return refuse(404, QStringLiteral("not_found"), QStringLiteral("There is no such path here."));
    }
    return oneCustomer(question, parts.first(), asksForSubscription);
}

[[nodiscard]] Judged<QByteArray> meterBody(const CatalogueQuestion& question, const QStringList& parts) {
    QStringList slugs;
    QList<QByteArray> items;
    for (const SandboxMeter& meter : question.config.meters) {
        slugs.append(meter.slug);
        items.append(meterJson(meter));
    }
    if (parts.isEmpty()) {
        return pageBody(question.query, slugs, items);
    }
    const qsizetype at = slugs.indexOf(parts.first());
    if (at < 0 || parts.size() > 1) {
        return refuse(404, QStringLiteral("meter_not_found"),
                      QStringLiteral("There is no meter `%1` in the sandbox.").arg(parts.first()));
    }
    return items.at(at);
}

[[nodiscard]] Judged<QByteArray> subscriptionList(const CatalogueQuestion& question) {
    QStringList ids;
    QList<QByteArray> items;
    const std::optional<QByteArray> wanted = question.query.value("customer_id");
    const bool wantsActive = question.query.value("status").value_or("all") != "cancelled";
    for (const SandboxCustomer& customer : question.config.customers) {
        if (!wantsActive || (wanted && *wanted != customer.id.toUtf8())) {
            continue;
        }
        Writer writer;
        writeSubscription(writer, question, customer, Shape::InList);
        ids.append(subscriptionId(customer));
        items.append(writer.bytes());
    }
    return pageBody(question.query, ids, items);
}

[[nodiscard]] QStringList partsBelow(const QByteArray& path, const char* begin) {
    QStringList parts;
    for (const QByteArray& part : path.mid(qsizetype(qstrlen(begin))).split('/')) {
        if (!part.isEmpty()) {
            parts.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
        }
    }
    return parts;
}

[[nodiscard]] bool isBelow(const QByteArray& path, const QByteArray& begin) {
    return path == begin || path.startsWith(begin + '/');
}

} // namespace

bool isCataloguePath(const QByteArray& path) {
    return isBelow(path, "/v1/customers") || isBelow(path, "/v1/meters") || path == "/v1/subscriptions";
}

Judged<QByteArray> catalogueBody(const CatalogueQuestion& question) {
    if (isBelow(question.path, "/v1/customers")) {
        return customerBody(question, partsBelow(question.path, "/v1/customers"));
    }
    if (isBelow(question.path, "/v1/meters")) {
        return meterBody(question, partsBelow(question.path, "/v1/meters"));
    }
    return subscriptionList(question);
}

} // namespace lavascope
