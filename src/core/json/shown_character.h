// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope::json {

/// The character that begins at `at` as an error message shows it: `'x'`, `'“' (U+201C)`, `U+00A0` for what
/// cannot be seen, `byte 0xff` for what is no character.
[[nodiscard]] QString shownCharacter(const char* at, const char* end);

/// A control character as an error message names it, with the escape to write instead.
[[nodiscard]] QString shownControl(char control);

} // namespace lavascope::json
