// SPDX-License-Identifier: MIT
#include "core/token/peel.h"

#include "core/base/visible_text.h"
#include "core/token/base64.h"
#include "core/token/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lavascope {

namespace {

constexpr int deepest = 12; // layers; no paste of a person has more

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool isNameCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-' || c == '.';
}

qsizetype skipBlanks(QByteArrayView text, qsizetype from) {
    while (from < text.size() && isBlank(text[from]))
        ++from;
    return from;
}

/// Where the rest begins after a name, or nothing if the text does not begin with it.
std::optional<qsizetype> afterWord(QByteArrayView text, QByteArrayView word) {
    if (text.size() < word.size() || text.first(word.size()).compare(word, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return word.size();
}

using Layer = std::optional<SourcedText>;

Layer peelBlanks(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const qsizetype begin = skipBlanks(bytes, 0);
    qsizetype end = bytes.size();
    while (end > begin && isBlank(bytes[end - 1]))
        --end;
    if (begin == 0 && end == bytes.size())
        return std::nullopt;
    return text.sliced(begin, end - begin);
}

// Zero-width characters, no-break spaces, byte order marks, direction marks: never part of a credential.
Layer peelInvisible(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    SourcedTextBuilder kept(text);
    bool found = false;
    qsizetype from = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        const CodePoint point = codePointAt(bytes, at);
        const qsizetype length = std::max<qsizetype>(1, point.length);
        const bool invisible = point.length > 1 && (isDeceptive(point.value) || point.value == 0xA0);
        if (invisible) {
            kept.keep(from, at);
            from = at + length;
            found = true;
        }
        at += length;
    }
    if (!found)
        return std::nullopt;
    kept.keep(from, bytes.size());
    return kept.finish();
}

Layer peelQuotes(const SourcedText& text) {
    constexpr std::array<std::pair<QByteArrayView, QByteArrayView>, 5> pairs = {
        {{"\"", "\""},
         {"'", "'"},
         {"`", "`"},
         {"\xe2\x80\x9c", "\xe2\x80\x9d"},
         {"\xe2\x80\x98", "\xe2\x80\x99"}}};
    const QByteArrayView bytes = text.bytes();
    for (const auto& [open, close] : pairs) {
        const bool opens = bytes.startsWith(open);
        const bool closes = bytes.endsWith(close) && bytes.size() >= open.size() + close.size();
        if (opens && closes)
            return text.sliced(open.size(), bytes.size() - open.size() - close.size());
        // Half a pair is what careless copying leaves.
        if (opens)
            return text.sliced(open.size());
        if (closes)
            return text.sliced(0, bytes.size() - close.size());
    }
    return std::nullopt;
}

Layer peelPunctuation(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    if (bytes.endsWith(',') || bytes.endsWith(';'))
        return text.sliced(0, bytes.size() - 1);
    return std::nullopt;
}

Layer peelHeaderName(const SourcedText& text) {
    constexpr std::array<QByteArrayView, 6> names = {"authorization", "x-api-key", "x-goog-api-key",
                                                     "xi-api-key",    "api-key",   "proxy-authorization"};
    QByteArrayView bytes = text.bytes();
    qsizetype begin = 0;
    for (QByteArrayView option : {QByteArrayView("-H"), QByteArrayView("--header")})
        if (const auto after = afterWord(bytes, option))
            begin = skipBlanks(bytes, *after);
    if (begin < bytes.size() && begin > 0 && (bytes[begin] == '"' || bytes[begin] == '\''))
        ++begin;
    // As a JSON or YAML member the name may stand in quotes.
    const bool quoted = begin < bytes.size() && (bytes[begin] == '"' || bytes[begin] == '\'');
    const qsizetype nameAt = begin + (quoted ? 1 : 0);
    for (QByteArrayView name : names) {
        const auto after = afterWord(bytes.sliced(nameAt), name);
        if (!after)
            continue;
        qsizetype at = nameAt + *after + (quoted ? 1 : 0);
        at = skipBlanks(bytes, at);
        if (at < bytes.size() && bytes[at] == ':')
            return text.sliced(skipBlanks(bytes, at + 1));
    }
    return std::nullopt;
}

Layer peelBearer(const SourcedText& text) {
    const auto after = afterWord(text.bytes(), "Bearer");
    if (!after)
        return std::nullopt;
    const QByteArrayView rest = text.bytes().sliced(*after);
    if (!rest.isEmpty() && !isBlank(rest[0]) && rest[0] != ':')
        return std::nullopt;
    return text.sliced(skipBlanks(text.bytes(), rest.startsWith(':') ? *after + 1 : *after));
}

// `export NAME=value`, `NAME=value`, `set NAME=value`, `$env:NAME = value`, `name: value`.
Layer peelAssignment(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    qsizetype at = 0;
    bool announced = false;
    for (QByteArrayView word : {QByteArrayView("export "), QByteArrayView("set "), QByteArrayView("const "),
                                QByteArrayView("let "), QByteArrayView("$env:")}) {
        if (const auto after = afterWord(bytes, word)) {
            at = skipBlanks(bytes, *after);
            announced = true;
        }
    }
    const bool quoted = at < bytes.size() && bytes[at] == '"';
    at += quoted ? 1 : 0;
    const qsizetype nameAt = at;
    while (at < bytes.size() && isNameCharacter(bytes[at]))
        ++at;
    if (at == nameAt)
        return std::nullopt;
    // Base64 has `=` at its end only; a name that is nearly the whole text is none.
    const QByteArrayView name = bytes.sliced(nameAt, at - nameAt);
    if (quoted && at < bytes.size() && bytes[at] == '"')
        ++at;
    at = skipBlanks(bytes, at);
    if (at >= bytes.size() || (bytes[at] != '=' && bytes[at] != ':'))
        return std::nullopt;
    const qsizetype value = skipBlanks(bytes, at + 1);
    const bool onlyPadding = std::all_of(bytes.begin() + value, bytes.end(), [](char c) { return c == '='; });
    const bool isCredentialItself = beginsLikeEncodedCredential(name) && !announced;
    if (onlyPadding || isCredentialItself)
        return std::nullopt;
    return text.sliced(value);
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Layer peelPercentEncoding(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    if (!bytes.contains('%'))
        return std::nullopt;
    SourcedTextBuilder decoded(text);
    qsizetype from = 0;
    for (qsizetype at = bytes.indexOf('%'); at >= 0; at = bytes.indexOf('%', from)) {
        if (at + 2 >= bytes.size())
            return std::nullopt;
        const int high = hexValue(bytes[at + 1]);
        const int low = hexValue(bytes[at + 2]);
        if (high < 0 || low < 0)
            return std::nullopt;
        decoded.keep(from, at);
        const char byte = char(high * 16 + low);
        decoded.put(QByteArrayView(&byte, 1), at);
        from = at + 3;
    }
    decoded.keep(from, bytes.size());
    return decoded.finish();
}

// Line breaks and blanks inside what is base64 otherwise: `base64` wraps at 76, mail and terminals elsewhere.
Layer peelLineWraps(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const auto isWrap = [&](qsizetype at) {
        return isBlank(bytes[at]) || (bytes[at] == '\\' && at + 1 < bytes.size() && isBlank(bytes[at + 1]));
    };
    SourcedTextBuilder kept(text);
    bool found = false;
    qsizetype from = 0;
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        if (!isWrap(at))
            continue;
        kept.keep(from, at);
        from = at + 1;
        found = true;
    }
    if (!found)
        return std::nullopt;
    kept.keep(from, bytes.size());
    SourcedText joined = kept.finish();
    if (!isBase64Text(joined.bytes()) || !beginsLikeEncodedCredential(joined.bytes()))
        return std::nullopt;
    return joined;
}

struct NamedLayer {
    const char* name;
    Layer (*take)(const SourcedText&);
    const char* message; ///< null: not worth a remark
    const char* fix;
};

constexpr std::array<NamedLayer, 9> knownLayers = {{
    {"surrounding_blanks", peelBlanks, nullptr, nullptr},
    {"invisible_characters", peelInvisible,
     "Invisible characters stand in it, as copying from a page or a chat leaves them.",
     "Remove them; they would break the call."},
    {"header_name", peelHeaderName, nullptr, nullptr},
    {"bearer", peelBearer, nullptr, nullptr},
    {"assignment", peelAssignment, nullptr, nullptr},
    {"punctuation", peelPunctuation, nullptr, nullptr},
    {"quotes", peelQuotes, nullptr, nullptr},
    {"percent_encoding", peelPercentEncoding, "It is percent-encoded, as in a URL.", "Send it decoded."},
    {"line_wraps", peelLineWraps, "It is broken into several lines; a header cannot hold line breaks.",
     "Make it with `base64 -w 0`, or remove the line breaks."},
}};

} // namespace

Peeled peel(QByteArrayView pasted) {
    // The line break at the end of a line is nobody's mistake, and no layer.
    while (pasted.endsWith('\n') || pasted.endsWith('\r'))
        pasted.chop(1);
    Peeled peeled;
    peeled.text = SourcedText(pasted);
    for (int depth = 0; depth < deepest; ++depth) {
        bool taken = false;
        for (const NamedLayer& layer : knownLayers) {
            Layer inner = layer.take(peeled.text);
            if (!inner)
                continue;
            const QString name = QString::fromLatin1(layer.name);
            if (layer.message && !peeled.layers.contains(name))
                peeled.findings.push_back({Severity::Warning, name, QString::fromLatin1(layer.message),
                                           QString::fromLatin1(layer.fix),
                                           peeled.text.sourceRange(0, peeled.text.size())});
            peeled.layers.append(name);
            peeled.text = *std::move(inner);
            taken = true;
            break;
        }
        if (!taken)
            break;
    }
    return peeled;
}

} // namespace lavascope
