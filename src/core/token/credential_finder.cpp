// SPDX-License-Identifier: MIT
#include "core/token/credential_finder.h"

#include "core/json/document.h"
#include "core/json/writer.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype shortestSecret = 6;
// Shorter runs of base64 turn up by chance.
constexpr qsizetype shortestBase64 = 8;

QByteArray withLowerHex(QByteArray percentEncoded) {
    for (qsizetype i = 0; i + 2 < percentEncoded.size(); ++i)
        if (percentEncoded[i] == '%')
            for (qsizetype digit = i + 1; digit <= i + 2; ++digit)
                percentEncoded[digit] = QChar::toLower(uint(uchar(percentEncoded[digit])));
    return percentEncoded;
}

/// The digits of a base64 text that depend on the secret alone when it stands `shift` bytes into a group of
/// three, whatever stands before and after it.
QByteArray base64Core(const QByteArray& secret, qsizetype shift) {
    constexpr qsizetype bitsPerByte = 8;
    constexpr qsizetype bitsPerDigit = 6;
    const QByteArray digits = (QByteArray(shift, '\0') + secret).toBase64(QByteArray::OmitTrailingEquals);
    const qsizetype first = (shift * bitsPerByte + bitsPerDigit - 1) / bitsPerDigit;
    const qsizetype last = (shift + secret.size()) * bitsPerByte / bitsPerDigit;
    return last > first ? digits.sliced(first, last - first) : QByteArray();
}

} // namespace

CredentialFinder::CredentialFinder() {
    for (int shape = 0; shape < m_shapes.count(); ++shape)
        m_index.add(m_shapes.sign(shape), shape);
}

void CredentialFinder::add(QByteArrayView secret) {
    const QByteArray plain = secret.trimmed().toByteArray();
    if (plain.size() < shortestSecret)
        return;
    const QByteArray quoted = json::quoted(QString::fromUtf8(plain));
    addSpelling(plain);
    addSpelling(quoted.sliced(1, quoted.size() - 2));
    for (const QByteArray& encoded : {plain.toPercentEncoding(), plain.toPercentEncoding("!~*'()")}) {
        addSpelling(encoded);
        addSpelling(withLowerHex(encoded));
    }
    addBase64Spellings(plain);

    const QByteArray inside = QByteArray::fromBase64(plain, QByteArray::Base64Encoding);
    json::Document document;
    if (!inside.startsWith('{') || document.scan(inside))
        return;
    for (json::View member = document.root().firstChild(); member.exists(); member = member.nextSibling())
        if (isCredentialMember(member.rawName()) && member.isString())
            add(member.toString().toUtf8());
}

std::vector<ByteRange> CredentialFinder::find(const QByteArray& bytes) const {
    std::vector<ByteRange> found;
    CredentialShapes::Walk walk(m_shapes, bytes);
    m_index.find(bytes, [&](int number, qsizetype at) {
        if (number >= m_shapes.count())
            found.push_back({at, at + m_spellings[size_t(number - m_shapes.count())].size()});
        else if (const auto range = walk.credentialAt(number, at))
            found.push_back(*range);
    });
    return found;
}

QByteArray CredentialFinder::masked(const QByteArray& bytes) const {
    QByteArray safe = bytes;
    for (const ByteRange& range : find(bytes))
        std::fill(safe.begin() + range.begin, safe.begin() + range.end, '*');
    return safe;
}

void CredentialFinder::addSpelling(const QByteArray& spelling) {
    if (std::find(m_spellings.begin(), m_spellings.end(), spelling) != m_spellings.end())
        return;
    m_index.add(spelling, m_shapes.count() + int(m_spellings.size()));
    m_spellings.push_back(spelling);
}

std::vector<QByteArray> base64Spellings(const QByteArray& secret) {
    constexpr qsizetype groupSize = 3;
    std::vector<QByteArray> spellings;
    for (qsizetype shift = 0; shift < groupSize; ++shift) {
        const QByteArray core = base64Core(secret, shift);
        if (core.size() < shortestBase64)
            continue;
        spellings.push_back(core);
        if (core.contains('+') || core.contains('/'))
            spellings.push_back(QByteArray(core).replace('+', '-').replace('/', '_'));
    }
    return spellings;
}

void CredentialFinder::addBase64Spellings(const QByteArray& secret) {
    for (const QByteArray& core : base64Spellings(secret)) {
        addSpelling(core);
        addSpelling(QByteArray(core).replace("/", "\\/"));
        addSpelling(core.toPercentEncoding());
        addSpelling(withLowerHex(core.toPercentEncoding()));
    }
}

} // namespace lavascope
