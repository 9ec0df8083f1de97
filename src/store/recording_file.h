// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/stream/recording.h"

#include <QString>

namespace lavascope {

/// Writes a recording so that the file is either whole or not there, readable by its owner only.
/// Errors: `file_not_written`.
[[nodiscard]] Result<void> saveRecording(const QString& path, const RedactedRecording& recording);

/// Reads a whole file of at most `limit` bytes. Errors: `file_not_found`, `file_unreadable`,
/// `file_too_large`.
[[nodiscard]] Result<QByteArray> readFile(const QString& path, qint64 limit);

} // namespace lavascope
