// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/stream/recording.h"

#include <QString>

#include <functional>

namespace lavascope {

/// Writes a recording so that the file is either whole or not there, readable by its owner only.
/// `afterBytes`, which may be empty, is told how far the bodies are. Errors: `file_not_written`.
[[nodiscard]] Result<void> saveRecording(const QString& path, const RedactedRecording& recording,
                                         const std::function<void(qint64 bytes)>& afterBytes = {});
/// Writes the body of the latest attempt in the same way. Errors: `file_not_written`.
[[nodiscard]] Result<void> saveBody(const QString& path, const RedactedRecording& recording,
                                    const std::function<void(qint64 bytes)>& afterBytes = {});

/// Writes any file the user names in the same way. The bytes must hold no secret. Errors: `file_not_written`.
[[nodiscard]] Result<void> writeFile(const QString& path, const QByteArray& bytes);

/// Reads a whole file of at most `limit` bytes. Errors: `file_not_found`, `file_unreadable`,
/// `file_too_large`.
[[nodiscard]] Result<QByteArray> readFile(const QString& path, qint64 limit);

} // namespace lavascope
