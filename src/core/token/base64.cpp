// SPDX-License-Identifier: MIT
#include "core/token/base64.h"

#include "core/base/visible_text.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lavascope {

namespace {

constexpr qsizetype groupSize = 4;

QString nameOfCharacter(QByteArrayView text, qsizetype at) {
    const CodePoint point = codePointAt(text, at);
    if (point.length == 0)
        return QStringLiteral("byte 0x%1").arg(uint(uchar(text[at])), 2, 16, QLatin1Char('0'));
    if (point.value == ' ')
        return QStringLiteral("a blank");
    if (point.value < 0x20 || isDeceptive(point.value))
        return QStringLiteral("the invisible character U+%1").arg(uint(point.value), 4, 16, QLatin1Char('0'));
    return QStringLiteral("the character '%1'").arg(QString::fromUcs4(&point.value, 1));
}

// Of both alphabets; -1 for what is in neither.
constexpr std::array<int, 256> makeValues() {
    constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<int, 256> made = {};
    made.fill(-1);
    for (size_t i = 0; i < standard.size(); ++i)
        made.at(uchar(standard[i])) = int(i);
    made['-'] = made['+'];
    made['_'] = made['/'];
    return made;
}
constexpr std::array<int, 256> values = makeValues();

constexpr std::array<bool, 256> makeStandard() {
    std::array<bool, 256> made = {};
    for (size_t c = 0; c < made.size(); ++c)
        made.at(c) = values.at(c) >= 0 && c != '-' && c != '_';
    return made;
}
constexpr std::array<bool, 256> standard = makeStandard();

bool isStandard(char c) {
    return standard[uchar(c)];
}

/// The 24 bits of four characters, each known to be of the alphabet.
uint groupBits(const char* group) {
    return uint(values[uchar(group[0])]) << 18U | uint(values[uchar(group[1])]) << 12U |
           uint(values[uchar(group[2])]) << 6U | uint(values[uchar(group[3])]);
}

Base64Fault badCharacter(QByteArrayView text, qsizetype at) {
    return {at, QStringLiteral("base64_bad_character"),
            QStringLiteral("It breaks off at %1, which is not in the alphabet of base64.")
                .arg(nameOfCharacter(text, at))};
}

} // namespace

int base64Value(char character) {
    return values[uchar(character)];
}

bool isBase64Text(QByteArrayView text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return values[uchar(c)] >= 0 || c == '='; });
}

bool isCanonicalBase64(QByteArrayView text) {
    if (text.isEmpty() || text.size() % groupSize != 0)
        return false;
    qsizetype end = text.size();
    while (text.size() - end < 2 && text[end - 1] == '=')
        --end;
    return std::all_of(text.begin(), text.begin() + end, isStandard);
}

bool beginsLikeEncodedCredential(QByteArrayView text) {
    std::array<char, 6> bytes = {};
    size_t size = 0;
    uint bits = 0;
    int count = 0;
    for (char c : text.first(std::min<qsizetype>(text.size(), 8))) {
        const int value = values[uchar(c)];
        if (value < 0)
            break;
        bits = (bits << 6U) | uint(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.at(size++) = char((bits >> uint(count)) & 0xFFU);
        }
    }
    const QByteArrayView head(bytes.data(), qsizetype(size));
    constexpr std::array<QByteArrayView, 9> beginnings = {
        "{", "\xEF\xBB\xBF{", "\n{", "\r\n{", " {", "aks_", "lava_s", "eyJ", "Bearer",
    };
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](QByteArrayView beginning) { return head.startsWith(beginning); });
}

Base64Decoding decodeBase64(QByteArrayView text) {
    Base64Decoding result;
    qsizetype end = text.size();
    while (end > 0 && text[end - 1] == '=' && text.size() - end < 2)
        --end;
    const auto bad = std::find_if_not(text.begin(), text.begin() + end, isStandard);
    const qsizetype good = bad - text.begin();
    if (good < end)
        result.fault = text[good] == '='
                           ? Base64Fault{good, QStringLiteral("base64_padding_inside"),
                                         QStringLiteral("Base64 ends with '=', but more text follows here.")}
                           : badCharacter(text, good);
    else if (text.size() % groupSize != 0 || text.isEmpty())
        result.fault =
            Base64Fault{text.size(), QStringLiteral("base64_length"),
                        QStringLiteral("Base64 comes in groups of four characters, but %1 are there: "
                                       "something is missing or was added.")
                            .arg(text.size())};

    result.bytes.resize(good / groupSize * 3 + 3);
    char* to = result.bytes.data();
    const qsizetype wholeGroups = good - good % groupSize;
    for (qsizetype at = 0; at < wholeGroups; at += groupSize) {
        const uint bits = groupBits(text.data() + at);
        *to++ = char(bits >> 16U);
        *to++ = char((bits >> 8U) & 0xFFU);
        *to++ = char(bits & 0xFFU);
    }
    uint bits = 0;
    int count = 0;
    for (char c : text.first(good).sliced(wholeGroups)) {
        bits = (bits << 6U) | uint(values[uchar(c)]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            *to++ = char((bits >> uint(count)) & 0xFFU);
        }
    }
    result.bytes.resize(to - result.bytes.constData());
    if (!result.fault && (bits & ((1U << uint(count)) - 1)) != 0)
        result.fault =
            Base64Fault{good - 1, QStringLiteral("base64_loose_bits"),
                        QStringLiteral("The last base64 character carries bits that belong to no byte: it "
                                       "was changed or cut off.")};
    return result;
}

} // namespace lavascope
