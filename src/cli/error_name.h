// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"

#include <optional>
#include <string>
#include <vector>

namespace lavascope {

/// Names for the ways in which a call ends badly: those of recordings, and for refused certificates a finer
/// one for each reason, such as `tls_expired`.
[[nodiscard]] std::vector<std::string> errorNames();
/// The same names for a help text: a few to a line, each line ended.
[[nodiscard]] std::string errorNamesInLines();
/// Nothing if there is no such name.
[[nodiscard]] std::optional<Ending> endingByErrorName(const std::string& name);

} // namespace lavascope
