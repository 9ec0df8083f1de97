// SPDX-License-Identifier: MIT
#include "core/token/credential_shapes.h"

#include "core/base/secret.h"

#include <algorithm>

namespace lavascope {

namespace {

struct KeyPrefix {
    const char* prefix;
    qsizetype shortest;
    bool isWord;
};

constexpr qsizetype fewest = 6;
constexpr std::array<KeyPrefix, 23> keyPrefixes = {{
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
    {"csk-", 16, true},
    {"hf_", 16, true},
    {"pplx-", 16, true},
    {"nvapi-", 16, true},
    {"fw_", 16, true},
    {"r8_", 16, true},
    {"tgp_v1_", 16, true},
}};

constexpr std::array<const char*, 7> parameterNames = {"key",          "api_key", "apikey", "api-key",
                                                       "access_token", "token",   "secret"};

constexpr std::array<QByteArrayView, 13> memberNames = {
    "secret_key",   "provider_key",  "api_key",       "apiKey",         "api-key",
    "access_token", "refresh_token", "client_secret", "product_secret", "connection_secret",
    "private_key",  "password",      "authorization",
};

constexpr int mostTries = 16;

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

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// What ends the value of a parameter, in an address or in a text that quotes one.
bool endsParameter(char c) {
    return uchar(c) <= ' ' || QByteArrayView("&#\"'<>\\)").contains(c);
}

template <typename IsByte>
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

bool looksSecret(QByteArrayView word) {
    constexpr qsizetype shortest = 8;
    constexpr qsizetype longerThanWords = 24;
    const bool hasMark = std::any_of(word.begin(), word.end(),
                                     [](char c) { return !isAlphanumeric(c) || (c >= '0' && c <= '9'); });
    return word.size() >= longerThanWords || (word.size() >= shortest && hasMark);
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

} // namespace

bool isCredentialMember(QByteArrayView name) {
    return std::find(memberNames.begin(), memberNames.end(), name) != memberNames.end();
}

CredentialShapes::CredentialShapes() {
    for (const KeyPrefix& key : keyPrefixes)
        m_shapes.push_back({key.prefix, Family::Key, Spelling::Plain, key.shortest, key.isWord});
    for (const char* scheme : {"Bearer ", "bearer ", "BEARER ", "Bearer%20", "Basic "})
        m_shapes.push_back({scheme, Family::Bearer});
    // The base64 of `{` and then a quote, a blank or a line end.
    for (const char* beginning : {"eyJ", "eyA", "ewo", "ew0", "ewk"})
        m_shapes.push_back({beginning, Family::Token});
    for (const char* name : parameterNames) {
        m_shapes.push_back({QByteArray(name) + '=', Family::Parameter});
        m_shapes.push_back({QByteArray(name) + "%3D", Family::Parameter, Spelling::PercentEncoded});
        m_shapes.push_back({QByteArray(name) + "%3d", Family::Parameter, Spelling::PercentEncoded});
    }
    m_shapes.push_back({"://", Family::UserInfo});
    m_shapes.push_back({"%3A%2F%2F", Family::UserInfo, Spelling::PercentEncoded});
    m_shapes.push_back({"%3a%2f%2f", Family::UserInfo, Spelling::PercentEncoded});
    for (QByteArrayView name : memberNames)
        m_shapes.push_back({'"' + name.toByteArray() + '"', Family::Member});
}

std::optional<ByteRange> CredentialShapes::Walk::credentialAt(int shape, qsizetype at) {
    const Shape& sought = m_shapes.m_shapes[size_t(shape)];
    qsizetype& lookedAt = m_lookedAt[size_t(sought.family)];
    if (at < lookedAt)
        return std::nullopt;
    const Stretch stretch = stretchAfter(sought, m_bytes, at);
    if (stretch.isCredential && stretch.end > stretch.begin) {
        lookedAt = stretch.end;
        return ByteRange{stretch.begin, stretch.end};
    }
    // A run of token bytes may hold a token further on, but a long run of signs must not cost its square.
    if (sought.family == Family::Token) {
        m_refusals = stretch.end == m_refusedEnd ? m_refusals + 1 : 1;
        m_refusedEnd = stretch.end;
        if (m_refusals > mostTries)
            lookedAt = stretch.end;
    }
    return std::nullopt;
}

CredentialShapes::Stretch CredentialShapes::stretchAfter(const Shape& shape, const QByteArray& bytes,
                                                         qsizetype at) {
    const qsizetype after = at + shape.sign.size();
    switch (shape.family) {
    case Family::Key:
        return key(shape, bytes, at);
    case Family::Bearer:
        return bearer(bytes, after);
    case Family::Token:
        return token(bytes, at, after);
    case Family::Parameter:
        return parameter(shape, bytes, at);
    case Family::UserInfo:
        return userInfo(shape, bytes, after);
    case Family::Member:
        break;
    }
    return member(bytes, after);
}

CredentialShapes::Stretch CredentialShapes::key(const Shape& shape, const QByteArray& bytes, qsizetype at) {
    if (shape.isWord && !beginsWord(bytes, at))
        return {};
    const qsizetype begin = at + shape.sign.size();
    const qsizetype end = endOfRun(bytes, begin, isKeyByte);
    return {begin, end, end - begin >= shape.shortest};
}

CredentialShapes::Stretch CredentialShapes::bearer(const QByteArray& bytes, qsizetype begin) {
    const qsizetype end = endOfToken(bytes, begin);
    const QByteArrayView word = QByteArrayView(bytes).sliced(begin, end - begin);
    // The prefix that a mask shows gives nothing away.
    const bool isPrefix = shownPartsOf(word).prefix.size() == word.size();
    return {begin, end, looksSecret(word) && !isPrefix};
}

CredentialShapes::Stretch CredentialShapes::token(const QByteArray& bytes, qsizetype at, qsizetype begin) {
    constexpr qsizetype shortest = 24;
    const qsizetype end = endOfToken(bytes, begin);
    return {begin, end, end - at >= shortest && isToken(QByteArrayView(bytes).sliced(at, end - at))};
}

CredentialShapes::Stretch CredentialShapes::parameter(const Shape& shape, const QByteArray& bytes,
                                                      qsizetype at) {
    const QByteArrayView before = QByteArrayView(bytes).first(at);
    const bool begins = before.endsWith('?') || before.endsWith('&') || before.endsWith("%3F") ||
                        before.endsWith("%3f") || before.endsWith("%26") || before.endsWith("u0026");
    if (!begins)
        return {};
    const qsizetype begin = at + shape.sign.size();
    qsizetype end = begin;
    while (end < bytes.size() && !endsParameter(bytes[end])) {
        const bool isEncodedEnd =
            shape.spelling == Spelling::PercentEncoded && QByteArrayView(bytes).sliced(end).startsWith("%26");
        if (isEncodedEnd)
            break;
        ++end;
    }
    return {begin, end, true};
}

/// `user:password` of `https://user:password@host`, also where the address is percent-encoded in another.
CredentialShapes::Stretch CredentialShapes::userInfo(const Shape& shape, const QByteArray& bytes,
                                                     qsizetype begin) {
    const bool isPlain = shape.spelling == Spelling::Plain;
    const QByteArrayView sign = isPlain ? "@" : "%40";
    const QByteArrayView slash = isPlain ? QByteArrayView("/") : QByteArrayView(shape.sign).last(3);
    qsizetype userEnd = -1;
    qsizetype end = begin;
    for (; end < bytes.size() && !endsParameter(bytes[end]) && bytes[end] != '?'; ++end) {
        const QByteArrayView rest = QByteArrayView(bytes).sliced(end);
        if (rest.startsWith(slash))
            break;
        if (rest.startsWith(sign))
            userEnd = end;
    }
    return {begin, userEnd, userEnd > begin};
}

CredentialShapes::Stretch CredentialShapes::member(const QByteArray& bytes, qsizetype from) {
    const auto isAt = [&](qsizetype at, char c) { return at < bytes.size() && bytes[at] == c; };
    const qsizetype colon = endOfRun(bytes, from, isBlank);
    if (!isAt(colon, ':'))
        return {};
    const qsizetype quote = endOfRun(bytes, colon + 1, isBlank);
    if (!isAt(quote, '"'))
        return {};
    qsizetype end = quote + 1;
    while (end < bytes.size() && bytes[end] != '"')
        end += bytes[end] == '\\' ? 2 : 1;
    return {quote + 1, std::min(end, bytes.size()), true};
}

} // namespace lavascope
