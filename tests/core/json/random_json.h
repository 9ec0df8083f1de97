// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <array>
#include <random>

/// Makes JSON texts, and texts that nearly are, from a fixed seed: odd white space, duplicate names, every
/// kind of escape and number.
class RandomJson {
public:
    explicit RandomJson(unsigned seed)
        : m_random(seed) {}

    [[nodiscard]] QByteArray value(int depth = 4) { return space() + bare(depth) + space(); }

    [[nodiscard]] QByteArray object(int depth = 4) {
        QByteArray out = space() + '{' + space();
        for (int i = 0, count = below(5); i < count; ++i)
            out += (i > 0 ? "," + space() : QByteArray()) + name() + space() + ':' + space() +
                   bare(depth - 1) + space();
        return out + '}' + space();
    }

    /// The text with one byte changed, removed, doubled or swapped in from JSON's own characters.
    [[nodiscard]] QByteArray damaged(QByteArray text) {
        static constexpr QByteArrayView own = "{}[]:,\"\\0123456789-+.eEtrufalsn \n\t/\x01\x80\xc3\xed\xff";
        const int at = below(int(text.size()));
        switch (below(4)) {
        case 0:
            text[at] = own[below(int(own.size()))];
            break;
        case 1:
            text.remove(at, 1);
            break;
        case 2:
            text.insert(at, text[at]);
            break;
        default:
            text.insert(at, own[below(int(own.size()))]);
            break;
        }
        return text;
    }

    [[nodiscard]] int below(int limit) { return int(m_random() % unsigned(limit)); }

private:
    template <size_t N>
    QByteArray oneOf(const std::array<const char*, N>& choices) {
        return choices[size_t(below(int(N)))];
    }

    QByteArray space() { return oneOf<6>({"", "", "", " ", "\n  ", "\r\n\t"}); }

    QByteArray name() {
        return '"' + oneOf<7>({"stream", "str\\u0065am", "a", "b", "model", "", "\\\"q\\\\"}) + '"';
    }

    QByteArray string() {
        static constexpr std::array<const char*, 15> pieces = {"a",
                                                               "plain text that is longer than a word",
                                                               "\\n",
                                                               "\\u00e9",
                                                               "\\ud83d\\ude00",
                                                               "\\\"",
                                                               "\\\\",
                                                               "\\/",
                                                               "{}[],:",
                                                               "\xc3\xa9",
                                                               "\x7f",
                                                               "\xe2\x82\xac",
                                                               "\xf0\x9f\x98\x80",
                                                               "\\u0000",
                                                               "\xef\xbb\xbf"};
        QByteArray out = "\"";
        for (int i = 0, count = below(6); i < count; ++i)
            out += oneOf(pieces);
        return out + '"';
    }

    QByteArray number() {
        return oneOf<14>({"0", "-0", "1", "12", "-7.25", "1e3", "4.0", "1E-2", "0.1", "9223372036854775807",
                          "-9223372036854775808", "18446744073709551615", "1.7976931348623157e308",
                          "2.2250738585072014e-308"});
    }

    QByteArray bare(int depth) {
        switch (below(depth > 0 ? 8 : 5)) {
        case 0:
            return number();
        case 1:
            return oneOf<3>({"true", "false", "null"});
        case 2:
        case 3:
        case 4:
            return string();
        case 5:
            return array(depth);
        default:
            return object(depth);
        }
    }

    QByteArray array(int depth) {
        QByteArray out = "[" + space();
        for (int i = 0, count = below(5); i < count; ++i)
            out += (i > 0 ? "," + space() : QByteArray()) + bare(depth - 1) + space();
        return out + ']';
    }

    std::mt19937 m_random;
};
