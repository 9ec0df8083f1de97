// SPDX-License-Identifier: MIT
#include "core/token/base64.h"
#include "core/token/credential.h"
#include "core/token/layers.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

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

bool isQuoteAt(QByteArrayView text, qsizetype at) {
    return at < text.size() && (text[at] == '"' || text[at] == '\'');
}

bool beginsWith(QByteArrayView text, QByteArrayView word) {
    return text.size() >= word.size() && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0;
}

/// Whether of the first two UTF-16 units the byte at that place is zero and the other is not, as in ASCII.
bool hasNulAt(QByteArrayView bytes, qsizetype place) {
    return bytes.size() >= 4 && bytes[place] == '\0' && bytes[place + 2] == '\0' &&
           bytes[1 - place] != '\0' && bytes[3 - place] != '\0';
}

Layer from(const SourcedText& text, qsizetype begin) {
    return Taken{text.sliced(begin), text.sourceRange(0, begin)};
}

} // namespace

// Windows shells write files like that.
Layer takeUtf16(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const bool hasMark = bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
    const bool little = bytes.startsWith("\xFF\xFE") || hasNulAt(bytes, 1);
    if (bytes.size() < 4 || !(hasMark || hasNulAt(bytes, 0) || hasNulAt(bytes, 1)))
        return std::nullopt;
    SourcedTextBuilder converted(text);
    for (qsizetype i = hasMark ? 2 : 0; i + 1 < bytes.size(); i += 2) {
        const auto low = uchar(bytes[little ? i : i + 1]);
        const auto high = uchar(bytes[little ? i + 1 : i]);
        const QChar unit(low, high);
        converted.put(QString(unit).toUtf8(), i);
    }
    return Taken{converted.finish(), text.sourceRange(0, text.size())};
}

Layer takeByteOrderMark(const SourcedText& text) {
    return text.bytes().startsWith("\xEF\xBB\xBF") ? from(text, 3) : std::nullopt;
}

Layer takeSurroundingBlanks(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    const qsizetype begin = skipBlanks(bytes, 0);
    qsizetype end = bytes.size();
    while (end > begin && isBlank(bytes[end - 1]))
        --end;
    if (begin == 0 && end == bytes.size())
        return std::nullopt;
    const ByteRange where =
        end < bytes.size() ? text.sourceRange(end, bytes.size()) : text.sourceRange(0, begin);
    return Taken{text.sliced(begin, end - begin), where};
}

Layer takeHeaderName(const SourcedText& text) {
    constexpr std::array<QByteArrayView, 6> names = {"authorization", "x-api-key", "x-goog-api-key",
                                                     "xi-api-key",    "api-key",   "proxy-authorization"};
    const QByteArrayView bytes = text.bytes();
    qsizetype begin = 0;
    for (QByteArrayView option : {QByteArrayView("--header"), QByteArrayView("-H")})
        if (begin == 0 && beginsWith(bytes, option))
            begin = skipBlanks(bytes, option.size());
    // curl's option, a JSON member and a YAML key may all have the name in quotes.
    if (isQuoteAt(bytes, begin))
        ++begin;
    for (QByteArrayView name : names) {
        if (!beginsWith(bytes.sliced(begin), name))
            continue;
        qsizetype at = begin + name.size();
        at = skipBlanks(bytes, isQuoteAt(bytes, at) ? at + 1 : at);
        if (at < bytes.size() && bytes[at] == ':')
            return from(text, skipBlanks(bytes, at + 1));
    }
    return std::nullopt;
}

Layer takeBearer(const SourcedText& text) {
    constexpr QByteArrayView word = "Bearer";
    if (!beginsWith(text.bytes(), word))
        return std::nullopt;
    qsizetype at = word.size();
    if (at < text.size() && text.bytes()[at] == ':')
        ++at;
    else if (at < text.size() && !isBlank(text.bytes()[at]))
        return std::nullopt;
    return from(text, skipBlanks(text.bytes(), at));
}

Layer takeAssignment(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    qsizetype at = 0;
    bool announced = false;
    for (QByteArrayView word : {QByteArrayView("export "), QByteArrayView("set "), QByteArrayView("const "),
                                QByteArrayView("let "), QByteArrayView("$env:")}) {
        if (!announced && beginsWith(bytes, word)) {
            at = skipBlanks(bytes, word.size());
            announced = true;
        }
    }
    if (isQuoteAt(bytes, at))
        ++at;
    const qsizetype nameAt = at;
    while (at < bytes.size() && isNameCharacter(bytes[at]))
        ++at;
    const QByteArrayView name = bytes.sliced(nameAt, at - nameAt);
    if (isQuoteAt(bytes, at))
        ++at;
    at = skipBlanks(bytes, at);
    if (name.isEmpty() || at >= bytes.size() || (bytes[at] != '=' && bytes[at] != ':'))
        return std::nullopt;
    const QByteArrayView value = bytes.sliced(at + 1);
    // Base64 ends in `=` too, a URL begins with a name and `:`, and a key is no name.
    const bool isPadding =
        std::all_of(value.begin(), value.end(), [](char c) { return c == '=' || isBlank(c); });
    const bool isCredential =
        beginsLikeEncodedCredential(name) || kindByPrefix(name) != CredentialKind::Unknown;
    if (isPadding || value.startsWith("//") || value.startsWith('=') || (isCredential && !announced))
        return std::nullopt;
    return from(text, skipBlanks(bytes, at + 1));
}

Layer takePunctuation(const SourcedText& text) {
    const QByteArrayView bytes = text.bytes();
    // Several full stops stand for what was left out.
    const bool endsSentence = bytes.endsWith('.') && !bytes.endsWith("..");
    if (!bytes.endsWith(',') && !bytes.endsWith(';') && !endsSentence)
        return std::nullopt;
    return Taken{text.sliced(0, text.size() - 1), text.sourceRange(text.size() - 1, text.size())};
}

Layer takeQuotes(const SourcedText& text) {
    struct Pair {
        QByteArrayView open;
        QByteArrayView close;
    };
    constexpr std::array<Pair, 5> pairs = {{
        {"\"", "\""},
        {"'", "'"},
        {"`", "`"},
        {"\xE2\x80\x9C", "\xE2\x80\x9D"},
        {"\xE2\x80\x98", "\xE2\x80\x99"},
    }};
    const QByteArrayView bytes = text.bytes();
    for (const auto& [open, close] : pairs) {
        const qsizetype begin = bytes.startsWith(open) ? open.size() : 0;
        const bool closes = bytes.sliced(begin).endsWith(close);
        const qsizetype end = bytes.size() - (closes ? close.size() : 0);
        // Of half a pair the other half must not be somewhere inside, as in a whole command.
        const bool isHalf = (begin > 0) != closes;
        const bool isSplit = isHalf && bytes.sliced(begin, end - begin).contains(begin > 0 ? close : open);
        if ((begin > 0 || closes) && !isSplit)
            return Taken{text.sliced(begin, end - begin), text.sourceRange(0, text.size())};
    }
    return std::nullopt;
}

} // namespace lavascope
