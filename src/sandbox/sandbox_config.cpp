// SPDX-License-Identifier: MIT
#include "sandbox/sandbox_config.h"

#include "core/json/document.h"
#include "sandbox/config_node.h"
#include "sandbox/prices.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

constexpr qint64 mostMoneyMicros = 1'000'000'000'000'000; // a billion dollars

[[nodiscard]] Result<void> takeCustomer(const ConfigNode& node, QList<SandboxCustomer>& customers) {
    SandboxCustomer customer;
    Result<void> taken =
        takeMembers(node, {{"id", intoText(customer.id)},
                           {"balance_usd", intoMicros(customer.balanceMicros, mostMoneyMicros)},
                           {"meters", intoTexts(customer.meters)}});
    if (!taken) {
        return taken;
    }
    if (customer.id.isEmpty()) {
        return node.unfit(QStringLiteral("an object with an `id`"));
    }
    const bool known = std::any_of(customers.begin(), customers.end(),
                                   [&](const SandboxCustomer& other) { return other.id == customer.id; });
    if (known) {
        return node.member("id").unfit(QStringLiteral("an id that no other customer has"));
    }
    customers.append(customer);
    return {};
}

[[nodiscard]] Result<void> takeMeter(const ConfigNode& node, QList<SandboxMeter>& meters) {
    SandboxMeter meter;
    Result<void> taken = takeMembers(
        node, {{"slug", intoText(meter.slug)},
               {"usd_per_request", intoMicros(meter.microsPerRequest, highestPriceMicros)},
               {"usd_per_million_tokens", intoMicros(meter.microsPerMillionTokens, highestPriceMicros)}});
    if (!taken) {
        return taken;
    }
    if (meter.slug.isEmpty()) {
        return node.unfit(QStringLiteral("an object with a `slug`"));
    }
    const bool known = std::any_of(meters.begin(), meters.end(),
                                   [&](const SandboxMeter& other) { return other.slug == meter.slug; });
    if (known) {
        return node.member("slug").unfit(QStringLiteral("a slug that no other meter has"));
    }
    meters.append(meter);
    return {};
}

template <Result<FaultSpec> parse(const QString&)>
[[nodiscard]] Result<void> takeFault(const ConfigNode& node, QList<FaultSpec>& faults) {
    QString text;
    if (Result<void> taken = intoText(text)(node); !taken) {
        return taken;
    }
    const Result<FaultSpec> fault = parse(text);
    if (!fault) {
        return node.unfit(QStringLiteral("a fault: %1").arg(fault.error().message));
    }
    faults.append(*fault);
    return {};
}

[[nodiscard]] Result<void> takeProviderKeys(const ConfigNode& node, QMap<QString, Secret>& keys) {
    if (!node.view().isObject()) {
        return node.unfit(QStringLiteral("an object of host names and keys"));
    }
    keys.clear();
    for (json::View view = node.view().firstChild(); view.exists(); view = view.nextSibling()) {
        const ConfigNode entry = node.namedChild(view);
        const QString host = view.name();
        if (host.isEmpty() ||
            QUrl(QStringLiteral("https://%1/").arg(host), QUrl::StrictMode).host() != host) {
            return entry.unfit(QStringLiteral("named by a host in lower case, such as api.openai.com"));
        }
        const QString key = view.toString();
        // A source would be sent to the provider as if it were the key.
        if (!view.isString() || key.isEmpty() || key.startsWith(QLatin1String("env:")) ||
            key.startsWith(QLatin1String("file:"))) {
            return entry.unfit(QStringLiteral("the provider's key itself"));
        }
        const bool printable = std::all_of(key.begin(), key.end(),
                                           [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
        if (!printable) {
            return entry.unfit(QStringLiteral("a key of printable ASCII characters without blanks"));
        }
        keys.insert(host, Secret(key.toUtf8()));
    }
    return {};
}

[[nodiscard]] ConfigTaker intoUpstream(bool& passthrough) {
    return [&passthrough](const ConfigNode& node) -> Result<void> {
        const QString name = node.view().toString();
        if (name != QLatin1String("builtin") && name != QLatin1String("passthrough")) {
            return node.unfit(QStringLiteral("\"builtin\" or \"passthrough\""));
        }
        passthrough = name == QLatin1String("passthrough");
        return {};
    };
}

[[nodiscard]] Result<void> takeConfig(const ConfigNode& root, SandboxConfig& config) {
    const auto list = [](auto& out, auto takeOne) -> ConfigTaker {
        return [&out, takeOne](const ConfigNode& node) {
            out.clear();
            return takeElements(node, [&](const ConfigNode& element) { return takeOne(element, out); });
        };
    };
    constexpr qint64 highestPort = 65'535;
    constexpr qint64 mostPerMinute = 1'000'000;
    constexpr double slowestPace = 100;
    return takeMembers(
        root, {{"port",
                intoInteger(0, highestPort, [&](qint64 port) { config.port = static_cast<quint16>(port); })},
               {"upstream", intoUpstream(config.passthrough)},
               {"pace", intoNumber(config.pace, 0, slowestPace)},
               {"merchant_balance_usd", intoMicros(config.merchantBalanceMicros, mostMoneyMicros)},
               {"requests_per_minute",
                intoInteger(0, mostPerMinute,
                            [&](qint64 limit) { config.requestsPerMinute = static_cast<int>(limit); })},
               {"customers", list(config.customers, takeCustomer)},
               {"meters", list(config.meters, takeMeter)},
               {"faults", list(config.faults, takeFault<parseFault>)},
               {"coach", list(config.coach, takeFault<parseCoachStep>)},
               {"provider_keys",
                [&](const ConfigNode& node) { return takeProviderKeys(node, config.providerKeys); }},
               {"allowed_targets", intoTexts(config.allowedTargets)}});
}

[[nodiscard]] QString missingMeter(const SandboxCustomer& customer, const SandboxConfig& config) {
    for (const QString& slug : customer.meters) {
        const bool known = std::any_of(config.meters.begin(), config.meters.end(),
                                       [&](const SandboxMeter& meter) { return meter.slug == slug; });
        if (!known) {
            return slug;
        }
    }
    return {};
}

/// A plan may only name meters that there are. The example customers that no longer fit own meters go.
[[nodiscard]] Result<void> checkPlans(const ConfigNode& root, SandboxConfig& config) {
    const ConfigNode customers = root.member("customers");
    if (!customers.view().exists()) {
        config.customers.removeIf(
            [&](const SandboxCustomer& customer) { return !missingMeter(customer, config).isEmpty(); });
        return {};
    }
    for (const SandboxCustomer& customer : std::as_const(config.customers)) {
        if (const QString slug = missingMeter(customer, config); !slug.isEmpty()) {
            return customers.unfit(
                QStringLiteral(
                    "a list of customers whose meters are in `meters`; `%1` has `%2`, which is not")
                    .arg(customer.id, slug));
        }
    }
    return {};
}

} // namespace

SandboxConfig SandboxConfig::standard() {
    SandboxConfig config;
    config.meters = {{QStringLiteral("demo-meter"), 0, 4'000'000},
                     {QStringLiteral("per-request"), 1'000, 0},
                     {QStringLiteral("pass-on"), 0, 0}};
    config.customers = {{QStringLiteral("conn_demo"), 5'000'000, {}},
                        {QStringLiteral("conn_empty"), 0, {}},
                        {QStringLiteral("conn_one_meter"), 5'000'000, {QStringLiteral("demo-meter")}}};
    return config;
}

Result<SandboxConfig> parseSandboxConfig(const QByteArray& json) {
    json::Document document;
    if (const std::optional<json::Fault> fault = document.scan(json)) {
        return fail(QStringLiteral("config_invalid"),
                    QStringLiteral("The configuration is not JSON: line %1, column %2: %3.")
                        .arg(fault->line)
                        .arg(fault->column)
                        .arg(fault->message),
                    {}, fault->offset);
    }
    if (const std::vector<json::Duplicate> duplicates = json::duplicateNames(document); !duplicates.empty()) {
        const json::Position position = json::positionOf(json, duplicates.front().second.begin);
        return fail(QStringLiteral("config_invalid"),
                    QStringLiteral("`%1` stands twice in one object (line %2, column %3).")
                        .arg(duplicates.front().name)
                        .arg(position.line)
                        .arg(position.column),
                    {}, duplicates.front().second.begin);
    }
    SandboxConfig config = SandboxConfig::standard();
    const ConfigNode root(document, document.root(), {});
    if (const Result<void> taken = takeConfig(root, config); !taken) {
        return tl::unexpected(taken.error());
    }
    if (const Result<void> plans = checkPlans(root, config); !plans) {
        return tl::unexpected(plans.error());
    }
    return config;
}

} // namespace lavascope
