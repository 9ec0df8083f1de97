// SPDX-License-Identifier: MIT
#include "core/stream/media_base64.h"

#include <array>

namespace lavascope {

namespace {

constexpr qsizetype digits = 4; // of a group
constexpr qsizetype bytes = 3;  // that they stand for
constexpr quint8 noDigit = 0xFF;

constexpr std::array<quint8, 256> makeValues() {
    constexpr const char* alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr int count = 64;
    std::array<quint8, 256> values = {};
    for (quint8& value : values)
        value = noDigit;
    for (int i = 0; i < count; ++i)
        values[size_t(quint8(alphabet[i]))] = quint8(i);
    return values;
}

constexpr std::array<quint8, 256> values = makeValues();

/// Decodes groups as long as they are whole and hold nothing but digits; says how many characters those were.
qsizetype decodeGroups(const char* from, qsizetype size, char* to) {
    constexpr quint8 twoTopBits = 0xC0;
    qsizetype done = 0;
    for (; done + digits <= size; done += digits) {
        const quint8 a = values[quint8(from[done])];
        const quint8 b = values[quint8(from[done + 1])];
        const quint8 c = values[quint8(from[done + 2])];
        const quint8 d = values[quint8(from[done + 3])];
        if (((a | b | c | d) & twoTopBits) != 0)
            break;
        *to++ = char(a << 2 | b >> 4);
        *to++ = char(b << 4 | c >> 2);
        *to++ = char(c << 6 | d);
    }
    return done;
}

} // namespace

std::optional<QByteArray> decodeMedia(QByteArrayView base64) {
    // With room for what the end adds, so that nothing is moved.
    QByteArray decoded(base64.size() / digits * bytes + bytes, Qt::Uninitialized);
    const qsizetype done = decodeGroups(base64.data(), base64.size(), decoded.data());
    decoded.truncate(done / digits * bytes);
    // The end, with its padding, and whatever is wrong.
    const auto rest = QByteArray::fromBase64Encoding(base64.sliced(done).toByteArray(),
                                                     QByteArray::AbortOnBase64DecodingErrors);
    if (!rest)
        return std::nullopt;
    return decoded.append(rest.decoded);
}

} // namespace lavascope
