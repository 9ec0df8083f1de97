// SPDX-License-Identifier: MIT
#pragma once

namespace lavascope {

/// Keeps what this process writes and what it has in memory to its user: files are made for their owner only,
/// no core dump is written if it dies, and on Linux no other program of the user can attach to it or read its
/// memory. On Windows crash reports are declined, and libraries are loaded from the program's folder and the
/// system's only. To be called before the first secret is read.
void keepProcessPrivate();

} // namespace lavascope
