// SPDX-License-Identifier: MIT
#include "core/base/lookalike.h"
#include "core/base/visible_text.h"
#include "core/token/base64.h"
#include "core/token/credential.h"
#include "core/token/layers.h"
#include "core/token/line_wrap.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype groupSize = 4;

bool isNoBreakSpace(char32_t c) {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/// Copies a text and replaces pieces of it on the way; remembers whether and where there were any.
class Replacing {
public:
    explicit Replacing(const SourcedText& text)
        : m_text(text)
        , m_builder(text) {}

    void replace(qsizetype begin, qsizetype end, QByteArrayView by) {
        m_builder.keep(m_copied, begin);
        m_builder.put(by, begin);
        m_copied = end;
        if (m_first < 0)
            m_first = begin;
        m_last = end;
    }
    [[nodiscard]] Layer finish() {
        if (m_first < 0)
            return std::nullopt;
        m_builder.keep(m_copied, m_text.size());
        return Taken{m_builder.finish(), m_text.sourceRange(m_first, m_last)};
    }

private:
    const SourcedText& m_text;
    SourcedTextBuilder m_builder;
    qsizetype m_copied = 0;
    qsizetype m_first = -1;
    qsizetype m_last = 0;
};

template <typename Replacement>
Layer replaceCodePoints(const SourcedText& text, Replacement replacement) {
    const QByteArrayView bytes = text.bytes();
    Replacing out(text);
    for (qsizetype at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        const qsizetype length = std::max<qsizetype>(1, point.length);
        if (point.length > 1)
            if (const std::optional<QByteArrayView> by = replacement(point.value))
                out.replace(at, at + length, *by);
        at += length;
    }
    return out.finish();
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The character that the four digits behind `\u` stand for, if it is one of ASCII.
std::optional<char> escapedAscii(QByteArrayView digits) {
    if (digits.size() < 4 || digits[0] != '0' || digits[1] != '0')
        return std::nullopt;
    const int high = hexValue(digits[2]);
    const int low = hexValue(digits[3]);
    if (high < 0 || high > 7 || low < 0)
        return std::nullopt;
    return char(high * 16 + low);
}

bool isJwtLike(QByteArrayView text) {
    return text.contains('.');
}

qsizetype contentSize(QByteArrayView base64) {
    qsizetype size = base64.size();
    while (size > 0 && base64[size - 1] == '=')
        --size;
    return size;
}

/// How much padding base64 of this content needs; 3 means that no padding can make it right.
qsizetype neededPadding(qsizetype content) {
    return (groupSize - content % groupSize) % groupSize;
}

bool isToken(QByteArrayView text) {
    return isBase64Text(text) && beginsLikeEncodedCredential(text);
}

} // namespace

Layer takeNoBreakSpaces(const SourcedText& text) {
    return replaceCodePoints(text, [](char32_t c) {
        return isNoBreakSpace(c) ? std::optional<QByteArrayView>(" ") : std::nullopt;
    });
}

Layer takeInvisibleCharacters(const SourcedText& text) {
    return replaceCodePoints(
        text, [](char32_t c) { return isDeceptive(c) ? std::optional<QByteArrayView>("") : std::nullopt; });
}

Layer takeLookalikeCharacters(const SourcedText& text) {
    std::array<char, 1> ascii = {};
    Layer plain = replaceCodePoints(text, [&](char32_t c) -> std::optional<QByteArrayView> {
        const std::optional<char> lookalike = asciiLookalike(c);
        if (!lookalike)
            return std::nullopt;
        ascii[0] = *lookalike;
        return QByteArrayView(ascii.data(), 1);
    });
    if (!plain)
        return std::nullopt;
    const QByteArrayView rest = plain->rest.bytes();
    const bool isCredential =
        kindByPrefix(rest) != CredentialKind::Unknown || beginsLikeEncodedCredential(rest);
    const bool isPlain = std::all_of(rest.begin(), rest.end(), [](char c) { return c > ' ' && c <= '~'; });
    return isCredential && isPlain ? plain : std::nullopt;
}

Layer takeBackslashEscapes(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    Replacing out(text);
    for (qsizetype at = bytes.indexOf('\\'); at >= 0 && at + 1 < bytes.size();
         at = bytes.indexOf('\\', at + 2)) {
        switch (bytes[at + 1]) {
        case 'n':
        case 'r':
        case 't':
        case '\n':
            out.replace(at, at + 2, "\n");
            break;
        case '/':
        case '"':
        case '\'':
        case '\\':
            out.replace(at, at + 2, bytes.sliced(at + 1, 1));
            break;
        case 'u':
            if (const std::optional<char> c = escapedAscii(bytes.sliced(at + 2))) {
                out.replace(at, at + 6, QByteArrayView(&*c, 1));
                at += 4;
                break;
            }
            return std::nullopt;
        default:
            return std::nullopt;
        }
    }
    return out.finish();
}

Layer takePercentCodes(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    Replacing out(text);
    for (qsizetype at = bytes.indexOf('%'); at >= 0; at = bytes.indexOf('%', at + 1)) {
        const int high = at + 2 < bytes.size() ? hexValue(bytes[at + 1]) : -1;
        const int low = at + 2 < bytes.size() ? hexValue(bytes[at + 2]) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        const char byte = char(high * 16 + low);
        out.replace(at, at + 3, QByteArrayView(&byte, 1));
        at += 2;
    }
    return out.finish();
}

Layer takeLostPlusSigns(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    if (!bytes.contains(' ') || bytes.contains('+') || bytes.size() % groupSize != 0)
        return std::nullopt;
    Replacing out(text);
    for (qsizetype at = bytes.indexOf(' '); at >= 0; at = bytes.indexOf(' ', at + 1))
        out.replace(at, at + 1, "+");
    Layer mended = out.finish();
    // Only where it makes sense of the whole; else the blanks came from wrapping.
    if (!mended || !isToken(mended->rest.bytes()))
        return std::nullopt;
    const Base64Decoding decoded = decodeBase64(mended->rest.bytes());
    return decoded.fault || firstInvalidUtf8(decoded.bytes) ? std::nullopt : mended;
}

Layer takeLineWraps(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    Replacing out(text);
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        const qsizetype wrap = wrapLength(bytes, at);
        if (wrap == 0)
            continue;
        out.replace(at, at + wrap, {});
        at += wrap;
    }
    Layer joined = out.finish();
    if (!joined)
        return std::nullopt;
    const QByteArrayView rest = joined->rest.bytes();
    const bool credential =
        isToken(rest) ||
        (isJwtLike(rest) && rest.startsWith("eyJ") &&
         std::all_of(rest.begin(), rest.end(), [](char c) { return base64Value(c) >= 0 || c == '.'; }));
    return credential ? joined : std::nullopt;
}

Layer takeUrlAlphabet(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    if (!isToken(bytes))
        return std::nullopt;
    Replacing out(text);
    for (qsizetype at = 0; at < bytes.size(); ++at)
        if (bytes[at] == '-' || bytes[at] == '_')
            out.replace(at, at + 1, bytes[at] == '-' ? "+" : "/");
    return out.finish();
}

Layer takeMissingPadding(const SourcedText& text) {
    if (!isToken(text.bytes()))
        return std::nullopt;
    const qsizetype content = contentSize(text.bytes());
    const qsizetype missing = neededPadding(content) - (text.size() - content);
    if (missing <= 0 || neededPadding(content) == 3)
        return std::nullopt;
    SourcedTextBuilder padded(text);
    padded.keep(0, text.size());
    padded.put(QByteArray(missing, '='), text.size() - 1);
    return Taken{padded.finish(), text.sourceRange(text.size(), text.size())};
}

Layer takeExtraPadding(const SourcedText& text) {
    if (!isToken(text.bytes()))
        return std::nullopt;
    const qsizetype content = contentSize(text.bytes());
    const qsizetype needed = neededPadding(content);
    if (text.size() - content <= needed || needed == 3)
        return std::nullopt;
    return Taken{text.sliced(0, content + needed), text.sourceRange(content + needed, text.size())};
}

} // namespace lavascope
