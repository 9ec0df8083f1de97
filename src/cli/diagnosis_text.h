// SPDX-License-Identifier: MIT
#pragma once

#include "cli/terminal.h"
#include "core/diagnosis/diagnosis.h"

#include <QStringList>

namespace lavascope {

/// A diagnosis as lines for people: title, fault and retry, cause, numbered steps, limits, evidence.
[[nodiscard]] QStringList diagnosisLines(const Diagnosis& diagnosis);
/// The same on stderr, beside what the command itself prints.
void noteDiagnosis(Terminal& terminal, const Diagnosis& diagnosis);

} // namespace lavascope
