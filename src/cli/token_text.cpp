// SPDX-License-Identifier: MIT
#include "cli/token_text.h"

#include "core/token/utf8.h"

namespace lavascope {

namespace {

QString padded(const QString& text, int width) {
    return text.leftJustified(width);
}

QString spaced(const char* name) {
    return QString::fromLatin1(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace

void printTokenReport(Terminal& terminal, const TokenReport& report, bool reveal) {
    terminal.printLine(report.headline, Ink::Strong);
    terminal.printLine(QStringLiteral("  %1 · %2 · payer: %3 · %4")
                           .arg(spaced(kindName(report.kind)), spaced(modeName(report.mode)),
                                spaced(payerName(report.payer)),
                                report.usable ? QStringLiteral("usable") : QStringLiteral("not usable")));
    if (!report.fields.empty())
        terminal.printLine(u"");
    for (const TokenFieldReport& field : report.fields) {
        QString line = QStringLiteral("  ") + padded(field.name, 18);
        if (field.state == FieldState::Value)
            line += field.masked.isEmpty() ? field.value : field.masked;
        else
            line += field.state == FieldState::Null ? QStringLiteral("null") : QStringLiteral("(absent)");
        if (!field.fingerprint.isEmpty())
            line += QStringLiteral("   fingerprint ") + field.fingerprint;
        terminal.printLine(line);
        if (reveal && !field.secret.isEmpty())
            terminal.printLine(QStringLiteral("  ") + padded(QString(), 18) +
                               textOfUtf8(field.secret.reveal()));
    }
    if (!report.layers.isEmpty())
        terminal.printLine(
            QStringLiteral("\n  peeled off: ") +
            QString(report.layers.join(QStringLiteral(", "))).replace(QLatin1Char('_'), QLatin1Char(' ')));
    if (!report.findings.empty())
        terminal.printLine(u"");
    for (const Finding& finding : report.findings) {
        const QString where =
            finding.range ? QStringLiteral(" at byte %1").arg(finding.range->begin) : QString();
        terminal.printLine(
            QStringLiteral("  %1%2: %3")
                .arg(QString::fromLatin1(severityName(finding.severity)), where, finding.message),
            inkOf(finding.severity));
        if (!finding.fix.isEmpty())
            terminal.printLine(QStringLiteral("    fix: ") + finding.fix);
    }
}

} // namespace lavascope
