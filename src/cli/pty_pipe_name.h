// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace lavascope {

/// Whether a named pipe of Windows is a terminal all the same. Cygwin and MSYS2, and so Git Bash in its own
/// window, give their programs a pipe for a terminal, and call it e.g.
/// `\msys-1888ae32e00d56aa-pty0-to-master` (fhandler_pty.cc of Cygwin); `to` where a program writes, `from`
/// where it reads, and `-nat` at the end for a program that is not theirs.
[[nodiscard]] bool isPtyPipeName(QStringView name);

} // namespace lavascope
