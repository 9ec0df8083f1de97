// SPDX-License-Identifier: MIT
#include "core/json/scanner.h"

#include <array>
#include <limits>

namespace lavascope::json {

namespace {

// Bytes inside a string that need a look: the quote, the backslash, controls, and everything outside ASCII.
constexpr std::array<bool, 256> makeStringStops() {
    std::array<bool, 256> stops{};
    for (size_t c = 0; c < stops.size(); ++c)
        stops[c] = c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
    return stops;
}
constexpr auto stringStops = makeStringStops();

constexpr bool isDigit(uint8_t c) {
    return c >= '0' && c <= '9';
}

constexpr bool isHexDigit(uint8_t c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool isWhiteSpace(uint8_t c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr bool isContinuation(uint8_t c) {
    return (c & 0xC0) == 0x80;
}

QString shownByte(uint8_t c) {
    if (c > ' ' && c < 0x7F)
        return QStringLiteral("'%1'").arg(QLatin1Char(char(c)));
    return QStringLiteral("byte 0x%1").arg(uint(c), 2, 16, QLatin1Char('0'));
}

} // namespace

Scanner::Scanner(Document& document)
    : m_document(document)
    , m_source(document.m_source) {}

std::optional<Fault> Scanner::run() {
    if (m_source.size() >= std::numeric_limits<uint32_t>::max()) {
        m_fault = Fault{0, 1, 1, QStringLiteral("the text is larger than 4 GiB"), false};
        return m_fault;
    }
    if (m_source.startsWith("\xEF\xBB\xBF")) {
        (void)fault(QStringLiteral("it begins with a byte order mark, which JSON does not allow"));
        return m_fault;
    }
    while (step()) {
    }
    if (m_fault)
        closeWhatIsOpen();
    return m_fault;
}

// One token. False: done, or at fault.
bool Scanner::step() {
    skipWhiteSpace();
    if (atEnd()) {
        if (m_expect == Expect::Nothing)
            return false;
        return m_document.m_nodes.empty() ? fault(QStringLiteral("there is no value"))
                                          : fault(QStringLiteral("the text ends too soon"));
    }
    const uint8_t c = byte();
    switch (m_expect) {
    case Expect::Nothing:
        return faultExpecting(QStringLiteral("nothing after the value"));
    case Expect::ValueOrEnd:
        if (c == ']') {
            close();
            return true;
        }
        return takeValue();
    case Expect::Value:
        return takeValue();
    case Expect::NameOrEnd:
        if (c == '}') {
            close();
            return true;
        }
        [[fallthrough]];
    case Expect::Name:
        if (c != '"')
            return faultExpecting(m_expect == Expect::Name ? QStringLiteral("a name in quotes after ','")
                                                           : QStringLiteral("a name in quotes or '}'"));
        m_nameBegin = uint32_t(m_at);
        m_nameEscaped = false;
        if (!takeString(m_nameEscaped))
            return false;
        m_nameEnd = uint32_t(m_at);
        m_expect = Expect::Colon;
        return true;
    case Expect::Colon:
        if (c != ':')
            return faultExpecting(QStringLiteral("':' after a name"));
        ++m_at;
        m_expect = Expect::Value;
        return true;
    case Expect::CommaOrEnd:
        break;
    }
    const bool inObject = m_document.m_nodes[m_document.m_open.back()].kind == Kind::Object;
    if (c == ',') {
        ++m_at;
        m_expect = inObject ? Expect::Name : Expect::Value;
        return true;
    }
    if (c == uint8_t(inObject ? '}' : ']')) {
        close();
        return true;
    }
    return faultExpecting(inObject ? QStringLiteral("',' or '}' after a member")
                                   : QStringLiteral("',' or ']' after an element"));
}

bool Scanner::takeValue() {
    const auto begin = uint32_t(m_at);
    bool escaped = false;
    Kind kind = Kind::Missing;
    switch (byte()) {
    case '{':
        open(Kind::Object);
        return true;
    case '[':
        open(Kind::Array);
        return true;
    case '"':
        if (!takeString(escaped))
            return false;
        kind = Kind::String;
        break;
    case 't':
        if (!takeWord("true"))
            return false;
        kind = Kind::True;
        break;
    case 'f':
        if (!takeWord("false"))
            return false;
        kind = Kind::False;
        break;
    case 'n':
        if (!takeWord("null"))
            return false;
        kind = Kind::Null;
        break;
    default:
        if (byte() != '-' && !isDigit(byte()))
            return faultExpecting(QStringLiteral("a value"));
        if (!takeNumber())
            return false;
        kind = Kind::Number;
        break;
    }
    add(kind, begin, escaped);
    afterValue();
    return true;
}

bool Scanner::takeString(bool& escaped) {
    const qsizetype size = m_source.size();
    const char* bytes = m_source.data();
    ++m_at;
    while (true) {
        while (m_at < size && !stringStops[uint8_t(bytes[m_at])])
            ++m_at;
        if (m_at >= size)
            return fault(QStringLiteral("a string is not closed"));
        const uint8_t c = byte();
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            escaped = true;
            if (!takeEscape())
                return false;
        } else if (c < 0x20) {
            return fault(
                QStringLiteral("a string holds an unescaped control character (%1)").arg(shownByte(c)));
        } else if (!takeUtf8()) {
            return false;
        }
    }
}

bool Scanner::takeEscape() {
    ++m_at;
    if (atEnd())
        return fault(QStringLiteral("a string is not closed"));
    const uint8_t c = byte();
    if (c != 'u') {
        if (!QByteArrayView("\"\\/bfnrt").contains(char(c)))
            return fault(QStringLiteral("a string holds an escape that JSON does not know (\\ and then %1)")
                             .arg(shownByte(c)));
        ++m_at;
        return true;
    }
    ++m_at;
    for (int digit = 0; digit < 4; ++digit, ++m_at) {
        if (atEnd())
            return fault(QStringLiteral("a string is not closed"));
        if (!isHexDigit(byte()))
            return fault(
                QStringLiteral("\\u needs four hexadecimal digits, found %1").arg(shownByte(byte())));
    }
    return true;
}

// Exactly the well-formed sequences of Unicode, table 3-7: no overlong forms, surrogates or values above
// U+10FFFF.
bool Scanner::takeUtf8() {
    const uint8_t lead = byte();
    int more = 0;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2;
        low = lead == 0xE0 ? 0xA0 : low;
        high = lead == 0xED ? 0x9F : high;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        low = lead == 0xF0 ? 0x90 : low;
        high = lead == 0xF4 ? 0x8F : high;
    } else {
        return fault(QStringLiteral("%1 is not UTF-8").arg(shownByte(lead)));
    }
    const qsizetype begin = m_at;
    ++m_at;
    for (int i = 0; i < more; ++i, ++m_at) {
        if (atEnd())
            return fault(QStringLiteral("a string is not closed"));
        const uint8_t c = byte();
        const bool fits = i == 0 ? c >= low && c <= high : isContinuation(c);
        if (!fits) {
            m_at = begin;
            return fault(QStringLiteral("%1 is not UTF-8").arg(shownByte(lead)));
        }
    }
    return true;
}

bool Scanner::takeDigits() {
    if (atEnd())
        return fault(QStringLiteral("a number ends too soon"));
    if (!isDigit(byte()))
        return faultExpecting(QStringLiteral("a digit in a number"));
    while (!atEnd() && isDigit(byte()))
        ++m_at;
    return true;
}

bool Scanner::takeNumber() {
    if (byte() == '-')
        ++m_at;
    const bool leadingZero = !atEnd() && byte() == '0';
    const qsizetype digits = m_at;
    if (!takeDigits())
        return false;
    if (leadingZero && m_at > digits + 1) {
        m_at = digits + 1;
        return fault(QStringLiteral("a number has a leading zero"));
    }
    if (!atEnd() && byte() == '.') {
        ++m_at;
        if (!takeDigits())
            return false;
    }
    if (!atEnd() && (byte() == 'e' || byte() == 'E')) {
        ++m_at;
        if (!atEnd() && (byte() == '+' || byte() == '-'))
            ++m_at;
        return takeDigits();
    }
    return true;
}

bool Scanner::takeWord(QByteArrayView word) {
    for (char expected : word) {
        if (atEnd())
            return fault(QStringLiteral("the text ends too soon"));
        if (m_source[m_at] != expected)
            return faultExpecting(QStringLiteral("the word %1").arg(QString::fromLatin1(word)));
        ++m_at;
    }
    return true;
}

void Scanner::add(Kind kind, uint32_t begin, bool escaped) {
    auto& nodes = m_document.m_nodes;
    const auto index = uint32_t(nodes.size());
    Document::Node node;
    node.begin = begin;
    node.end = uint32_t(m_at);
    node.kind = kind;
    node.escaped = escaped;
    if (!m_document.m_open.empty()) {
        Document::Node& parent = nodes[m_document.m_open.back()];
        if (parent.size > 0)
            nodes[parent.lastChild].next = index;
        parent.lastChild = index;
        ++parent.size;
        if (parent.kind == Kind::Object) {
            node.nameBegin = m_nameBegin;
            node.nameEnd = m_nameEnd;
            node.nameEscaped = m_nameEscaped;
        }
    }
    nodes.push_back(node);
}

void Scanner::open(Kind kind) {
    const auto begin = uint32_t(m_at);
    ++m_at;
    add(kind, begin, false);
    m_document.m_open.push_back(uint32_t(m_document.m_nodes.size() - 1));
    m_expect = kind == Kind::Object ? Expect::NameOrEnd : Expect::ValueOrEnd;
}

void Scanner::close() {
    ++m_at;
    m_document.m_nodes[m_document.m_open.back()].end = uint32_t(m_at);
    m_document.m_open.pop_back();
    afterValue();
}

void Scanner::afterValue() {
    m_expect = m_document.m_open.empty() ? Expect::Nothing : Expect::CommaOrEnd;
}

void Scanner::closeWhatIsOpen() {
    for (uint32_t index : m_document.m_open)
        m_document.m_nodes[index].end = uint32_t(m_fault->offset);
    m_document.m_open.clear();
}

void Scanner::skipWhiteSpace() {
    while (!atEnd() && isWhiteSpace(byte()))
        ++m_at;
}

bool Scanner::fault(const QString& message) {
    const Position position = positionOf(m_source, m_at);
    m_fault = Fault{m_at, position.line, position.column, message, atEnd()};
    return false;
}

bool Scanner::faultExpecting(const QString& what) {
    return fault(QStringLiteral("expected %1, found %2").arg(what, shownByte(byte())));
}

} // namespace lavascope::json
