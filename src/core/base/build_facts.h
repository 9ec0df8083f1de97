// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope {

/// What this very program was made of. The same for two builds of one commit: no time, no name of a computer.
struct BuildFacts {
    QString version;      ///< `0.1.0`, from project() in CMakeLists.txt
    QString commit;       ///< the first 12 digits of its hash; `unknown` for sources from elsewhere than git
    bool isDirty = false; ///< files were changed since that commit
    QString compiler;     ///< with its version: `GCC 12.2.0`
    QString buildType;    ///< CMake's word: `Release`, `RelWithDebInfo`, `Debug`
};
[[nodiscard]] BuildFacts buildFacts();

/// The commit as people are shown it: `1b45df1c0ffe`, `1b45df1c0ffe, with changes`, `unknown`.
[[nodiscard]] QString commitText(const BuildFacts& facts);

} // namespace lavascope
