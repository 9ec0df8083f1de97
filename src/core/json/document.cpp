// SPDX-License-Identifier: MIT
#include "core/json/document.h"

#include "core/json/scanner.h"

#include <QHash>

#include <charconv>
#include <cmath>

namespace lavascope::json {

namespace {

constexpr qsizetype hexDigitsOfEscape = 4;

char16_t unitOfEscape(QByteArrayView fourDigits) {
    unsigned unit = 0;
    std::from_chars(fourDigits.data(), fourDigits.data() + hexDigitsOfEscape, unit, 16);
    return char16_t(unit);
}

char plainEscape(char c) {
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

// Unlike QString::fromUtf8() alone this keeps a leading U+FEFF, which inside a string is a character like any
// other.
QString textOf(QByteArrayView utf8) {
    constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";
    QString text;
    while (utf8.startsWith(byteOrderMark)) {
        text += QChar(0xFEFF);
        utf8 = utf8.sliced(byteOrderMark.size());
    }
    return text + QString::fromUtf8(utf8);
}

// Text between the quotes of a valid JSON string.
QString decoded(QByteArrayView raw, bool escaped) {
    if (!escaped)
        return textOf(raw);
    QString out;
    qsizetype from = 0;
    for (qsizetype i = raw.indexOf('\\'); i >= 0; i = raw.indexOf('\\', from)) {
        out += textOf(raw.sliced(from, i - from));
        if (raw[i + 1] == 'u') {
            out += QChar(unitOfEscape(raw.sliced(i + 2, hexDigitsOfEscape)));
            from = i + 2 + hexDigitsOfEscape;
        } else {
            out += QLatin1Char(plainEscape(raw[i + 1]));
            from = i + 2;
        }
    }
    out += textOf(raw.sliced(from));
    return out;
}

} // namespace

std::optional<Fault> Document::scan(QByteArrayView source) {
    m_source = source;
    m_nodes.clear();
    m_open.clear();
    return Scanner(*this).run();
}

View Document::root() const {
    return m_nodes.empty() ? View() : View(this, 0);
}

Kind View::kind() const {
    return m_document ? m_document->m_nodes[m_index].kind : Kind::Missing;
}

View View::operator[](QByteArrayView wanted) const {
    View found;
    if (!isObject())
        return found;
    for (View child = firstChild(); child.exists(); child = child.nextSibling()) {
        const bool same = m_document->m_nodes[child.m_index].nameEscaped ? child.name().toUtf8() == wanted
                                                                         : child.rawName() == wanted;
        if (same)
            found = child;
    }
    return found;
}

View View::at(qsizetype index) const {
    if (!isArray() || index < 0 || index >= size())
        return {};
    View child = firstChild();
    for (qsizetype i = 0; i < index; ++i)
        child = child.nextSibling();
    return child;
}

qsizetype View::size() const {
    return m_document ? m_document->m_nodes[m_index].size : 0;
}

View View::firstChild() const {
    // A container's first child is the node right after it.
    return size() > 0 ? View(m_document, m_index + 1) : View();
}

View View::nextSibling() const {
    if (!m_document)
        return {};
    const uint32_t next = m_document->m_nodes[m_index].next;
    return next != 0 ? View(m_document, next) : View();
}

ByteRange View::nameRange() const {
    if (!m_document)
        return {};
    const auto& node = m_document->m_nodes[m_index];
    return {node.nameBegin, node.nameEnd};
}

QByteArrayView View::rawName() const {
    const ByteRange range = nameRange();
    return range.end > range.begin ? m_document->m_source.sliced(range.begin + 1, range.end - range.begin - 2)
                                   : QByteArrayView();
}

QString View::name() const {
    return m_document ? decoded(rawName(), m_document->m_nodes[m_index].nameEscaped) : QString();
}

ByteRange View::range() const {
    if (!m_document)
        return {};
    const auto& node = m_document->m_nodes[m_index];
    return {node.begin, node.end};
}

QByteArrayView View::raw() const {
    const ByteRange covered = range();
    return m_document ? m_document->m_source.sliced(covered.begin, covered.end - covered.begin)
                      : QByteArrayView();
}

QString View::toString() const {
    if (!isString())
        return {};
    const QByteArrayView quoted = raw();
    return decoded(quoted.sliced(1, quoted.size() - 2), m_document->m_nodes[m_index].escaped);
}

void View::appendUtf8(QByteArray& out) const {
    if (!isString())
        return;
    if (m_document->m_nodes[m_index].escaped) {
        out += toString().toUtf8();
        return;
    }
    const QByteArrayView quoted = raw();
    out.append(quoted.sliced(1, quoted.size() - 2));
}

std::optional<qint64> View::toInteger() const {
    if (!isNumber())
        return std::nullopt;
    const QByteArrayView digits = raw();
    qint64 integer = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), integer);
    if (error == std::errc() && end == digits.end())
        return integer;
    if (error == std::errc::result_out_of_range)
        return std::nullopt;
    // `1e3` and `4.0` are integers too, as long as a double holds them exactly.
    constexpr double exactlyHeld = 9007199254740992.0;
    const std::optional<double> number = toDouble();
    if (!number || std::abs(*number) > exactlyHeld || std::floor(*number) != *number)
        return std::nullopt;
    return qint64(*number);
}

std::optional<double> View::toDouble() const {
    if (!isNumber())
        return std::nullopt;
    bool ok = false;
    const double number = raw().toByteArray().toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<bool> View::toBool() const {
    return isBool() ? std::optional(kind() == Kind::True) : std::nullopt;
}

Position positionOf(QByteArrayView source, qint64 offset) {
    Position position;
    const QByteArrayView before = source.first(qBound(qint64(0), offset, qint64(source.size())));
    qsizetype lineBegin = 0;
    for (qsizetype at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', lineBegin)) {
        ++position.line;
        lineBegin = at + 1;
    }
    // A character's continuation bytes do not count.
    for (char c : before.sliced(lineBegin))
        position.column += (uint8_t(c) & 0xC0) != 0x80;
    return position;
}

std::vector<Duplicate> duplicateNames(const Document& document) {
    std::vector<Duplicate> duplicates;
    std::vector<View> open;
    if (document.root().exists())
        open.push_back(document.root());
    while (!open.empty()) {
        const View container = open.back();
        open.pop_back();
        QHash<QString, ByteRange> seen;
        for (View child = container.firstChild(); child.exists(); child = child.nextSibling()) {
            if (container.isObject()) {
                const QString name = child.name();
                const auto earlier = seen.constFind(name);
                if (earlier != seen.constEnd())
                    duplicates.push_back({name, *earlier, child.nameRange()});
                else
                    seen.insert(name, child.nameRange());
            }
            if (child.size() > 0)
                open.push_back(child);
        }
    }
    return duplicates;
}

} // namespace lavascope::json
