// SPDX-License-Identifier: MIT
#include "gui/models/body_row_text.h"

#include "core/base/visible_text.h"
#include "core/json/utf8.h"

#include <algorithm>

namespace lavascope {

BodyRowText::BodyRowText(QByteArrayView bytes, bool endsLine) {
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    m_bytes.clear();
    m_bytes.reserve(size_t(bytes.size()) + 1);
    for (const char* at = begin; at != end;) {
        const int place = int(at - begin);
        const json::Utf8Character character = json::utf8CharacterAt(at, end);
        if (character.state != json::Utf8Character::State::Whole) {
            const auto byte = uint(uchar(*at));
            addChip(Chip::Kind::Warning, QStringLiteral("<%1>").arg(byte, 2, 16, QLatin1Char('0')).toUpper(),
                    place);
            ++at;
            continue;
        }
        at += character.length;
        if (character.codePoint == U'\r' && at == end && endsLine)
            addChip(Chip::Kind::EndOfLine, QStringLiteral("␍"), place);
        else if (isDeceptive(character.codePoint))
            addChip(
                Chip::Kind::Warning,
                QStringLiteral("<U+%1>").arg(uint(character.codePoint), 4, 16, QLatin1Char('0')).toUpper(),
                place);
        else
            add(QChar::fromUcs4(character.codePoint), place);
    }
    m_bytes.push_back(int(bytes.size()));
}

void BodyRowText::add(QStringView text, int byte) {
    m_text += text;
    m_bytes.insert(m_bytes.end(), size_t(text.size()), byte);
}

void BodyRowText::addChip(Chip::Kind kind, const QString& text, int byte) {
    const int begin = int(m_text.size());
    // One after another they are one chip to draw.
    if (!m_chips.empty() && m_chips.back().kind == kind &&
        m_chips.back().begin + m_chips.back().length == begin)
        m_chips.back().length += int(text.size());
    else
        m_chips.push_back({kind, begin, int(text.size())});
    add(text, byte);
}

int BodyRowText::placeOf(qint64 byte) const {
    const auto place = std::lower_bound(m_bytes.begin(), m_bytes.end() - 1, byte);
    return int(place - m_bytes.begin());
}

} // namespace lavascope
