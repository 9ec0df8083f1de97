// SPDX-License-Identifier: MIT
#include "core/token/plain_token.h"

#include "core/base/secret.h"
#include "core/token/base64.h"
#include "core/token/credential.h"
#include "core/token/display.h"
#include "core/token/field_check.h"

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr QByteArrayView scheme = "Bearer ";
constexpr qsizetype longestLine = 4096; // far below what is remarked on
constexpr qsizetype shortestQuoted = 6; // of a secret inside another value

constexpr std::array<bool, 256> makeWordCharacters() {
    std::array<bool, 256> made = {};
    for (char c = '0'; c <= '9'; ++c)
        made.at(size_t(c)) = true;
    for (char c = 'A'; c <= 'Z'; ++c)
        made.at(size_t(c)) = true;
    for (char c = 'a'; c <= 'z'; ++c)
        made.at(size_t(c)) = true;
    made['-'] = made['_'] = true;
    return made;
}
constexpr std::array<bool, 256> wordCharacters = makeWordCharacters();

bool isSecretName(QByteArrayView name) {
    return name == "secret_key" || name == "provider_key";
}

bool isIdName(QByteArrayView name) {
    return name == "customer_id" || name == "meter_slug";
}

} // namespace

bool PlainToken::read(QByteArrayView line) {
    m_shape.clear();
    m_values.clear();
    m_at = 0;
    m_shapedTo = 0;
    const bool isBearer = line.startsWith(scheme);
    const QByteArrayView text = isBearer ? line.sliced(scheme.size()) : line;
    if (line.size() > longestLine || !text.startsWith("eyJ"))
        return false;
    Base64Decoding decoding = decodeBase64(text);
    if (decoding.fault)
        return false;
    m_json = std::move(decoding.bytes);
    m_shape = isBearer ? scheme.data() : "";
    if (!readObject() || quotesASecret())
        return false;
    m_shape.append(m_json.constData() + m_shapedTo, size_t(m_json.size() - m_shapedTo));
    return true;
}

bool PlainToken::readObject() {
    if (!take('{'))
        return false;
    do {
        if (!readMember())
            return false;
        skipBlanks();
    } while (take(','));
    return take('}') && m_at == m_json.size();
}

bool PlainToken::readMember() {
    skipBlanks();
    if (!take('"'))
        return false;
    const QByteArrayView name = takeWord();
    if (!take('"'))
        return false;
    skipBlanks();
    if (!take(':'))
        return false;
    skipBlanks();
    return take('"') ? readText(name) : readFlag();
}

/// `true`, `false` or `null`: part of the shape, as there are but few.
bool PlainToken::readFlag() {
    const QByteArrayView word = takeWord();
    return word == "true" || word == "false" || word == "null";
}

bool PlainToken::readText(QByteArrayView name) {
    const qsizetype begin = m_at;
    Value value;
    value.text = takeWord();
    if (value.text.isEmpty() || !take('"'))
        return false;
    value.isSecret = isSecretName(name);
    if (value.isSecret) {
        const ShownParts shown = shownPartsOf(value.text);
        value.shownPrefix = shown.prefix;
        value.shownEnd = shown.end;
    }
    if (!isWordOf(value, name))
        return false;
    m_shape.append(m_json.constData() + m_shapedTo, size_t(begin - m_shapedTo));
    m_shapedTo = m_at - 1;
    if (value.isSecret) {
        m_shape.append(value.shownPrefix.data(), size_t(value.shownPrefix.size()));
        m_shape += value.shownEnd.isEmpty() ? '-' : '+';
    }
    m_values.push_back(value);
    return true;
}

/// Whether such a field may hold such a value without a remark.
bool PlainToken::isWordOf(const Value& value, QByteArrayView name) const {
    if (!value.isSecret)
        return isIdName(name) && value.text.size() <= longestShownLine && !holdsCredential(value.text) &&
               !isIdOfSomethingElse(value.text) && !isPlaceholderId(value.text);
    if (value.text.size() == value.shownPrefix.size())
        return false;
    const CredentialKind kind = kindByPrefix(value.text);
    if (name == "secret_key")
        return kind == CredentialKind::SecretKey;
    return kind == CredentialKind::ProviderKey || kind == CredentialKind::Unknown;
}

bool PlainToken::quotesASecret() const {
    const auto quotes = [](const Value& outer, const Value& secret) {
        return !outer.isSecret && secret.isSecret && secret.text.size() >= shortestQuoted &&
               outer.text.size() >= secret.text.size() && outer.text.contains(secret.text);
    };
    for (const Value& outer : m_values)
        for (const Value& secret : m_values)
            if (quotes(outer, secret))
                return true;
    return false;
}

QByteArrayView PlainToken::takeWord() {
    const qsizetype begin = m_at;
    const char* const bytes = m_json.constData();
    while (m_at < m_json.size() && wordCharacters[uchar(bytes[m_at])])
        ++m_at;
    return {bytes + begin, m_at - begin};
}

bool PlainToken::take(char c) {
    if (m_at == m_json.size() || m_json.constData()[m_at] != c)
        return false;
    ++m_at;
    return true;
}

void PlainToken::skipBlanks() {
    while (m_at < m_json.size() && m_json.constData()[m_at] == ' ')
        ++m_at;
}

QByteArray PlainToken::lineWith(const std::vector<QByteArray>& texts) const {
    Q_ASSERT(texts.size() == m_values.size());
    QByteArray json;
    qsizetype from = 0;
    for (size_t i = 0; i < texts.size(); ++i) {
        const qsizetype begin = m_values[i].text.data() - m_json.constData();
        json += m_json.sliced(from, begin - from) + texts[i];
        from = begin + m_values[i].text.size();
    }
    json += m_json.sliced(from);
    const bool isBearer = QByteArrayView(m_shape.data(), qsizetype(m_shape.size())).startsWith(scheme);
    return (isBearer ? scheme.toByteArray() : QByteArray()) + json.toBase64();
}

} // namespace lavascope
