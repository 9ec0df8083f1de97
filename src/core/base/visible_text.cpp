// SPDX-License-Identifier: MIT
#include "core/base/visible_text.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct Span {
    char32_t first;
    char32_t last;
};

// C0 (but TAB and LF), DEL and C1, then what Unicode says to draw as nothing (Default_Ignorable_Code_Point)
// or to steer other text with. Left out are U+FE00 to U+FE0F: they follow every other emoji, and only choose
// how the character before them is drawn.
constexpr std::array<Span, 22> deceptive = {{
    {0x0000, 0x0008},   {0x000B, 0x001F},   {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x034F, 0x034F},
    {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},
    {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164}, {0xD800, 0xDFFF},   {0xFDD0, 0xFDEF},
    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}};

// The last two code points of each plane will never be characters.
constexpr bool isPlaneEnd(char32_t c) {
    return (c & 0xFFFE) == 0xFFFE;
}

constexpr bool isControl(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

template <typename Replace>
QString mapCodePoints(QStringView text, Replace replace) {
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t codePoint = text[i].unicode();
        qsizetype units = 1;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            codePoint = QChar::surrogateToUcs4(text[i], text[i + 1]);
            units = 2;
        }
        if (!replace(out, codePoint))
            out += text.sliced(i, units);
        i += units - 1;
    }
    return out;
}

} // namespace

bool isDeceptive(char32_t codePoint) {
    if (codePoint >= ' ' && codePoint <= '~')
        return false; // nearly every character of nearly every text
    return isPlaneEnd(codePoint) || std::any_of(deceptive.begin(), deceptive.end(), [=](const Span& span) {
               return codePoint >= span.first && codePoint <= span.last;
           });
}

QString withVisibleChips(QStringView text) {
    // Most texts are plain ASCII and need no second look.
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c <= u'~'; }))
        return text.toString();
    return mapCodePoints(text, [](QString& out, char32_t codePoint) {
        if (!isDeceptive(codePoint))
            return false;
        out += QStringLiteral("<U+%1>").arg(uint(codePoint), 4, 16, QLatin1Char('0')).toUpper();
        return true;
    });
}

QString forTerminal(QStringView text) {
    return mapCodePoints(text, [](QString& out, char32_t codePoint) {
        if (isControl(codePoint))
            out += QStringLiteral("\\x%1").arg(uint(codePoint), 2, 16, QLatin1Char('0'));
        else if (isDeceptive(codePoint))
            out += QStringLiteral("\\u{%1}").arg(uint(codePoint), 0, 16);
        else
            return false;
        return true;
    });
}

} // namespace lavascope
