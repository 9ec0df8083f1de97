// SPDX-License-Identifier: MIT
#include "core/json/writer.h"

#include <QLocale>

#include <cmath>
#include <cstring>

namespace lavascope::json {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendUnicodeEscape(GrowingBytes& out, char16_t unit) {
    out.put("\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        out.put(hexDigits[(unit >> shift) & 0xF]);
}

// The escapes that JSON.stringify prefers to \u00XX; 0 where there is none.
char shortEscape(char16_t unit) {
    switch (unit) {
    case u'"':
        return '"';
    case u'\\':
        return '\\';
    case u'\b':
        return 'b';
    case u'\f':
        return 'f';
    case u'\n':
        return 'n';
    case u'\r':
        return 'r';
    case u'\t':
        return 't';
    default:
        return 0;
    }
}

template <typename Unit>
constexpr bool isOdd(Unit unit) {
    return (unit < 0x20) | (unit >= 0x7F) | (unit == '"') | (unit == '\\');
}

// Looks at every unit, even behind an odd one: without a way out of the loop compilers look at many at once.
template <typename Unit>
bool isPlain(const Unit* units, size_t count) {
    bool odd = false;
    for (size_t i = 0; i < count; ++i)
        odd |= isOdd(units[i]);
    return !odd;
}

// Nearly every text is ASCII without anything to escape; it needs no conversion, only narrower units.
template <typename Unit>
bool appendPlain(GrowingBytes& out, const Unit* units, size_t count) {
    if (!isPlain(units, count))
        return false;
    constexpr size_t quotes = 2;
    char* to = out.room(count + quotes);
    *to++ = '"';
    for (size_t i = 0; i < count; ++i)
        to[i] = char(units[i]);
    to[count] = '"';
    out.take(count + quotes);
    return true;
}

void appendQuoted(GrowingBytes& out, QStringView text) {
    if (appendPlain(out, text.utf16(), size_t(text.size())))
        return;
    out.put('"');
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
            continue;
        }
        const bool plain = unit >= 0x20 && unit != u'"' && unit != u'\\' && !text[i].isSurrogate();
        if (plain)
            continue;
        out.put(text.sliced(from, i - from).toUtf8());
        if (const char letter = shortEscape(unit)) {
            out.put('\\');
            out.put(letter);
        } else {
            appendUnicodeEscape(out, unit);
        }
        from = i + 1;
    }
    out.put(text.sliced(from).toUtf8());
    out.put('"');
}

} // namespace

QByteArray quoted(QStringView text) {
    GrowingBytes out;
    appendQuoted(out, text);
    return out.bytes();
}

void Writer::separate() {
    if (m_afterName) {
        m_afterName = false;
        return;
    }
    if (m_hasItems.empty())
        return;
    if (m_hasItems.back() != 0)
        m_out.put(',');
    m_hasItems.back() = 1;
}

void Writer::beginObject() {
    separate();
    m_out.put('{');
    m_hasItems.push_back(0);
}

void Writer::endObject() {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    m_out.put('}');
    m_hasItems.pop_back();
}

void Writer::beginArray() {
    separate();
    m_out.put('[');
    m_hasItems.push_back(0);
}

void Writer::endArray() {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    m_out.put(']');
    m_hasItems.pop_back();
}

void Writer::name(QByteArrayView memberName) {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    separate();
    if (!appendPlain(m_out, reinterpret_cast<const uchar*>(memberName.data()), size_t(memberName.size())))
        appendQuoted(m_out, QString::fromUtf8(memberName));
    m_out.put(':');
    m_afterName = true;
}

void Writer::value(QStringView text) {
    separate();
    appendQuoted(m_out, text);
}

void Writer::value(const char* ascii) {
    separate();
    if (!appendPlain(m_out, reinterpret_cast<const uchar*>(ascii), std::strlen(ascii)))
        appendQuoted(m_out, QString::fromLatin1(ascii));
}

void Writer::value(qint64 number) {
    separate();
    m_out.put(QByteArray::number(number));
}

void Writer::value(bool truth) {
    separate();
    m_out.put(truth ? "true" : "false");
}

void Writer::value(double number) {
    if (!std::isfinite(number)) {
        null();
        return;
    }
    // As JavaScript does it: a million is 1000000 and not 1e+06.
    constexpr double leastPlain = 1e-6;
    constexpr double leastWithExponent = 1e21;
    const double size = std::abs(number);
    const bool plain = size == 0.0 || (size >= leastPlain && size < leastWithExponent);
    separate();
    m_out.put(QByteArray::number(number, plain ? 'f' : 'g', QLocale::FloatingPointShortest));
}

void Writer::value(const QStringList& list) {
    beginArray();
    for (const QString& item : list)
        value(item);
    endArray();
}

void Writer::null() {
    separate();
    m_out.put("null");
}

void Writer::raw(QByteArrayView json) {
    separate();
    m_out.put(json);
}

} // namespace lavascope::json
