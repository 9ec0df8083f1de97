// SPDX-License-Identifier: MIT
#include "core/base/visible_text.h"
#include "core/json/scanner.h"
#include "core/json/shown_character.h"
#include "core/json/utf8.h"

#include <QChar>

namespace lavascope::json {

namespace {

QString shownByte(char c) {
    return QStringLiteral("byte 0x%1").arg(uint(uint8_t(c)), 2, 16, QLatin1Char('0'));
}

QString codePointName(char32_t codePoint) {
    return QStringLiteral("U+") +
           QStringLiteral("%1").arg(uint(codePoint), 4, 16, QLatin1Char('0')).toUpper();
}

} // namespace

QString shownCharacter(const char* at, const char* end) {
    const Utf8Character character = utf8CharacterAt(at, end);
    if (character.state != Utf8Character::State::Whole)
        return shownByte(*at);
    const char32_t codePoint = character.codePoint;
    if (codePoint == '\n')
        return QStringLiteral("a line break");
    if (codePoint == '\'')
        return QStringLiteral("\"'\"");
    if (codePoint < 0x80)
        return codePoint > ' ' && codePoint < 0x7F ? QStringLiteral("'%1'").arg(QLatin1Char(char(codePoint)))
                                                   : shownByte(*at);
    // Quotes of word processors and blanks of web pages are pasted often and look right to their reader.
    if (isDeceptive(codePoint) || !QChar::isPrint(codePoint) || QChar::isSpace(codePoint))
        return codePointName(codePoint);
    return QStringLiteral("'%1' (%2)").arg(QString::fromUcs4(&codePoint, 1), codePointName(codePoint));
}

QString shownControl(char control) {
    switch (control) {
    case '\n':
        return QStringLiteral("a line break, which must be written \\n");
    case '\r':
        return QStringLiteral("a carriage return, which must be written \\r");
    case '\t':
        return QStringLiteral("a tab, which must be written \\t");
    default:
        return QStringLiteral("an unescaped control character (%1)").arg(shownByte(control));
    }
}

QString Scanner::whereAValueIsExpected() const {
    if (m_document.m_open.empty())
        return QStringLiteral("a value");
    const auto& container = m_document.m_nodes[m_document.m_open.back()];
    if (container.kind == Kind::Object)
        return QStringLiteral("a value after ':'");
    return container.size > 0 ? QStringLiteral("a value after ','") : QStringLiteral("a value or ']'");
}

QString Scanner::whatIsNotClosed() const {
    const auto& container = m_document.m_nodes[m_document.m_open.back()];
    const Position begin = positionOf(m_document.m_source, container.begin);
    return QStringLiteral("the text ends before the %1 from line %2, column %3 is closed")
        .arg(container.kind == Kind::Object ? QStringLiteral("object") : QStringLiteral("array"))
        .arg(begin.line)
        .arg(begin.column);
}

Scanner::Next Scanner::fault(const QString& message) {
    const Position position = positionOf(m_document.m_source, offset());
    m_fault = Fault{offset(), position.line, position.column, message, atEnd()};
    return Next::Fault;
}

bool Scanner::failed(const QString& message) {
    (void)fault(message);
    return false;
}

QString Scanner::expected(const QString& what) const {
    return QStringLiteral("expected %1, found %2").arg(what, shownCharacter(m_at, m_end));
}

Scanner::Next Scanner::faultAtEnd() {
    return fault(m_document.m_open.empty() ? QStringLiteral("there is no value") : whatIsNotClosed());
}

} // namespace lavascope::json
