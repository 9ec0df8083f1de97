// SPDX-License-Identifier: MIT
#include "core/stream/credential_shapes.h"

#include <QByteArrayMatcher>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isKeyByte(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
}

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A byte of base64 in either alphabet, or of a percent code.
bool isTokenByte(char c) {
    return isKeyByte(c) || c == '+' || c == '/' || c == '=' || c == '.' || c == '%';
}

/// What ends the value of a parameter, in an address or in a text that quotes one.
bool endsParameter(char c) {
    return uchar(c) <= ' ' || QByteArrayView("&#\"'<>\\)").contains(c);
}

using IsByte = bool (*)(char);

qsizetype endOfRun(const QByteArray& bytes, qsizetype from, IsByte belongs) {
    while (from < bytes.size() && belongs(bytes[from]))
        ++from;
    return from;
}

/// A backslash belongs to a token only as the escape of its slashes: any other may be the one that keeps a
/// JSON string open.
qsizetype endOfToken(const QByteArray& bytes, qsizetype from) {
    for (;;) {
        from = endOfRun(bytes, from, isTokenByte);
        if (!QByteArrayView(bytes).sliced(from).startsWith("\\/"))
            return from;
        from += 2;
    }
}

/// Whether a word begins here. The letter of an escape, as in `\n`, and a percent code are no part of a word.
bool beginsWord(const QByteArray& bytes, qsizetype at) {
    if (at == 0 || !isAlphanumeric(bytes[at - 1]))
        return true;
    if (at >= 2 && bytes[at - 2] == '\\' && QByteArrayView("nrtbf").contains(bytes[at - 1]))
        return true;
    return at >= 3 && bytes[at - 3] == '%' && isHex(bytes[at - 2]) && isHex(bytes[at - 1]);
}

struct KeyShape {
    QByteArrayView prefix;
    qsizetype shortestRest;
    bool isWord; ///< the prefix is so common that it counts at the beginning of a word only
};

constexpr qsizetype fewest = 6;
constexpr std::array<KeyShape, 16> keyShapes = {{
    {"aks_live_", fewest, false},
    {"aks_test_", fewest, false},
    {"lava_sk_", fewest, false},
    {"lava_wk_", fewest, false},
    {"cons_live_", fewest, false},
    {"cons_test_", fewest, false},
    {"ps_live_", fewest, true},
    {"sk-ant-", fewest, true},
    {"sk-proj-", fewest, true},
    {"sk-", fewest, true},
    {"sk_live_", fewest, true},
    {"sk_test_", fewest, true},
    {"sk_", 16, true},
    {"gsk_", 16, true},
    {"xai-", 16, true},
    {"AIza", 20, true},
}};

void findKeys(const QByteArray& bytes, std::vector<ByteRange>& found) {
    for (const KeyShape& shape : keyShapes) {
        const QByteArrayMatcher matcher(shape.prefix.toByteArray());
        for (qsizetype at = matcher.indexIn(bytes); at >= 0;) {
            const qsizetype begin = at + shape.prefix.size();
            const qsizetype end = endOfRun(bytes, begin, isKeyByte);
            if (end - begin >= shape.shortestRest && (!shape.isWord || beginsWord(bytes, at)))
                found.push_back({begin, end});
            at = matcher.indexIn(bytes, std::max(begin, end));
        }
    }
}

bool looksSecret(QByteArrayView word) {
    constexpr qsizetype shortest = 8;
    constexpr qsizetype longerThanWords = 24;
    const bool hasMark = std::any_of(word.begin(), word.end(),
                                     [](char c) { return !isAlphanumeric(c) || (c >= '0' && c <= '9'); });
    return word.size() >= longerThanWords || (word.size() >= shortest && hasMark);
}

void findBearers(const QByteArray& bytes, std::vector<ByteRange>& found) {
    for (QByteArrayView scheme : {"Bearer ", "bearer ", "BEARER ", "Bearer%20", "Basic "}) {
        const QByteArrayMatcher matcher(scheme.toByteArray());
        for (qsizetype at = matcher.indexIn(bytes); at >= 0;
             at = matcher.indexIn(bytes, at + scheme.size())) {
            const qsizetype begin = at + scheme.size();
            const qsizetype end = endOfToken(bytes, begin);
            if (looksSecret(QByteArrayView(bytes).sliced(begin, end - begin)))
                found.push_back({begin, end});
        }
    }
}

/// Base64 of JSON that holds a key, and JSON web tokens.
bool isToken(QByteArrayView run) {
    QByteArray text = QByteArray::fromPercentEncoding(run.toByteArray()).replace("\\/", "/");
    if (text.count('.') >= 2)
        return true;
    text.replace('-', '+').replace('_', '/');
    const QByteArray inside = QByteArray::fromBase64(text);
    return inside.contains("_key\"") || inside.contains("_secret\"") || inside.contains("apiKey\"");
}

void findTokens(const QByteArray& bytes, std::vector<ByteRange>& found) {
    constexpr qsizetype shortestToken = 24;
    // `{` and then a quote, a blank or a line end.
    for (QByteArrayView beginning : {"eyJ", "eyA", "ewo", "ew0", "ewk"}) {
        const QByteArrayMatcher matcher(beginning.toByteArray());
        for (qsizetype at = matcher.indexIn(bytes); at >= 0;) {
            const qsizetype begin = at + beginning.size();
            const qsizetype end = endOfToken(bytes, begin);
            if (end - at >= shortestToken && isToken(QByteArrayView(bytes).sliced(at, end - at)))
                found.push_back({begin, end});
            at = matcher.indexIn(bytes, end);
        }
    }
}

void findParameters(const QByteArray& bytes, std::vector<ByteRange>& found) {
    for (QByteArrayView name : {"key", "api_key", "apikey", "api-key", "access_token", "token", "secret"})
        for (QByteArrayView equals : {"=", "%3D", "%3d"}) {
            const QByteArray wanted = name.toByteArray() + equals.toByteArray();
            const QByteArrayMatcher matcher(wanted);
            for (qsizetype at = matcher.indexIn(bytes); at >= 0;
                 at = matcher.indexIn(bytes, at + wanted.size())) {
                const QByteArrayView before = QByteArrayView(bytes).first(at);
                const bool isParameter = before.endsWith('?') || before.endsWith('&') ||
                                         before.endsWith("%3F") || before.endsWith("%3f") ||
                                         before.endsWith("%26") || before.endsWith("u0026");
                if (!isParameter)
                    continue;
                const qsizetype begin = at + wanted.size();
                qsizetype end = begin;
                while (end < bytes.size() && !endsParameter(bytes[end]) &&
                       !(equals != "=" && QByteArrayView(bytes).sliced(end).startsWith("%26")))
                    ++end;
                if (end > begin)
                    found.push_back({begin, end});
            }
        }
}

/// `https://user:password@host`, also percent-encoded inside a forward URL.
void findUserInfo(const QByteArray& bytes, std::vector<ByteRange>& found) {
    struct Spelling {
        QByteArrayView slashes;
        QByteArrayView at;
        QByteArrayView end;
    };
    constexpr std::array<Spelling, 3> spellings = {{
        {"://", "@", "/"},
        {"%3A%2F%2F", "%40", "%2F"},
        {"%3a%2f%2f", "%40", "%2f"},
    }};
    for (const Spelling& spelling : spellings) {
        const QByteArrayMatcher matcher(spelling.slashes.toByteArray());
        for (qsizetype at = matcher.indexIn(bytes); at >= 0;) {
            const qsizetype begin = at + spelling.slashes.size();
            qsizetype end = begin;
            qsizetype userEnd = -1;
            while (end < bytes.size() && !endsParameter(bytes[end]) && bytes[end] != '?') {
                const QByteArrayView rest = QByteArrayView(bytes).sliced(end);
                if (rest.startsWith(spelling.end))
                    break;
                if (rest.startsWith(spelling.at))
                    userEnd = end;
                ++end;
            }
            if (userEnd > begin)
                found.push_back({begin, userEnd});
            at = matcher.indexIn(bytes, std::max(begin, end));
        }
    }
}

constexpr std::array<QByteArrayView, 13> credentialMembers = {
    "secret_key",   "provider_key",  "api_key",       "apiKey",         "api-key",
    "access_token", "refresh_token", "client_secret", "product_secret", "connection_secret",
    "private_key",  "password",      "authorization",
};

void findMembers(const QByteArray& bytes, std::vector<ByteRange>& found) {
    for (QByteArrayView name : credentialMembers) {
        const QByteArray wanted = '"' + name.toByteArray() + '"';
        const QByteArrayMatcher matcher(wanted);
        const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
        for (qsizetype at = matcher.indexIn(bytes); at >= 0;
             at = matcher.indexIn(bytes, at + wanted.size())) {
            qsizetype begin = endOfRun(bytes, at + wanted.size(), isBlank);
            if (begin >= bytes.size() || bytes[begin] != ':')
                continue;
            begin = endOfRun(bytes, begin + 1, isBlank);
            if (begin >= bytes.size() || bytes[begin] != '"')
                continue;
            ++begin;
            qsizetype end = begin;
            while (end < bytes.size() && bytes[end] != '"')
                end += bytes[end] == '\\' ? 2 : 1;
            end = std::min(end, bytes.size());
            if (end > begin)
                found.push_back({begin, end});
        }
    }
}

} // namespace

bool isCredentialMember(QByteArrayView name) {
    return std::find(credentialMembers.begin(), credentialMembers.end(), name) != credentialMembers.end();
}

std::vector<ByteRange> shapedCredentials(const QByteArray& bytes) {
    std::vector<ByteRange> found;
    findKeys(bytes, found);
    findBearers(bytes, found);
    findTokens(bytes, found);
    findParameters(bytes, found);
    findUserInfo(bytes, found);
    findMembers(bytes, found);
    return found;
}

} // namespace lavascope
