// SPDX-License-Identifier: MIT
#include "core/token/batch_summary.h"

#include <algorithm>

namespace lavascope {

namespace {

const TokenFieldReport* fieldOf(const TokenReport& report, const char* name) {
    const auto found =
        std::find_if(report.fields.begin(), report.fields.end(),
                     [&](const TokenFieldReport& field) { return field.name == QLatin1String(name); });
    return found == report.fields.end() ? nullptr : &*found;
}

QString shown(const TokenReport& report, const char* name) {
    const TokenFieldReport* field = fieldOf(report, name);
    return field ? field->masked : QString();
}

const Finding* firstError(const TokenReport& report) {
    const auto found =
        std::find_if(report.findings.begin(), report.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::Error; });
    return found == report.findings.end() ? nullptr : &*found;
}

} // namespace

void BatchSummary::add(const TokenReport& report) {
    ++m_total;
    m_usable += report.usable ? 1 : 0;
    m_live += report.mode == Mode::Live ? 1 : 0;
    m_test += report.mode == Mode::Test ? 1 : 0;
    ++m_kinds[QString::fromLatin1(kindName(report.kind))];
    if (const TokenFieldReport* key = fieldOf(report, "secret_key"); key && !key->fingerprint.isEmpty())
        m_keys.insert(key->fingerprint);
    QString customer = shown(report, "customer_id");
    if (customer.isEmpty())
        customer = shown(report, "connection_id");
    if (!customer.isEmpty())
        ++m_customers[customer];
    if (report.usable)
        return;
    if (const Finding* error = firstError(report)) {
        ++m_reasons[error->code];
        if (!m_sentences.contains(error->code))
            m_sentences.insert(error->code, error->message);
    }
}

QString BatchSummary::headline() const {
    if (m_total == 0)
        return QStringLiteral("No credential was found.");
    const auto counted = [](qint64 count, const char* one, const char* many) {
        return QStringLiteral("%1 %2").arg(count).arg(QLatin1String(count == 1 ? one : many));
    };
    QString text = counted(m_total, "credential", "credentials");
    text += QStringLiteral(": %1 live, %2 test").arg(m_live).arg(m_test);
    if (const qint64 unknown = m_total - m_live - m_test; unknown > 0)
        text += QStringLiteral(", %1 neither").arg(unknown);
    text +=
        broken() == 0 ? QStringLiteral("; all usable.") : QStringLiteral("; %1 not usable.").arg(broken());
    return text;
}

std::vector<BatchCount> BatchSummary::sorted(const QHash<QString, qint64>& counts) {
    std::vector<BatchCount> list;
    list.reserve(size_t(counts.size()));
    for (auto count = counts.begin(); count != counts.end(); ++count)
        list.push_back({count.key(), count.value()});
    std::sort(list.begin(), list.end(), [](const BatchCount& a, const BatchCount& b) {
        return a.count != b.count ? a.count > b.count : a.name < b.name;
    });
    return list;
}

QByteArray batchCsvTitles() {
    return safeCsvRecord(
        {QStringLiteral("line"), QStringLiteral("label"), QStringLiteral("usable"), QStringLiteral("kind"),
         QStringLiteral("generation"), QStringLiteral("mode"), QStringLiteral("payer"),
         QStringLiteral("customer_id"), QStringLiteral("meter_slug"), QStringLiteral("secret_key"),
         QStringLiteral("fingerprint"), QStringLiteral("problem"), QStringLiteral("headline")});
}

QByteArray batchCsvRecord(const BatchItem& item) {
    const TokenReport& report = item.report;
    const TokenFieldReport* key = fieldOf(report, "secret_key");
    const Finding* error = firstError(report);
    return safeCsvRecord(
        {QString::number(item.line), item.label, report.usable ? QStringLiteral("yes") : QStringLiteral("no"),
         QString::fromLatin1(kindName(report.kind)), QString::fromLatin1(generationName(report.generation)),
         QString::fromLatin1(modeName(report.mode)), QString::fromLatin1(payerName(report.payer)),
         shown(report, "customer_id"), shown(report, "meter_slug"), key ? key->masked : QString(),
         key ? key->fingerprint : QString(), error ? error->code : QString(), report.headline});
}

} // namespace lavascope
