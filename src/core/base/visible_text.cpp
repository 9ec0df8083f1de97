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

// C0 (but TAB and LF), DEL and C1, then the invisible and direction-changing characters of Unicode 15.
constexpr std::array<Span, 15> deceptive = {{
    {0x0000, 0x0008},
    {0x000B, 0x001F},
    {0x007F, 0x009F},
    {0x00AD, 0x00AD},
    {0x034F, 0x034F},
    {0x061C, 0x061C},
    {0x180E, 0x180E},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xD800, 0xDFFF},
    {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFB},
    {0xE0000, 0xE007F},
}};

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
    return std::any_of(deceptive.begin(), deceptive.end(),
                       [=](const Span& span) { return codePoint >= span.first && codePoint <= span.last; });
}

QString withVisibleChips(QStringView text) {
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
