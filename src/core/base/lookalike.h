// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace lavascope {

/// The ASCII character that a Cyrillic, Greek or full-width one, or another dash, is easily taken for;
/// nothing for all others. After the data of Unicode Technical Standard 39, as far as keys and ids can hold
/// it.
[[nodiscard]] std::optional<char> asciiLookalike(char32_t codePoint);

/// The same text with each such character in ASCII.
[[nodiscard]] QString withoutLookalikes(const QString& text);

} // namespace lavascope
