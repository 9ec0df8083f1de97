// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

class QWidget;

namespace lavascope {

class Workbench;

/// For how long a secret stays where it can be seen.
struct SecretTimes {
    std::chrono::seconds shown{10};
    std::chrono::seconds onClipboard{60}; ///< zero: until the program ends
};

/// As the user set them; what is out of bounds counts as not set.
[[nodiscard]] SecretTimes secretTimes(const Workbench& workbench);

/// Lets the user change the settings; true if they were saved.
bool editSettings(Workbench& workbench, QWidget* parent);

} // namespace lavascope
