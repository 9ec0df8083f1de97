// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace lavascope::markdown {

/// An entity at the beginning of a text, and how long it is there.
struct Entity {
    QString text;
    qsizetype length = 0; ///< 0: none stands there
};

/// Numbers and the common names. Others stay as they are written: that is no loss, since they can be read.
[[nodiscard]] Entity entityAt(QStringView text);

} // namespace lavascope::markdown
