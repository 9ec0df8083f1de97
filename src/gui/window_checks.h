// SPDX-License-Identifier: MIT
#pragma once

#include "session/doctor.h"

namespace lavascope {

/// How the window stands with this computer: platform, screens, fonts. To be asked in a running QApplication.
[[nodiscard]] std::vector<HealthCheck> windowChecks();

} // namespace lavascope
