// SPDX-License-Identifier: MIT
#pragma once

namespace lavascope {

/// Keeps what this process writes and what it has in memory to its user: files are made for their owner only,
/// no core dump is written if it dies, and on Linux no other program of the user can attach to it or read its
/// memory. To be called before the first secret is read. On Windows it does nothing.
void keepProcessPrivate();

} // namespace lavascope
