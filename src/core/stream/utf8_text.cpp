// SPDX-License-Identifier: MIT
#include "core/stream/utf8_text.h"

#include "core/json/string_text.h"
#include "core/stream/repaired_utf8.h"

#include <utility>

namespace lavascope {

namespace {

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);

/// How many bytes the character has that begins with this one; 1 for what begins none.
qsizetype lengthFrom(uchar lead) {
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 1;
}

bool isContinuation(uchar byte) {
    return (byte & 0xC0) == 0x80;
}

/// The bytes at the end that more bytes could make a character of.
qsizetype halfCharacter(QByteArrayView bytes) {
    constexpr qsizetype longestHalf = 3;
    for (qsizetype back = 1; back <= qMin(longestHalf, bytes.size()); ++back) {
        const auto byte = uchar(bytes[bytes.size() - back]);
        if (!isContinuation(byte))
            return lengthFrom(byte) > back ? back : 0;
    }
    return 0;
}

} // namespace

QString Utf8Text::take(QByteArrayView bytes) {
    m_pending.append(bytes);
    const qsizetype whole = m_pending.size() - halfCharacter(m_pending);
    if (whole == 0)
        return {};
    QByteArrayView ready = QByteArrayView(m_pending).first(whole);
    if (std::exchange(m_atBegin, false) && ready.startsWith(byteOrderMark))
        ready = ready.sliced(byteOrderMark.size());
    QString text = json::textOfUtf8(repairedUtf8(ready));
    m_pending.remove(0, whole);
    return text;
}

QString Utf8Text::finish() {
    return json::textOfUtf8(repairedUtf8(std::exchange(m_pending, {})));
}

} // namespace lavascope
