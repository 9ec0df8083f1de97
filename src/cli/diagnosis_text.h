// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <QStringList>

namespace lavascope {

/// A diagnosis as lines for people: title, fault and retry, cause, numbered steps, limits, evidence.
[[nodiscard]] QStringList diagnosisLines(const Diagnosis& diagnosis);

} // namespace lavascope
