// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope {

/// Whether a code point draws nothing, steers other text or is a control character, and so can deceive a
/// reader. Line feed and tab are not counted, nor the variation selectors that follow emoji.
[[nodiscard]] bool isDeceptive(char32_t codePoint);

/// The same text with each deceptive character as a visible chip, e.g. `<U+202E>`; lone surrogates too.
[[nodiscard]] QString withVisibleChips(QStringView text);

/// Text that is safe to write to a terminal: controls other than line feed and tab become `\x1b` style
/// escapes, so that a model's answer cannot move the cursor, write the clipboard or fake a link.
[[nodiscard]] QString forTerminal(QStringView text);

} // namespace lavascope
