// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"
#include "core/token/token_echo.h"

namespace lavascope {

/// All that may be shown of a report, as one text.
inline QByteArray reportText(const TokenReport& report) {
    QStringList lines{QString::fromLatin1(kindName(report.kind)),
                      QString::number(int(report.generation)),
                      QString::fromLatin1(modeName(report.mode)),
                      QString::fromLatin1(payerName(report.payer)),
                      report.host,
                      report.headline,
                      QString::number(int(report.usable)),
                      report.layers.join(QLatin1Char(' ')),
                      report.unknownFields.join(QLatin1Char(' '))};
    for (const TokenFieldReport& field : report.fields)
        lines += QStringLiteral("%1 %2 [%3] [%4] %5")
                     .arg(field.name)
                     .arg(int(field.state))
                     .arg(field.value, field.masked, field.fingerprint);
    for (const Finding& finding : report.findings)
        lines += QStringLiteral("%1 %2 %3").arg(finding.code, finding.message, finding.fix);
    return lines.join(QLatin1Char('\n')).toUtf8();
}

/// What a TokenEcho is to say of a line.
inline TokenEcho::Said saidOf(QByteArrayView line) {
    const TokenReport report = inspectToken(line);
    return {reportText(report), report.usable, report.findings.empty()};
}

} // namespace lavascope
