// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QString>

namespace lavascope {

/// The one folder this program writes to by itself: `LAVASCOPE_DATA_DIR`, else the platform's own. Made on
/// first use, readable by its owner only. Errors: `data_folder_unusable`.
[[nodiscard]] Result<QString> dataFolder();

/// Writes a file into a folder and takes it away again. Errors: `data_folder_unusable`.
[[nodiscard]] Result<void> tryWriting(const QString& folder);

} // namespace lavascope
