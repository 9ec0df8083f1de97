// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"
#include "core/stream/recording.h"

#include <QStringList>

#include <string>

namespace lavascope {

/// The names of the ways in which a call ends badly: those of recordings, and for refused certificates a
/// finer one for each reason, such as `tls_expired`.
[[nodiscard]] QStringList errorNames();
/// The same for a help text, a few to a line.
[[nodiscard]] std::string errorNamesInLines();
/// Errors: `error_unknown`.
[[nodiscard]] Result<Ending> endingByErrorName(const QString& name);

} // namespace lavascope
