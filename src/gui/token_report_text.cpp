// SPDX-License-Identifier: MIT
#include "gui/token_report_text.h"

#include "core/base/visible_text.h"
#include "gui/widgets/token_field_table.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace lavascope {

namespace {

constexpr qsizetype longestValue = 500;

QString translated(const char* text) {
    return QCoreApplication::translate("TokenReport", text);
}

// One line of plain text, every character that Markdown or HTML could take for its own escaped.
QString prose(const QString& text) {
    static const QRegularExpression markup(QStringLiteral(R"(([\\`*_\[\]<>|~&]))"));
    return withVisibleChips(text.simplified().left(longestValue)).replace(markup, QStringLiteral(R"(\\1)"));
}

// Inside code nothing is markup but backticks; a longer fence than any in the text keeps them in.
QString code(const QString& text) {
    const QString line = withVisibleChips(text.simplified().left(longestValue));
    qsizetype longestRun = 0;
    qsizetype run = 0;
    for (const QChar c : line) {
        run = c == QLatin1Char('`') ? run + 1 : 0;
        longestRun = qMax(longestRun, run);
    }
    const QString fence(longestRun + 1, QLatin1Char('`'));
    const QString blank = longestRun > 0 ? QStringLiteral(" ") : QString();
    return fence + blank + line + blank + fence;
}

QString fieldLine(const TokenFieldReport& field) {
    QString line = QStringLiteral("- %1: %2").arg(code(field.name), stateWord(field.state));
    const QString shown = field.masked.isEmpty() ? field.value : field.masked;
    if (!shown.isEmpty())
        line += QLatin1Char(' ') + code(shown);
    if (!field.fingerprint.isEmpty())
        line += translated(", fingerprint ") + code(field.fingerprint);
    return line;
}

QString findingLine(const Finding& finding) {
    QString line =
        QStringLiteral("- %1: %2").arg(translated(severityName(finding.severity)), prose(finding.message));
    if (finding.range)
        line += translated(" (byte %1)").arg(finding.range->begin);
    if (!finding.fix.isEmpty())
        line += QLatin1Char(' ') + prose(finding.fix);
    return line;
}

} // namespace

QString spaced(const QString& name) {
    return QString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString safeReport(const TokenReport& report) {
    const auto word = [](const char* name) { return spaced(QString::fromLatin1(name)); };
    QStringList lines{QStringLiteral("**%1**").arg(prose(report.headline)), QString()};
    lines += translated("- Kind: %1").arg(word(kindName(report.kind)));
    lines += translated("- Mode: %1").arg(word(modeName(report.mode)));
    lines += translated("- Payer: %1").arg(word(payerName(report.payer)));
    lines += translated("- Usable: %1").arg(report.usable ? translated("yes") : translated("no"));
    if (!report.layers.isEmpty())
        lines += translated("- Peeled off: %1").arg(spaced(report.layers.join(QStringLiteral(", "))));
    if (!report.fields.empty())
        lines += {QString(), translated("Fields:"), QString()};
    for (const TokenFieldReport& field : report.fields)
        lines += fieldLine(field);
    for (const QString& name : report.unknownFields)
        lines += QStringLiteral("- %1: %2").arg(code(name), translated("not a field that the gateway knows"));
    if (!report.findings.empty())
        lines += {QString(), translated("Findings:"), QString()};
    for (const Finding& finding : report.findings)
        lines += findingLine(finding);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace lavascope
