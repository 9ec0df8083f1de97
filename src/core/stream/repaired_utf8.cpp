// SPDX-License-Identifier: MIT
#include "core/stream/repaired_utf8.h"

namespace lavascope {

namespace {

constexpr QByteArrayView replacement("\xEF\xBF\xBD", 3);

/// What may follow a byte that begins a character.
struct Lead {
    int following = 0;   ///< bytes; 0: it begins none
    uchar lowest = 0x80; ///< of the first of them
    uchar highest = 0xBF;
};

Lead leadFrom(uchar byte) {
    if (byte >= 0xC2 && byte <= 0xDF)
        return {1};
    if (byte >= 0xE0 && byte <= 0xEF) {
        // No overlong forms, no surrogates.
        const uchar lowest = byte == 0xE0 ? 0xA0 : 0x80;
        const uchar highest = byte == 0xED ? 0x9F : 0xBF;
        return {2, lowest, highest};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        // Nothing beyond U+10FFFF.
        const uchar lowest = byte == 0xF0 ? 0x90 : 0x80;
        const uchar highest = byte == 0xF4 ? 0x8F : 0xBF;
        return {3, lowest, highest};
    }
    return {};
}

} // namespace

QByteArray repairedUtf8(QByteArrayView bytes) {
    QByteArray repaired;
    repaired.reserve(bytes.size() + bytes.size() / 8);
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype begin = at++;
        const auto first = uchar(bytes[begin]);
        if (first < 0x80) {
            repaired.append(bytes[begin]);
            continue;
        }
        Lead lead = leadFrom(first);
        int missing = lead.following;
        for (; missing > 0 && at < bytes.size(); --missing, ++at) {
            const auto next = uchar(bytes[at]);
            if (next < lead.lowest || next > lead.highest)
                break;
            lead.lowest = 0x80;
            lead.highest = 0xBF;
        }
        const bool isWhole = lead.following > 0 && missing == 0;
        repaired.append(isWhole ? bytes.sliced(begin, at - begin) : replacement);
    }
    return repaired;
}

} // namespace lavascope
