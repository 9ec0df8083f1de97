// SPDX-License-Identifier: MIT
#pragma once

#include "cli/verb_description.h"

#include <QByteArray>

namespace lavascope {

/// What the shell completes for a program: verbs, options, values that can be listed, and files. Each is a
/// whole file for the shell's usual folder.
[[nodiscard]] QByteArray bashCompletion(const VerbDescription& program);
[[nodiscard]] QByteArray zshCompletion(const VerbDescription& program);
[[nodiscard]] QByteArray fishCompletion(const VerbDescription& program);

/// What can stand where the value of an option, or a word in its place, is typed.
enum class Offer {
    Nothing, ///< any word, of which nothing is known
    Values,  ///< OptionDescription::values
    Files,
    Sources, ///< `-`, `env:NAME`, `file:PATH`, `keychain:NAME`
};
[[nodiscard]] Offer offerFor(const OptionDescription& option);

} // namespace lavascope
