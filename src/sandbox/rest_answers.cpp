// SPDX-License-Identifier: MIT
#include "sandbox/rest_answers.h"

#include "core/json/document.h"
#include "core/json/writer.h"
#include "sandbox/builtin/reply.h"
#include "sandbox/catalogue_answers.h"
#include "sandbox/rest_page.h"

#include <QDateTime>
#include <QMap>

#include <algorithm>
#include <array>
#include <optional>

namespace lavascope {

namespace {

using json::Writer;

/// `openai` for `api.openai.com`.
[[nodiscard]] QString providerName(const QString& host) {
    if (host.endsWith(QLatin1String(".googleapis.com"))) {
        return QStringLiteral("google");
    }
    const QStringList labels = host.split(QLatin1Char('.'));
    const bool named = labels.size() >= 2 && !labels.last().isEmpty() && labels.last().at(0).isLetter();
    return named ? labels.at(labels.size() - 2) : host;
}

void writeModelUsage(Writer& writer, const CallRecord& record) {
    writer.beginObject();
    writer.member("input_tokens", record.inputTokens);
    writer.member("output_tokens", record.outputTokens);
    writer.member("total_tokens", record.totalTokens());
    for (const char* unmetered : {"input_characters", "output_characters", "total_characters",
                                  "input_seconds", "output_seconds", "total_seconds"}) {
        writer.member(unmetered, 0);
    }
    writer.member("input_cost", decimalDollars(record.inputCostMicros));
    writer.member("output_cost", decimalDollars(record.outputCostMicros));
    writer.member("total_cost", decimalDollars(record.costMicros()));
    writer.endObject();
}

void writeCharge(Writer& writer, const CallRecord& record) {
    writer.beginObject();
    writer.member("amount", decimalDollars(record.chargeMicros));
    writer.member("rate_type", "fixed");
    writer.name("breakdown");
    writer.beginArray();
    if (record.chargeMicros > 0) {
        const bool byTokens = record.meter.microsPerMillionTokens > 0;
        writer.beginObject();
        writer.name("tier");
        writer.beginObject();
        writer.member("start", "0");
        writer.member("rate", decimalDollars(byTokens ? record.meter.microsPerMillionTokens
                                                      : record.meter.microsPerRequest));
        writer.member("type", byTokens ? "tokens_1m" : "requests");
        writer.endObject();
        writer.member("tokens", record.totalTokens());
        writer.member("characters", 0);
        writer.member("seconds", 0);
        writer.member("cost", decimalDollars(record.chargeMicros));
        writer.endObject();
    }
    writer.endArray();
    writer.endObject();
}

/// `[["feature","chat"]]`: every pair must be in the record.
[[nodiscard]] Judged<QMap<QString, QString>> filtersIn(const Query& query) {
    QMap<QString, QString> filters;
    const std::optional<QByteArray> text = query.value("metadata_filters");
    if (!text) {
        return filters;
    }
    json::Document document;
    const bool valid = !document.scan(*text) && document.root().isArray();
    for (json::View pair = document.root().firstChild(); pair.exists() && valid; pair = pair.nextSibling()) {
        if (pair.size() == 2 && pair.at(0).isString() && pair.at(1).isString()) {
            filters.insert(pair.at(0).toString(), pair.at(1).toString());
        }
    }
    if (!valid || filters.size() != document.root().size()) {
        return refuse(400, QStringLiteral("metadata_filters_invalid"),
                      QStringLiteral(
                          "metadata_filters is not a JSON array of pairs such as [[\"feature\",\"chat\"]]."));
    }
    return filters;
}

/// The caller's records that fit the filters, newest first.
[[nodiscard]] Judged<QList<CallRecord>> selected(const Query& query, const QList<CallRecord>& records) {
    Judged<QMap<QString, QString>> filters = filtersIn(query);
    if (!filters) {
        return tl::unexpected(std::move(filters.error()));
    }
    const std::optional<QByteArray> customer = query.value("customer_id");
    const std::optional<QByteArray> meter = query.value("meter_id");
    QList<CallRecord> fitting;
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        bool fits = !customer || record->customerId == QString::fromUtf8(*customer);
        fits = fits && (!meter || record->meterSlug == QString::fromUtf8(*meter));
        for (auto filter = filters->begin(); filter != filters->end() && fits; ++filter) {
            fits = record->metadata.contains(filter.key()) &&
                   record->metadata.value(filter.key()) == filter.value();
        }
        if (fits) {
            fitting.append(*record);
        }
    }
    return fitting;
}

[[nodiscard]] Judged<QByteArray> listBody(const Query& query, const QList<CallRecord>& records) {
    Judged<QList<CallRecord>> fitting = selected(query, records);
    if (!fitting) {
        return tl::unexpected(std::move(fitting.error()));
    }
    QStringList ids;
    QList<QByteArray> items;
    for (const CallRecord& record : std::as_const(*fitting)) {
        ids.append(record.requestId);
        items.append(recordJson(record));
    }
    return pageBody(query, ids, items);
}

struct UsageSum {
    qint64 requests = 0;
    qint64 tokens = 0;
    qint64 costMicros = 0;
    qint64 chargeMicros = 0;

    void add(const CallRecord& record) {
        ++requests;
        tokens += record.totalTokens();
        costMicros += record.costMicros();
        chargeMicros += record.chargeMicros;
    }
    void write(Writer& writer) const {
        writer.member("total_requests", requests);
        writer.member("total_usage_tokens", tokens);
        writer.member("total_cost", decimalDollars(costMicros));
        writer.member("total_charge", decimalDollars(chargeMicros));
    }
};

[[nodiscard]] Judged<qint64> timeIn(const Query& query, const char* name, std::optional<qint64> otherwise) {
    const std::optional<QByteArray> text = query.value(name);
    if (!text && otherwise) {
        return *otherwise;
    }
    QDateTime time =
        QDateTime::fromString(QString::fromLatin1(text.value_or(QByteArray())), Qt::ISODateWithMs);
    if (!time.isValid()) {
        return refuse(
            400, QStringLiteral("time_invalid"),
            QStringLiteral("%1 is not a time such as 2026-01-31T00:00:00Z.").arg(QLatin1String(name)));
    }
    if (time.timeSpec() == Qt::LocalTime) {
        time.setTimeSpec(Qt::UTC);
    }
    return time.toMSecsSinceEpoch();
}

[[nodiscard]] Judged<QByteArray> usageBody(const Query& query, const QList<CallRecord>& records,
                                           qint64 nowMs) {
    const Judged<qint64> start = timeIn(query, "start", std::nullopt);
    const Judged<qint64> end = timeIn(query, "end", nowMs + 1);
    Judged<QList<CallRecord>> fitting = selected(query, records);
    if (!start || !end) {
        return tl::unexpected(start ? end.error() : start.error());
    }
    if (!fitting) {
        return tl::unexpected(std::move(fitting.error()));
    }
    UsageSum total;
    QMap<QDate, UsageSum> days;
    for (const CallRecord& record : std::as_const(*fitting)) {
        if (record.createdAtMs >= *start && record.createdAtMs < *end) {
            total.add(record);
            days[QDateTime::fromMSecsSinceEpoch(record.createdAtMs, Qt::UTC).date()].add(record);
        }
    }
    Writer writer;
    writer.beginObject();
    writer.name("items");
    writer.beginArray();
    for (auto day = days.begin(); day != days.end(); ++day) {
        const QDateTime begin(day.key(), QTime(0, 0), Qt::UTC);
        writer.beginObject();
        writer.member("date", day.key().toString(Qt::ISODate));
        writer.member("start", begin.toString(Qt::ISODateWithMs));
        writer.member("end", begin.addDays(1).toString(Qt::ISODateWithMs));
        day->write(writer);
        writer.endObject();
    }
    writer.endArray();
    writer.name("totals");
    writer.beginObject();
    total.write(writer);
    writer.endObject();
    writer.endObject();
    return writer.bytes();
}

[[nodiscard]] Judged<QByteArray> recordBody(const QString& id, const QList<CallRecord>& records) {
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const CallRecord& record) { return record.requestId == id; });
    if (found == records.end()) {
        return refuse(
            404, QStringLiteral("request_not_found"),
            QStringLiteral("There is no request `%1` of this key in the sandbox. A request is recorded when "
                           "its answer ends; refused ones are not.")
                .arg(id));
    }
    return recordJson(*found);
}

[[nodiscard]] tl::unexpected<Refusal> unknownPath(const QByteArray& path) {
    constexpr auto absent = std::to_array<const char*>(
        {"/v1/rewrite", "/v1/chat/completions", "/v1/messages", "/v1/customers", "/v1/meters", "/v1/plans",
         "/v1/subscriptions", "/v1/credit_bundles", "/v1/checkout_sessions", "/v1/webhooks",
         "/v1/secret_keys", "/v1/spend_keys", "/v1/account", "/v1/auth"});
    const bool known =
        std::any_of(absent.begin(), absent.end(), [&](const char* begin) { return path.startsWith(begin); });
    if (known) {
        return refuse(
            404, QStringLiteral("not_in_sandbox"),
            QStringLiteral("Lava has this endpoint, the sandbox has not. It serves /v1/forward, /v1/models, "
                           "/v1/requests, /v1/usage, /v1/customers, /v1/meters and /v1/subscriptions."));
    }
    if (path.startsWith("/v1/forward/")) {
        return refuse(
            404, QStringLiteral("not_found"),
            QStringLiteral("There is nothing below /v1/forward. The provider URL goes into the parameter u: "
                           "/v1/forward?u=<percent-encoded provider URL>."));
    }
    return refuse(404, QStringLiteral("not_found"),
                  QStringLiteral("There is no such path here. Requests to providers go to /v1/forward?u=…"));
}

} // namespace

QByteArray recordJson(const CallRecord& record) {
    Writer writer;
    writer.beginObject();
    writer.member("request_id", record.requestId);
    writer.member("status", "completed");
    if (!record.customerId.isEmpty()) {
        writer.member("customer_id", record.customerId);
    }
    if (!record.meterSlug.isEmpty()) {
        writer.member("meter_id", record.meterSlug);
    }
    writer.member("provider", providerName(record.provider));
    writer.member("provider_key_type",
                  record.keyType == CallRecord::KeyType::Unmanaged ? "unmanaged" : "managed");
    if (!record.model.isEmpty()) {
        writer.member("model", record.model);
    }
    if (!record.responseId.isEmpty()) {
        writer.member("response_id", record.responseId);
    }
    writer.member("endpoint", record.endpoint);
    writer.name("model_usage");
    writeModelUsage(writer, record);
    writer.member("cost", decimalDollars(record.costMicros()));
    writer.name("charge");
    writeCharge(writer, record);
    writer.name("metadata");
    writer.beginObject();
    for (auto pair = record.metadata.begin(); pair != record.metadata.end(); ++pair) {
        writer.member(pair.key().toUtf8(), pair.value());
    }
    writer.endObject();
    writer.member("created_at", isoTime(record.createdAtMs));
    writer.endObject();
    return writer.bytes();
}

Judged<QByteArray> restBody(const ReceivedRequest& request, const SandboxConfig& config, const Ledger& ledger,
                            qint64 nowMs) {
    const QByteArray path = pathOfTarget(request.target);
    const Query query = Query::ofTarget(request.target);
    constexpr qsizetype idAt = sizeof("/v1/requests/") - 1;
    const bool asksForOne = path.startsWith("/v1/requests/") && path.size() > idAt;
    if (path != "/v1/models" && path != "/v1/requests" && path != "/v1/usage" && !asksForOne &&
        !isCataloguePath(path)) {
        return unknownPath(path);
    }
    const Judged<Caller> caller = callerOf(request, query);
    if (!caller) {
        return tl::unexpected(caller.error());
    }
    if (request.method != "GET" && request.method != "HEAD") {
        return refuse(405, QStringLiteral("method_not_allowed"),
                      QStringLiteral("The sandbox answers GET on this path."), {{"Allow", "GET, HEAD"}});
    }
    if (path == "/v1/models") {
        return modelsBody({}, nowMs);
    }
    if (isCataloguePath(path)) {
        return catalogueBody({path, query, caller->fields.secretKey, config, ledger});
    }
    const QList<CallRecord> records = ledger.records(caller->fields.secretKey);
    if (path == "/v1/usage") {
        return usageBody(query, records, nowMs);
    }
    return asksForOne ? recordBody(QString::fromLatin1(path.mid(idAt)), records) : listBody(query, records);
}

} // namespace lavascope
