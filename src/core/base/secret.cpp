// SPDX-License-Identifier: MIT
#include "core/base/secret.h"

#include "core/base/begins_with.h"

#include <QCryptographicHash>

#include <array>
#include <vector>

namespace lavascope {

class Secret::Buffer {
public:
    explicit Buffer(QByteArrayView plain)
        : m_bytes(plain.begin(), plain.end()) {}
    ~Buffer() {
        // A plain memset before a free may be optimised away; writes through a volatile pointer may not.
        volatile char* at = m_bytes.data();
        for (size_t i = 0; i < m_bytes.size(); ++i)
            at[i] = 0;
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    [[nodiscard]] QByteArrayView view() const { return {m_bytes.data(), qsizetype(m_bytes.size())}; }

private:
    std::vector<char> m_bytes;
};

namespace {

// Prefixes that say what kind of credential it is and give away nothing of the key itself; longest first.
constexpr std::array<QByteArrayView, 15> knownPrefixes = {
    "aks_live_", "aks_test_", "cons_live_", "lava_sk_", "lava_wk_", "sk-proj-", "sk-ant-", "ps_live_",
    "sk_live_",  "gsk_",      "xai-",       "AIza",     "sk-",      "sk_",      "eyJ",
};

constexpr qsizetype shownAtEnd = 4;
constexpr qsizetype hiddenAtLeast = 8;

QByteArrayView knownPrefix(QByteArrayView plain) {
    for (QByteArrayView prefix : knownPrefixes)
        if (beginsWith(plain, prefix))
            return plain.first(prefix.size());
    return {};
}

bool isPlainAscii(QByteArrayView text) {
    for (char c : text)
        if (c <= ' ' || c > '~')
            return false;
    return true;
}

/// Whether this is what masked() makes of a secret: a recording that was saved holds nothing else.
bool isMask(QByteArrayView text) {
    constexpr QByteArrayView ellipsis("\xE2\x80\xA6");
    const QByteArrayView rest = text.sliced(knownPrefix(text).size());
    if (!rest.startsWith(ellipsis))
        return false;
    const QByteArrayView end = rest.sliced(ellipsis.size());
    return end.isEmpty() || (end.size() == shownAtEnd && isPlainAscii(end));
}

} // namespace

ShownParts shownPartsOf(QByteArrayView plain) {
    const QByteArrayView prefix = knownPrefix(plain);
    const bool longEnough = plain.size() >= prefix.size() + hiddenAtLeast + shownAtEnd;
    if (longEnough && isPlainAscii(plain.last(shownAtEnd)))
        return {prefix, plain.last(shownAtEnd)};
    return {prefix, {}};
}

QByteArray fingerprintOf(QByteArrayView plain) {
    constexpr qsizetype digits = 12;
    return QCryptographicHash::hash(plain, QCryptographicHash::Sha256).first(digits / 2).toHex();
}

Secret::Secret(QByteArrayView plain)
    : m_buffer(plain.isEmpty() ? nullptr : std::make_shared<const Buffer>(plain)) {}

bool Secret::isEmpty() const {
    return !m_buffer;
}

QByteArray Secret::reveal() const {
    return m_buffer ? m_buffer->view().toByteArray() : QByteArray();
}

QString Secret::masked() const {
    if (!m_buffer)
        return {};
    const QByteArrayView plain = m_buffer->view();
    if (isMask(plain))
        return QString::fromUtf8(plain);
    const ShownParts shown = shownPartsOf(plain);
    return QString::fromLatin1(shown.prefix) + QChar(0x2026) + QString::fromLatin1(shown.end);
}

QString Secret::fingerprint() const {
    return m_buffer ? QString::fromLatin1(fingerprintOf(m_buffer->view())) : QString();
}

// Compares in place: every copy of a secret is one more to look after.
bool Secret::equals(const Secret& other) const {
    if (m_buffer == other.m_buffer)
        return true;
    return m_buffer && other.m_buffer && m_buffer->view() == other.m_buffer->view();
}

} // namespace lavascope
