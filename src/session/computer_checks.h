// SPDX-License-Identifier: MIT
#pragma once

#include "session/doctor.h"

namespace lavascope {

// The looks at this computer that are answered at once.

[[nodiscard]] HealthCheck lookAtProgram();
[[nodiscard]] HealthCheck lookAtSystem();
[[nodiscard]] HealthCheck lookAtLanguage();
[[nodiscard]] HealthCheck lookAtDataFolder();
[[nodiscard]] HealthCheck lookAtEncryption();
/// The way to that URL; may take a moment where the system runs a script to find it.
[[nodiscard]] HealthCheck lookAtProxy(const QString& url);

} // namespace lavascope
