// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace lavascope {

/// Text without secrets onto the clipboard.
void copyText(const QString& text);

/// A secret onto the clipboard, with the hints by which clipboard managers on Linux and Windows leave it out
/// of their history (macOS has one too, which Qt 6.4 cannot set); never onto the second clipboard that a mere
/// selection fills. It is taken off again after that time (zero: not before the end) and when the program
/// ends, if it is still there.
void copySecret(const QByteArray& secret, std::chrono::seconds keptFor);

/// What is said after copySecret().
[[nodiscard]] QString copiedSecretSentence(std::chrono::seconds keptFor);

} // namespace lavascope
