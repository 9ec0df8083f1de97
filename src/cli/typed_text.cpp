// SPDX-License-Identifier: MIT
#include "cli/typed_text.h"

#include <utility>

namespace lavascope {

QByteArray TypedText::take(QStringView piece) {
    QString text = std::exchange(m_kept, {});
    text += piece;
    if (!text.isEmpty() && (text.back().isHighSurrogate() || text.back() == QLatin1Char('\r'))) {
        m_kept = text.last(1);
        text.chop(1);
    }
    return text.toUtf8().replace("\r\n", "\n");
}

QByteArray TypedText::takeRest() {
    return std::exchange(m_kept, {}).toUtf8();
}

} // namespace lavascope
