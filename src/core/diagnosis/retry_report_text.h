// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_coach.h"

#include <QStringList>

namespace lavascope {

/// One report as one JSON object in one line; the keys are in docs/sandbox.md. It holds no secret.
[[nodiscard]] QByteArray retryReportJson(const RetryReport& report);

/// The same for a person: the verdict, a line for each try, and what was found.
[[nodiscard]] QStringList retryReportLines(const RetryReport& report);
/// `✓ good`, `▲ improvable`, `✕ bad`
[[nodiscard]] QString verdictText(RetryVerdict verdict);
/// The sign of a severity: `✓`, `•`, `▲`, `✕`
[[nodiscard]] QString severitySign(RetryFinding::Severity severity);

} // namespace lavascope
