// SPDX-License-Identifier: MIT
#include "core/base/lookalike.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

struct Lookalike {
    char16_t foreign;
    char ascii;
};

constexpr std::array<Lookalike, 70> lookalikes = {{
    // Cyrillic
    {0x0430, 'a'},
    {0x0435, 'e'},
    {0x043E, 'o'},
    {0x0440, 'p'},
    {0x0441, 'c'},
    {0x0443, 'y'},
    {0x0445, 'x'},
    {0x0455, 's'},
    {0x0456, 'i'},
    {0x0458, 'j'},
    {0x04BB, 'h'},
    {0x04CF, 'l'},
    {0x0501, 'd'},
    {0x051B, 'q'},
    {0x051D, 'w'},
    {0x0410, 'A'},
    {0x0412, 'B'},
    {0x0415, 'E'},
    {0x041A, 'K'},
    {0x041C, 'M'},
    {0x041D, 'H'},
    {0x041E, 'O'},
    {0x0420, 'P'},
    {0x0421, 'C'},
    {0x0422, 'T'},
    {0x0423, 'Y'},
    {0x0425, 'X'},
    {0x0405, 'S'},
    {0x0406, 'I'},
    {0x0408, 'J'},
    // Greek
    {0x03B1, 'a'},
    {0x03BD, 'v'},
    {0x03BF, 'o'},
    {0x03C1, 'p'},
    {0x03B9, 'i'},
    {0x0391, 'A'},
    {0x0392, 'B'},
    {0x0395, 'E'},
    {0x0396, 'Z'},
    {0x0397, 'H'},
    {0x0399, 'I'},
    {0x039A, 'K'},
    {0x039C, 'M'},
    {0x039D, 'N'},
    {0x039F, 'O'},
    {0x03A1, 'P'},
    {0x03A4, 'T'},
    {0x03A5, 'Y'},
    {0x03A7, 'X'},
    {0x03F2, 'c'},
    {0x03F3, 'j'},
    // Latin letters that are others, and other low lines
    {0x0131, 'i'},
    {0x017F, 's'},
    {0x0261, 'g'},
    {0x0251, 'a'},
    {0x02CD, '_'},
    {0x1E9F, 'd'},
    // Dashes and equals signs
    {0x2010, '-'},
    {0x2011, '-'},
    {0x2012, '-'},
    {0x2013, '-'},
    {0x2014, '-'},
    {0x2015, '-'},
    {0x2212, '-'},
    {0x2E3A, '-'},
    {0x2043, '-'},
    {0xFE63, '-'},
    {0xFE58, '-'},
    {0xFE66, '='},
    {0x2215, '/'},
}};

// The full-width forms stand in the order of ASCII.
constexpr char32_t firstFullWidth = 0xFF01;
constexpr char32_t lastFullWidth = 0xFF5E;
constexpr char32_t firstAscii = '!';

} // namespace

std::optional<char> asciiLookalike(char32_t codePoint) {
    if (codePoint < 0x80)
        return std::nullopt;
    if (codePoint >= firstFullWidth && codePoint <= lastFullWidth)
        return char(codePoint - firstFullWidth + firstAscii);
    const auto* const found =
        std::find_if(lookalikes.begin(), lookalikes.end(),
                     [=](const Lookalike& lookalike) { return lookalike.foreign == codePoint; });
    return found == lookalikes.end() ? std::nullopt : std::optional(found->ascii);
}

QString withoutLookalikes(const QString& text) {
    QString plain = text;
    for (QChar& c : plain)
        if (const std::optional<char> ascii = asciiLookalike(c.unicode()))
            c = QLatin1Char(*ascii);
    return plain;
}

} // namespace lavascope
