// SPDX-License-Identifier: MIT
#include "core/diagnosis/retry_report_text.h"

#include "core/diagnosis/retry_waits.h"
#include "core/json/writer.h"

namespace lavascope {

namespace {

using Severity = RetryFinding::Severity;

[[nodiscard]] qint64 milliseconds(std::chrono::microseconds time) {
    return std::chrono::round<std::chrono::milliseconds>(time).count();
}

void writeTries(json::Writer& writer, const RetryExchange& exchange) {
    const QList<RetryWait> waits = waitsOf(exchange);
    writer.name("tries");
    writer.beginArray();
    for (qsizetype index = 0; index < exchange.tries.size(); ++index) {
        const RetryTry& each = exchange.tries[index];
        writer.beginObject();
        writer.member("number", index + 1);
        writer.member("at_ms", milliseconds(each.arrivedAt - exchange.tries.constFirst().arrivedAt));
        std::optional<qint64> after;
        if (index > 0 && !waits[index - 1].overlaps)
            after = milliseconds(waits[index - 1].length);
        writer.member("after_ms", after);
        writer.member("overlapping", index > 0 && waits[index - 1].overlaps);
        writer.member("answer", answerText(each));
        writer.member("status", each.status == 0 ? std::nullopt : std::optional(each.status));
        std::optional<qint64> asked;
        if (each.retryAfter)
            asked = each.retryAfter->count();
        writer.member("retry_after_ms", asked);
        writer.endObject();
    }
    writer.endArray();
}

} // namespace

QByteArray retryReportJson(const RetryReport& report) {
    json::Writer writer;
    writer.beginObject();
    writer.member("exchange", report.exchange.number);
    writer.member("client", report.exchange.client);
    writer.member("target", report.exchange.target);
    writer.member("finished", report.exchange.finished);
    writer.member("verdict", verdictName(report.verdict));
    writeTries(writer, report.exchange);
    writer.name("findings");
    writer.beginArray();
    for (const RetryFinding& finding : report.findings) {
        writer.beginObject();
        writer.member("name", finding.name);
        writer.member("severity", severityName(finding.severity));
        writer.member("message", finding.message);
        writer.memberOrNull("advice", finding.advice);
        writer.endObject();
    }
    writer.endArray();
    writer.endObject();
    return writer.bytes();
}

QString verdictText(RetryVerdict verdict) {
    switch (verdict) {
    case RetryVerdict::Good:
        return QStringLiteral("✓ good");
    case RetryVerdict::Improvable:
        return QStringLiteral("▲ improvable");
    case RetryVerdict::Bad:
        break;
    }
    return QStringLiteral("✕ bad");
}

QString severitySign(Severity severity) {
    switch (severity) {
    case Severity::Good:
        return QStringLiteral("✓");
    case Severity::Note:
        return QStringLiteral("•");
    case Severity::Warning:
        return QStringLiteral("▲");
    case Severity::Error:
        break;
    }
    return QStringLiteral("✕");
}

QStringList retryReportLines(const RetryReport& report) {
    const RetryExchange& exchange = report.exchange;
    QStringList lines{QStringLiteral("retry coach: exchange %1: %2 · client %3 · %4")
                          .arg(QString::number(exchange.number), verdictText(report.verdict), exchange.client,
                               exchange.target)};
    const QList<RetryWait> waits = waitsOf(exchange);
    for (qsizetype index = 0; index < exchange.tries.size(); ++index) {
        const RetryTry& each = exchange.tries[index];
        QString line = QStringLiteral("  try %1: %2").arg(QString::number(index + 1), answerText(each));
        if (each.retryAfter)
            line += QStringLiteral(", asked to wait %1").arg(pauseText(*each.retryAfter));
        if (index > 0)
            line += QStringLiteral(" · came %1").arg(laterText(waits[index - 1]));
        lines.append(line);
    }
    for (const RetryFinding& finding : report.findings) {
        lines.append(
            QStringLiteral("  %1 %2: %3").arg(severitySign(finding.severity), finding.name, finding.message));
        if (!finding.advice.isEmpty())
            lines.append(QStringLiteral("    → %1").arg(finding.advice));
    }
    return lines;
}

} // namespace lavascope
