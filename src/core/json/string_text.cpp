// SPDX-License-Identifier: MIT
#include "core/json/string_text.h"

#include <QChar>

#include <charconv>

namespace lavascope::json {

namespace {

constexpr qsizetype hexDigits = 4;
constexpr qsizetype unicodeEscape = 2 + hexDigits;

char16_t unitOfEscape(QByteArrayView escape) {
    unsigned unit = 0;
    std::from_chars(escape.data() + 2, escape.data() + unicodeEscape, unit, 16);
    return char16_t(unit);
}

char plainEscape(char c) {
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

void appendCodePoint(QByteArray& out, char32_t c) {
    const auto continuation = [c](int shift) { return char(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xC0 | (c >> 6));
        out += continuation(0);
    } else if (c < 0x10000) {
        out += char(0xE0 | (c >> 12));
        out += continuation(6);
        out += continuation(0);
    } else {
        out += char(0xF0 | (c >> 18));
        out += continuation(12);
        out += continuation(6);
        out += continuation(0);
    }
}

// Appends the character of the \u escape at the start of `escape`, two escapes if they are a pair, and
// returns how many bytes that took.
qsizetype appendUnicodeEscape(QByteArray& out, QByteArrayView escape) {
    const char16_t unit = unitOfEscape(escape);
    if (!QChar::isSurrogate(unit)) {
        appendCodePoint(out, unit);
        return unicodeEscape;
    }
    const QByteArrayView following = escape.sliced(unicodeEscape);
    if (QChar::isHighSurrogate(unit) && following.startsWith("\\u")) {
        const char16_t low = unitOfEscape(following);
        if (QChar::isLowSurrogate(low)) {
            appendCodePoint(out, QChar::surrogateToUcs4(unit, low));
            return 2 * unicodeEscape;
        }
    }
    appendCodePoint(out, QChar::ReplacementCharacter);
    return unicodeEscape;
}

} // namespace

QString textOfUtf8(QByteArrayView utf8) {
    constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";
    if (!utf8.startsWith(byteOrderMark))
        return QString::fromUtf8(utf8);
    QString text;
    while (utf8.startsWith(byteOrderMark)) {
        text += QChar(0xFEFF);
        utf8 = utf8.sliced(byteOrderMark.size());
    }
    return text + QString::fromUtf8(utf8);
}

QString textOfString(QByteArrayView raw, bool escaped) {
    if (!escaped)
        return textOfUtf8(raw);
    QString out;
    out.reserve(raw.size());
    qsizetype from = 0;
    for (qsizetype i = raw.indexOf('\\'); i >= 0; i = raw.indexOf('\\', from)) {
        out += textOfUtf8(raw.sliced(from, i - from));
        if (raw[i + 1] == 'u') {
            out += QChar(unitOfEscape(raw.sliced(i)));
            from = i + unicodeEscape;
        } else {
            out += QLatin1Char(plainEscape(raw[i + 1]));
            from = i + 2;
        }
    }
    out += textOfUtf8(raw.sliced(from));
    return out;
}

void appendUtf8OfString(QByteArray& out, QByteArrayView raw) {
    qsizetype from = 0;
    for (qsizetype i = raw.indexOf('\\'); i >= 0; i = raw.indexOf('\\', from)) {
        out.append(raw.sliced(from, i - from));
        if (raw[i + 1] == 'u') {
            from = i + appendUnicodeEscape(out, raw.sliced(i));
        } else {
            out += plainEscape(raw[i + 1]);
            from = i + 2;
        }
    }
    out.append(raw.sliced(from));
}

} // namespace lavascope::json
