// SPDX-License-Identifier: MIT
#include "core/markdown/inline_parser.h"

#include "core/markdown/entity.h"
#include "core/markdown/inline_scan.h"
#include "core/markdown/line_start.h"

#include <algorithm>

namespace lavascope::markdown {

namespace {

/// A run of `*`, `_` or `~` that may begin or end emphasis.
struct Delimiter {
    size_t span = 0;
    QChar sign;
    qsizetype length = 0; ///< what is left of it
    qsizetype whole = 0;  ///< what it was
    bool opens = false;
    bool closes = false;
};

/// A `[` or `![` that may begin a link or a picture.
struct Bracket {
    size_t span = 0;
    size_t delimiters = 0; ///< how many there were before it
    qsizetype textBegin = 0;
    bool isPicture = false;
    bool isActive = true; ///< a link cannot stand in a link
};

class InlineParser {
public:
    InlineParser(QStringView text, const References& references)
        : m_text(text)
        , m_references(references) {}

    Spans run() {
        while (m_at < m_text.size())
            step();
        flush();
        matchDelimiters(0);
        return joined();
    }

private:
    void step();
    void takeBackslash();
    void takeLineBreak();
    void takeCode();
    void takeDelimiters(QChar sign);
    void openBracket(bool isPicture);
    void closeBracket();
    void makeLink(const Bracket& bracket, const QString& address);
    void makePicture(const Bracket& bracket, const QString& address);
    void matchDelimiters(size_t floor);
    bool match(size_t opener, size_t closer);
    Spans joined();

    void flush() {
        if (!m_plain.isEmpty())
            m_spans.push_back({std::exchange(m_plain, {}), {}, {}, false});
    }
    size_t add(const Span& span) {
        flush();
        m_spans.push_back(span);
        return m_spans.size() - 1;
    }
    void takePlain() { m_plain += m_text[m_at++]; }
    [[nodiscard]] QStringView rest() const { return m_text.sliced(m_at); }

    QStringView m_text;
    const References& m_references;
    qsizetype m_at = 0;
    QString m_plain; ///< text that is no span yet
    Spans m_spans;
    std::vector<Delimiter> m_delimiters;
    std::vector<Bracket> m_brackets;
    qsizetype m_noFenceFrom = -1; ///< from here on no code span ends with fences of m_noFenceLength
    qsizetype m_noFenceLength = 0;
};

void InlineParser::step() {
    const QChar c = m_text[m_at];
    switch (c.unicode()) {
    case u'\\':
        return takeBackslash();
    case u'\n':
        return takeLineBreak();
    case u'`':
        return takeCode();
    case u'*':
    case u'_':
    case u'~':
        return takeDelimiters(c);
    case u'!':
        return rest().startsWith(QStringLiteral("![")) ? openBracket(true) : takePlain();
    case u'[':
        return openBracket(false);
    case u']':
        return closeBracket();
    case u'&':
        if (const Entity entity = entityAt(rest()); entity.length > 0) {
            m_plain += entity.text;
            m_at += entity.length;
            return;
        }
        return takePlain();
    case u'<':
    case u'h':
        if (const Address address = addressAt(m_text, m_at); address.length > 0) {
            add({address.text, {}, address.text, false});
            m_at += address.length;
            return;
        }
        return takePlain();
    default:
        return takePlain();
    }
}

void InlineParser::takeBackslash() {
    if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\n') {
        m_plain += u'\n';
        m_at += 2;
        return;
    }
    if (m_at + 1 < m_text.size() && isAsciiPunctuation(m_text[m_at + 1]))
        ++m_at;
    takePlain();
}

void InlineParser::takeLineBreak() {
    const bool isAskedFor = m_plain.endsWith(QStringLiteral("  "));
    while (m_plain.endsWith(u' '))
        m_plain.chop(1);
    m_plain += isAskedFor ? u'\n' : u' ';
    ++m_at;
}

void InlineParser::takeCode() {
    const qsizetype length = runLengthAt(m_text, m_at);
    const qsizetype begin = m_at + length;
    const bool isKnownOpen = m_noFenceLength == length && m_noFenceFrom >= 0 && begin >= m_noFenceFrom;
    const qsizetype end = isKnownOpen ? -1 : fenceOf(m_text, begin, length);
    if (end < 0) {
        m_noFenceFrom = begin;
        m_noFenceLength = length;
        m_plain += m_text.sliced(m_at, length);
        m_at = begin;
        return;
    }
    QString code = m_text.sliced(begin, end - begin).toString().replace(u'\n', u' ');
    // One blank at each side belongs to the fence, so that code can begin with one.
    if (code.startsWith(u' ') && code.endsWith(u' ') && !code.trimmed().isEmpty())
        code = code.sliced(1).chopped(1);
    add({code, Style::Code, {}, false});
    m_at = end + length;
}

void InlineParser::takeDelimiters(QChar sign) {
    const qsizetype length = runLengthAt(m_text, m_at);
    const Flanks flanks = flanksOf(m_text, m_at, length);
    Delimiter delimiter;
    delimiter.sign = sign;
    delimiter.length = delimiter.whole = length;
    delimiter.opens = flanks.left && (sign != u'_' || !flanks.right || flanks.afterPunctuation);
    delimiter.closes = flanks.right && (sign != u'_' || !flanks.left || flanks.beforePunctuation);
    if (sign == u'~' && length > 2)
        delimiter.opens = delimiter.closes = false;
    delimiter.span = add({QString(length, sign), {}, {}, false});
    m_delimiters.push_back(delimiter);
    m_at += length;
}

void InlineParser::openBracket(bool isPicture) {
    const QString sign = isPicture ? QStringLiteral("![") : QStringLiteral("[");
    Bracket bracket;
    bracket.isPicture = isPicture;
    bracket.delimiters = m_delimiters.size();
    bracket.textBegin = m_at + sign.size();
    bracket.span = add({sign, {}, {}, false});
    m_brackets.push_back(bracket);
    m_at += sign.size();
}

void InlineParser::closeBracket() {
    if (m_brackets.empty())
        return takePlain();
    const Bracket bracket = m_brackets.back();
    m_brackets.pop_back();
    const QStringView label = m_text.sliced(bracket.textBegin, m_at - bracket.textBegin);
    const Target target =
        bracket.isActive ? targetAt(m_text.sliced(m_at + 1), label, m_references) : Target{};
    if (!target.exists)
        return takePlain();
    flush();
    m_at += 1 + target.length;
    matchDelimiters(bracket.delimiters);
    m_delimiters.resize(bracket.delimiters);
    bracket.isPicture ? makePicture(bracket, target.address) : makeLink(bracket, target.address);
}

void InlineParser::makeLink(const Bracket& bracket, const QString& address) {
    m_spans[bracket.span].text.clear();
    bool hasText = false;
    for (size_t i = bracket.span + 1; i < m_spans.size(); ++i) {
        if (m_spans[i].isPicture)
            continue;
        m_spans[i].address = address;
        hasText = hasText || !m_spans[i].text.isEmpty();
    }
    // Around a picture alone there would be nothing to click.
    if (!hasText)
        m_spans.push_back({address, {}, address, false});
    for (Bracket& outer : m_brackets)
        outer.isActive = outer.isActive && outer.isPicture;
}

void InlineParser::makePicture(const Bracket& bracket, const QString& address) {
    QString standIn;
    for (size_t i = bracket.span + 1; i < m_spans.size(); ++i)
        standIn += m_spans[i].text;
    m_spans.resize(bracket.span);
    m_spans.push_back({standIn, {}, address, true});
}

// The algorithm of CommonMark 0.31, "process emphasis", with the delimiters in a row instead of a list.
void InlineParser::matchDelimiters(size_t floor) {
    for (size_t closer = floor; closer < m_delimiters.size(); ++closer) {
        while (m_delimiters[closer].closes && m_delimiters[closer].length > 0) {
            size_t opener = closer;
            bool found = false;
            while (!found && opener > floor)
                found = match(--opener, closer);
            if (!found)
                break;
        }
    }
}

bool InlineParser::match(size_t opener, size_t closer) {
    Delimiter& open = m_delimiters[opener];
    Delimiter& close = m_delimiters[closer];
    if (!open.opens || open.length == 0 || open.sign != close.sign)
        return false;
    const bool isStruck = open.sign == u'~';
    if (isStruck && open.whole != close.whole)
        return false;
    const bool isAmbiguous = open.closes || close.opens;
    if (!isStruck && isAmbiguous && (open.whole + close.whole) % 3 == 0 && open.whole % 3 != 0)
        return false;
    const qsizetype used = isStruck ? open.length : (open.length >= 2 && close.length >= 2 ? 2 : 1);
    const Style style = isStruck ? Style::Struck : (used == 2 ? Style::Strong : Style::Emphasis);
    for (size_t i = open.span + 1; i < close.span; ++i)
        m_spans[i].styles |= style;
    for (size_t between = opener + 1; between < closer; ++between)
        m_delimiters[between].opens = m_delimiters[between].closes = false;
    open.length -= used;
    close.length -= used;
    m_spans[open.span].text.chop(used);
    m_spans[close.span].text.chop(used);
    return true;
}

Spans InlineParser::joined() {
    Spans spans;
    for (Span& span : m_spans) {
        if (span.text.isEmpty() && !span.isPicture)
            continue;
        const bool isSame = !spans.empty() && spans.back().styles == span.styles && !span.isPicture &&
                            !spans.back().isPicture && spans.back().address == span.address;
        if (isSame)
            spans.back().text += span.text;
        else
            spans.push_back(std::move(span));
    }
    return spans;
}

} // namespace

Spans parseInline(QStringView text, const References& references) {
    return InlineParser(text, references).run();
}

} // namespace lavascope::markdown
