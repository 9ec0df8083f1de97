// SPDX-License-Identifier: MIT
#include "gui/models/byte_search.h"

#include "core/json/utf8.h"

#include <algorithm>
#include <utility>

namespace lavascope {

namespace {

constexpr std::array<char, 256> makeSmallLetters() {
    std::array<char, 256> letters{};
    for (size_t c = 0; c < letters.size(); ++c)
        letters[c] = char(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return letters;
}
constexpr auto smallLetters = makeSmallLetters();

char smallLetter(char c) {
    return smallLetters[uchar(c)];
}

// One character for every byte that is no UTF-8, so that places can be counted back into bytes.
QString decoded(QByteArrayView bytes) {
    QString text;
    text.reserve(bytes.size());
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at != end) {
        const char* const plain = at;
        while (at != end && uchar(*at) < 0x80)
            ++at;
        text += QLatin1String(plain, at - plain);
        if (at == end)
            break;
        const json::Utf8Character character = json::utf8CharacterAt(at, end);
        const bool isWhole = character.state == json::Utf8Character::State::Whole;
        const char32_t codePoint = isWhole ? character.codePoint : char32_t(QChar::ReplacementCharacter);
        text += QChar::fromUcs4(codePoint);
        at += isWhole ? character.length : 1;
    }
    return text;
}

// Turns ever larger places in the decoded text into places in the bytes, and back.
class Places {
public:
    explicit Places(QByteArrayView bytes)
        : m_bytes(bytes) {}

    qsizetype byteAt(qsizetype unit) {
        while (m_unit < unit && m_byte < m_bytes.size())
            step();
        return m_byte;
    }
    qsizetype unitAt(qsizetype byte) {
        while (m_byte < byte)
            step();
        return m_unit;
    }

private:
    void step() {
        const char* const at = m_bytes.data() + m_byte;
        const json::Utf8Character character = json::utf8CharacterAt(at, m_bytes.data() + m_bytes.size());
        const bool isWhole = character.state == json::Utf8Character::State::Whole;
        m_byte += isWhole ? character.length : 1;
        m_unit += isWhole && QChar::requiresSurrogates(character.codePoint) ? 2 : 1;
    }

    QByteArrayView m_bytes;
    qsizetype m_byte = 0;
    qsizetype m_unit = 0;
};

} // namespace

ByteSearch::ByteSearch(SearchPattern pattern)
    : m_pattern(std::move(pattern)) {
    const QByteArray& text = m_pattern.ascii();
    m_shifts.fill(text.size());
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        m_shifts[uchar(text[i])] = text.size() - 1 - i;
        m_shifts[uchar(QChar::toUpper(uint(text[i])))] = text.size() - 1 - i;
    }
}

std::vector<ByteSearch::Match> ByteSearch::matchesIn(QByteArrayView bytes, qsizetype from, qsizetype until,
                                                     qsizetype most) const {
    if (m_pattern.isEmpty())
        return {};
    return m_pattern.ascii().isEmpty() ? expressionMatches(bytes, from, until, most)
                                       : textMatches(bytes, from, until, most);
}

// After Horspool: the byte under the text's last one tells how far the text can be moved on.
std::vector<ByteSearch::Match> ByteSearch::textMatches(QByteArrayView bytes, qsizetype from, qsizetype until,
                                                       qsizetype most) const {
    const QByteArray& text = m_pattern.ascii();
    const char* const data = bytes.data();
    const qsizetype length = text.size();
    const char last = text.back();
    const qsizetype end = std::min(until, bytes.size() - length + 1);
    std::vector<Match> found;
    for (qsizetype at = from; at < end && qsizetype(found.size()) < most;) {
        const char under = data[at + length - 1];
        const bool fits = smallLetter(under) == last &&
                          std::equal(text.begin(), text.end(), data + at,
                                     [](char wanted, char there) { return wanted == smallLetter(there); });
        if (fits)
            found.push_back({at, at + length});
        at += fits ? length : m_shifts[uchar(under)];
    }
    return found;
}

std::vector<ByteSearch::Match> ByteSearch::expressionMatches(QByteArrayView bytes, qsizetype from,
                                                             qsizetype until, qsizetype most) const {
    const QString text = decoded(bytes);
    Places places(bytes);
    std::vector<Match> found;
    qsizetype unit = places.unitAt(from);
    while (qsizetype(found.size()) < most) {
        const QRegularExpressionMatch match = m_pattern.expression().match(text, unit);
        if (!match.hasMatch())
            break;
        const qsizetype begin = places.byteAt(match.capturedStart());
        if (begin >= until)
            break;
        if (match.capturedLength() > 0)
            found.push_back({begin, places.byteAt(match.capturedEnd())});
        unit = match.capturedEnd() + (match.capturedLength() > 0 ? 0 : 1);
        if (unit > text.size())
            break;
    }
    return found;
}

} // namespace lavascope
