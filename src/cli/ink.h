// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArrayView>

namespace lavascope {

/// What a line is to a reader, shown by colour where a terminal has it. The words say the same without.
enum class Ink { Plain, Strong, Good, Warning, Bad };

[[nodiscard]] constexpr Ink inkOf(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return Ink::Bad;
    case Severity::Warning:
        return Ink::Warning;
    case Severity::Note:
        break;
    }
    return Ink::Plain;
}

/// ECMA-48, "Select Graphic Rendition": of the eight old colours, which every terminal draws readably on its
/// own ground.
[[nodiscard]] constexpr QByteArrayView startOf(Ink ink) {
    switch (ink) {
    case Ink::Plain:
        break;
    case Ink::Strong:
        return "\x1b[1m";
    case Ink::Good:
        return "\x1b[32m";
    case Ink::Warning:
        return "\x1b[33m";
    case Ink::Bad:
        return "\x1b[31m";
    }
    return {};
}

inline constexpr QByteArrayView endOfInk = "\x1b[0m";

} // namespace lavascope
