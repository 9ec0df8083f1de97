// SPDX-License-Identifier: MIT
#include "core/json/scanner.h"

#include "core/json/shown_character.h"
#include "core/json/utf8.h"

#include <array>
#include <bit>
#include <cstring>
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

// The highest bit of each of eight bytes that is such a stop, without looking at them one by one: it gets set
// if it was (outside ASCII), if the byte is below 0x20, or if it is zero after the exclusive or with the
// quote or the backslash. A borrow can set wrong bits, but only above a true stop, so the lowest bit is
// right.
uint64_t stringStopsIn(const char* eight) {
    constexpr uint64_t each = 0x0101010101010101;
    uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    const uint64_t quote = word ^ (each * '"');
    const uint64_t backslash = word ^ (each * '\\');
    return ((word - each * 0x20) | (quote - each) | (backslash - each) | word) & (each * 0x80);
}

const char* firstStringStop(const char* at, const char* end) {
    constexpr ptrdiff_t step = sizeof(uint64_t);
    for (; end - at >= step; at += step) {
        const uint64_t stops = stringStopsIn(at);
        if (stops == 0)
            continue;
        if constexpr (std::endian::native == std::endian::little)
            return at + std::countr_zero(stops) / 8;
        break;
    }
    while (at != end && !stringStops[uint8_t(*at)])
        ++at;
    return at;
}

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool isWhiteSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

Scanner::Scanner(Document& document)
    : m_document(document)
    , m_begin(document.m_source.data())
    , m_at(m_begin)
    , m_end(m_begin + document.m_source.size()) {}

std::optional<Fault> Scanner::run() {
    if (m_document.m_source.size() >= std::numeric_limits<uint32_t>::max()) {
        m_fault = Fault{0, 1, 1, QStringLiteral("the text is larger than 4 GiB"), false};
        return m_fault;
    }
    if (m_document.m_source.startsWith("\xEF\xBB\xBF")) {
        (void)fault(QStringLiteral("it begins with a byte order mark, which JSON does not allow"));
        return m_fault;
    }
    skipWhiteSpace();
    while (takeValue() == Next::Value) {
    }
    if (m_fault)
        closeWhatIsOpen();
    return m_fault;
}

// A scalar and what follows it up to the next value, or the opening of a container. Stands on the value.
Scanner::Next Scanner::takeValue() {
    if (atEnd())
        return faultAtEnd();
    const uint32_t begin = offset();
    bool escaped = false;
    switch (*m_at) {
    case '{':
        open(Kind::Object);
        return afterOpening();
    case '[':
        open(Kind::Array);
        return afterOpening();
    case '"':
        if (!takeString(escaped))
            return Next::Fault;
        add(Kind::String, begin, escaped);
        break;
    case 't':
        if (!takeWord("true"))
            return Next::Fault;
        add(Kind::True, begin, false);
        break;
    case 'f':
        if (!takeWord("false"))
            return Next::Fault;
        add(Kind::False, begin, false);
        break;
    case 'n':
        if (!takeWord("null"))
            return Next::Fault;
        add(Kind::Null, begin, false);
        break;
    default:
        if (*m_at != '-' && !isDigit(*m_at))
            return fault(expected(whereAValueIsExpected()));
        if (!takeNumber())
            return Next::Fault;
        add(Kind::Number, begin, false);
        break;
    }
    return afterValue();
}

Scanner::Next Scanner::afterOpening() {
    skipWhiteSpace();
    if (atEnd())
        return faultAtEnd();
    if (*m_at == (inObject() ? '}' : ']')) {
        close();
        return afterValue();
    }
    return inObject() ? takeName() : Next::Value;
}

// Commas and closings, up to the place of the next value.
Scanner::Next Scanner::afterValue() {
    while (true) {
        skipWhiteSpace();
        if (m_document.m_open.empty())
            return atEnd() ? Next::Nothing : fault(expected(QStringLiteral("nothing after the value")));
        if (atEnd())
            return faultAtEnd();
        const bool object = inObject();
        if (*m_at == ',') {
            ++m_at;
            skipWhiteSpace();
            return object ? takeName() : Next::Value;
        }
        if (*m_at != (object ? '}' : ']'))
            return fault(expected(object ? QStringLiteral("',' or '}' after a member")
                                         : QStringLiteral("',' or ']' after an element")));
        close();
    }
}

Scanner::Next Scanner::takeName() {
    if (atEnd())
        return faultAtEnd();
    if (*m_at != '"') {
        const bool first = m_document.m_nodes[m_document.m_open.back()].size == 0;
        return fault(expected(first ? QStringLiteral("a name in quotes or '}'")
                                    : QStringLiteral("a name in quotes after ','")));
    }
    m_nameBegin = offset();
    m_nameEscaped = false;
    if (!takeString(m_nameEscaped))
        return Next::Fault;
    m_nameEnd = offset();
    skipWhiteSpace();
    if (atEnd())
        return faultAtEnd();
    if (*m_at != ':')
        return fault(expected(QStringLiteral("':' after a name")));
    ++m_at;
    skipWhiteSpace();
    return Next::Value;
}

bool Scanner::takeString(bool& escaped) {
    ++m_at;
    while (true) {
        m_at = firstStringStop(m_at, m_end);
        if (atEnd())
            return failed(QStringLiteral("a string is not closed"));
        const auto c = uint8_t(*m_at);
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c == '\\') {
            escaped = true;
            if (!takeEscape())
                return false;
        } else if (c < 0x20) {
            return failed(QStringLiteral("a string holds %1").arg(shownControl(*m_at)));
        } else if (!takeUtf8()) {
            return false;
        }
    }
}

bool Scanner::takeEscape() {
    ++m_at;
    if (atEnd())
        return failed(QStringLiteral("a string is not closed"));
    if (*m_at != 'u') {
        if (!QByteArrayView("\"\\/bfnrt").contains(*m_at))
            return failed(QStringLiteral("a string holds an escape that JSON does not know: \\ and then %1")
                              .arg(shownCharacter(m_at, m_end)));
        ++m_at;
        return true;
    }
    ++m_at;
    for (int digit = 0; digit < 4; ++digit, ++m_at) {
        if (atEnd())
            return failed(QStringLiteral("a string is not closed"));
        if (!isHexDigit(*m_at))
            return failed(QStringLiteral("\\u needs four hexadecimal digits, found %1")
                              .arg(shownCharacter(m_at, m_end)));
    }
    return true;
}

// A run of characters outside ASCII: in most languages they come together.
bool Scanner::takeUtf8() {
    do {
        const Utf8Character character = utf8CharacterAt(m_at, m_end);
        switch (character.state) {
        case Utf8Character::State::Whole:
            m_at += character.length;
            break;
        case Utf8Character::State::CutOff:
            m_at = m_end;
            return failed(QStringLiteral("a string is not closed"));
        case Utf8Character::State::Invalid:
            return failed(QStringLiteral("%1 is not UTF-8").arg(shownCharacter(m_at, m_end)));
        }
    } while (!atEnd() && uint8_t(*m_at) >= 0x80);
    return true;
}

bool Scanner::takeNumber() {
    if (*m_at == '-')
        ++m_at;
    const char* digits = m_at;
    if (!takeDigits())
        return false;
    if (*digits == '0' && m_at > digits + 1) {
        m_at = digits + 1;
        return failed(QStringLiteral("a number has a leading zero"));
    }
    if (!atEnd() && *m_at == '.') {
        ++m_at;
        if (!takeDigits())
            return false;
    }
    if (!atEnd() && (*m_at == 'e' || *m_at == 'E')) {
        ++m_at;
        if (!atEnd() && (*m_at == '+' || *m_at == '-'))
            ++m_at;
        return takeDigits();
    }
    return true;
}

bool Scanner::takeDigits() {
    if (atEnd())
        return failed(QStringLiteral("a number ends too soon"));
    if (!isDigit(*m_at))
        return failed(expected(QStringLiteral("a digit in a number")));
    while (!atEnd() && isDigit(*m_at))
        ++m_at;
    return true;
}

bool Scanner::takeWord(QByteArrayView word) {
    for (char letter : word) {
        if (atEnd())
            return failed(QStringLiteral("the text ends within the word %1").arg(QString::fromLatin1(word)));
        if (*m_at != letter)
            return failed(expected(QStringLiteral("the word %1").arg(QString::fromLatin1(word))));
        ++m_at;
    }
    return true;
}

void Scanner::add(Kind kind, uint32_t begin, bool escaped) {
    auto& nodes = m_document.m_nodes;
    const auto index = uint32_t(nodes.size());
    Document::Node node;
    node.begin = begin;
    node.end = offset();
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
    const uint32_t begin = offset();
    ++m_at;
    add(kind, begin, false);
    m_document.m_open.push_back(uint32_t(m_document.m_nodes.size() - 1));
}

void Scanner::close() {
    ++m_at;
    m_document.m_nodes[m_document.m_open.back()].end = offset();
    m_document.m_open.pop_back();
}

void Scanner::closeWhatIsOpen() {
    for (uint32_t index : m_document.m_open)
        m_document.m_nodes[index].end = uint32_t(m_fault->offset);
    m_document.m_open.clear();
}

void Scanner::skipWhiteSpace() {
    while (!atEnd() && isWhiteSpace(*m_at))
        ++m_at;
}

bool Scanner::inObject() const {
    return m_document.m_nodes[m_document.m_open.back()].kind == Kind::Object;
}

} // namespace lavascope::json
