// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace lavascope {

/// As text.startsWith(prefix), for where one text is held against many prefixes: nearly all of them differ in
/// the first two bytes, and those are compared without a call. A prefix has at least two bytes.
[[nodiscard]] inline bool beginsWith(QByteArrayView text, QByteArrayView prefix) {
    return text.size() >= prefix.size() && text[0] == prefix[0] && text[1] == prefix[1] &&
           text.startsWith(prefix);
}

} // namespace lavascope
