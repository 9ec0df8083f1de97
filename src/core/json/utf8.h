// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstdint>

namespace lavascope::json {

/// How the bytes at one place read as UTF-8.
struct Utf8Character {
    enum class State : uint8_t { Whole, CutOff, Invalid };
    State state = State::Invalid;
    int length = 0; ///< of a whole one
    char32_t codePoint = 0;
};

/// Reads the character that begins at `at`, which must be before `end`. Exactly the well-formed sequences of
/// the Unicode Standard, table 3-7: no overlong forms, surrogates or values above U+10FFFF.
[[nodiscard]] inline Utf8Character utf8CharacterAt(const char* at, const char* end) {
    using State = Utf8Character::State;
    const auto lead = uint8_t(*at);
    if (lead < 0x80)
        return {State::Whole, 1, lead};
    // The second byte alone is bound more tightly than 80..BF, and only after four of the lead bytes.
    int length = 0;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : low;
        high = lead == 0xED ? 0x9F : high;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : low;
        high = lead == 0xF4 ? 0x8F : high;
    } else {
        return {};
    }
    if (at + 1 == end)
        return {State::CutOff, 0, 0};
    const auto second = uint8_t(at[1]);
    if (second < low || second > high)
        return {};
    char32_t codePoint = (char32_t(lead & (0x7F >> length)) << 6) | (second & 0x3F);
    for (int i = 2; i < length; ++i) {
        if (at + i == end)
            return {State::CutOff, 0, 0};
        const auto c = uint8_t(at[i]);
        if ((c & 0xC0) != 0x80)
            return {};
        codePoint = (codePoint << 6) | (c & 0x3F);
    }
    return {State::Whole, length, codePoint};
}

} // namespace lavascope::json
