// SPDX-License-Identifier: MIT
#include "cli/diagnosis_text.h"

#include <utility>

namespace lavascope {

namespace {

QString retryText(const Diagnosis& diagnosis) {
    switch (diagnosis.retry) {
    case Retry::No:
        return QStringLiteral("do not retry");
    case Retry::After:
        return diagnosis.retryAfter
                   ? QStringLiteral("retry after %1 s").arg(double(diagnosis.retryAfter->count()) / 1000.0)
                   : QStringLiteral("retry later");
    case Retry::Backoff:
        break;
    }
    return QStringLiteral("retry with growing pauses");
}

} // namespace

QStringList diagnosisLines(const Diagnosis& diagnosis) {
    QStringList lines{diagnosis.title,
                      QStringLiteral("  fault: %1 · %2")
                          .arg(QString::fromLatin1(faultName(diagnosis.fault)), retryText(diagnosis))};
    if (!diagnosis.cause.isEmpty())
        lines += QStringLiteral("  ") + diagnosis.cause;
    if (diagnosis.mayHaveBeenBilled)
        lines += QStringLiteral("  The call may already have been billed.");
    for (qsizetype i = 0; i < diagnosis.steps.size(); ++i)
        lines += QStringLiteral("  %1. %2").arg(i + 1).arg(diagnosis.steps[i]);
    for (const RateLimit& limit : diagnosis.rateLimits)
        lines += QStringLiteral("  limit: ") + rateLimitLine(limit);
    for (const QString& evidence : diagnosis.evidence)
        lines += QStringLiteral("  evidence: ") + evidence;
    for (const QString& line : diagnosis.ruledOut)
        lines += QStringLiteral("  ") + line;
    if (!diagnosis.requestId.isEmpty())
        lines += QStringLiteral("  request id: ") + diagnosis.requestId;
    return lines;
}

void noteDiagnosis(Terminal& terminal, const Diagnosis& diagnosis) {
    Ink ink = Ink::Bad; // the title
    for (const QString& line : diagnosisLines(diagnosis))
        terminal.note(line, std::exchange(ink, Ink::Plain));
}

} // namespace lavascope
