// SPDX-License-Identifier: MIT
#include "core/stream/compact_json.h"

namespace lavascope {

QByteArray compactJson(QByteArrayView json) {
    QByteArray compact;
    compact.reserve(json.size());
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\' && i + 1 < json.size()) {
            compact.append(c);
            compact.append(json[++i]);
            continue;
        }
        if (c == '"')
            inString = !inString;
        const bool isBlank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (inString || !isBlank)
            compact.append(c);
    }
    return compact;
}

} // namespace lavascope
