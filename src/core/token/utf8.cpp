// SPDX-License-Identifier: MIT
#include "core/token/utf8.h"

#include <QChar>
#include <QStringDecoder>

#include <array>

namespace lavascope {

CodePoint codePointAt(QByteArrayView text, qsizetype at) {
    const auto lead = uchar(text[at]);
    if (lead < 0x80)
        return {lead, 1};
    const qsizetype length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length)
        return {};
    char32_t value = lead & (0xFFU >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        const auto next = uchar(text[at + i]);
        if ((next & 0xC0U) != 0x80U)
            return {};
        value = (value << 6U) | (next & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallestOfLength = {0, 0, 0x80, 0x800, 0x10000};
    if (value < smallestOfLength.at(size_t(length)) || value > 0x10FFFF || QChar::isSurrogate(value))
        return {};
    return {value, length};
}

std::optional<qsizetype> firstInvalidUtf8(QByteArrayView text) {
    // Most texts are ASCII. The loop looks at every byte, so that compilers look at many at once.
    char all = 0;
    for (char c : text)
        all = char(all | c);
    if ((uchar(all) & 0x80U) == 0)
        return std::nullopt;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype length = codePointAt(text, i).length;
        if (length == 0)
            return i;
        i += length;
    }
    return std::nullopt;
}

QString textOfUtf8(QByteArrayView utf8) {
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decode(utf8);
}

} // namespace lavascope
