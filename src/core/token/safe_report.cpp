// SPDX-License-Identifier: MIT
#include "core/token/safe_report.h"

#include "core/base/visible_text.h"
#include "core/token/credential_finder.h"

#include <QRegularExpression>

namespace lavascope {

namespace {

constexpr qsizetype longestValue = 500;

const char* stateWord(FieldState state) {
    switch (state) {
    case FieldState::Value:
        return "set";
    case FieldState::Null:
        return "null";
    case FieldState::Absent:
        break;
    }
    return "absent";
}

QString spaced(QString name) {
    return name.replace(QLatin1Char('_'), QLatin1Char(' '));
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
    QString line =
        QStringLiteral("- %1: %2").arg(code(field.name), QString::fromLatin1(stateWord(field.state)));
    const QString shown = field.masked.isEmpty() ? field.value : field.masked;
    if (!shown.isEmpty())
        line += QLatin1Char(' ') + code(shown);
    if (!field.fingerprint.isEmpty())
        line += QStringLiteral(", fingerprint ") + code(field.fingerprint);
    return line;
}

QString findingLine(const Finding& finding) {
    QString line = QStringLiteral("- %1: %2")
                       .arg(QString::fromLatin1(severityName(finding.severity)), prose(finding.message));
    if (finding.range)
        line += QStringLiteral(" (byte %1)").arg(finding.range->begin);
    if (!finding.fix.isEmpty())
        line += QLatin1Char(' ') + prose(finding.fix);
    return line;
}

QString markdown(const TokenReport& report) {
    const auto word = [](const char* name) { return spaced(QString::fromLatin1(name)); };
    QStringList lines{QStringLiteral("**%1**").arg(prose(report.headline)), QString()};
    lines += QStringLiteral("- Kind: %1").arg(word(kindName(report.kind)));
    lines += QStringLiteral("- Mode: %1").arg(word(modeName(report.mode)));
    if (!report.host.isEmpty())
        lines += QStringLiteral("- Gateway that fits: %1").arg(code(report.host));
    lines += QStringLiteral("- Payer: %1").arg(word(payerName(report.payer)));
    lines += QStringLiteral("- Usable: %1").arg(report.usable ? QStringLiteral("yes") : QStringLiteral("no"));
    if (!report.layers.isEmpty())
        lines += QStringLiteral("- Peeled off: %1").arg(spaced(report.layers.join(QStringLiteral(", "))));
    if (!report.fields.empty())
        lines += {QString(), QStringLiteral("Fields:"), QString()};
    for (const TokenFieldReport& field : report.fields)
        lines += fieldLine(field);
    for (const QString& name : report.unknownFields)
        lines +=
            QStringLiteral("- %1: %2").arg(code(name), QStringLiteral("not a field that the gateway knows"));
    if (!report.findings.empty())
        lines += {QString(), QStringLiteral("Findings:"), QString()};
    for (const Finding& finding : report.findings)
        lines += findingLine(finding);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace

Result<QString> safeReport(const TokenReport& report) {
    QString text = markdown(report);
    CredentialFinder finder;
    // What is no credential may be a plain word, which our own sentences use too.
    constexpr qsizetype longerThanWords = 16;
    const QByteArray credential = report.credential.reveal();
    if (report.kind != CredentialKind::Unknown || credential.size() >= longerThanWords)
        finder.add(credential);
    for (const TokenFieldReport& field : report.fields)
        finder.add(field.secret.reveal());
    for (const TokenFieldReport& field : report.unknown)
        finder.add(field.secret.reveal());
    if (!finder.find(text.toUtf8()).empty())
        return fail(QStringLiteral("secret_in_report"),
                    QStringLiteral("The report still holds something that looks like a secret, so it was not "
                                   "copied."),
                    QStringLiteral("Look for a key in a field that should hold an id or a name."));
    return text;
}

} // namespace lavascope
