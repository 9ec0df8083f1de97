// SPDX-License-Identifier: MIT
#include "core/json/writer.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lavascope::json {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendUnicodeEscape(QByteArray& out, char16_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += hexDigits[(unit >> shift) & 0xF];
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

constexpr bool isPlain(char16_t unit) {
    return unit >= 0x20 && unit < 0x7F && unit != u'"' && unit != u'\\';
}

// Nearly every text is ASCII without anything to escape; it needs no conversion, only narrower units.
bool appendPlain(QByteArray& out, QStringView text) {
    const qsizetype begin = out.size();
    out.resize(begin + text.size());
    char* to = out.data() + begin;
    for (const QChar unit : text) {
        if (!isPlain(unit.unicode())) {
            out.resize(begin);
            return false;
        }
        *to++ = char(unit.unicode());
    }
    return true;
}

} // namespace

QByteArray quoted(QStringView text) {
    QByteArray out;
    out.reserve(text.size() + 2);
    appendQuoted(out, text);
    return out;
}

void appendQuoted(QByteArray& out, QStringView text) {
    out += '"';
    if (appendPlain(out, text)) {
        out += '"';
        return;
    }
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
        out += text.sliced(from, i - from).toUtf8();
        if (const char letter = shortEscape(unit)) {
            out += '\\';
            out += letter;
        } else {
            appendUnicodeEscape(out, unit);
        }
        from = i + 1;
    }
    out += text.sliced(from).toUtf8();
    out += '"';
}

void Writer::separate() {
    if (m_afterName) {
        m_afterName = false;
        return;
    }
    if (m_hasItems.empty())
        return;
    if (m_hasItems.back())
        m_bytes += ',';
    m_hasItems.back() = true;
}

void Writer::beginObject() {
    separate();
    m_bytes += '{';
    m_hasItems.push_back(false);
}

void Writer::endObject() {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    m_bytes += '}';
    m_hasItems.pop_back();
}

void Writer::beginArray() {
    separate();
    m_bytes += '[';
    m_hasItems.push_back(false);
}

void Writer::endArray() {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    m_bytes += ']';
    m_hasItems.pop_back();
}

void Writer::name(QByteArrayView memberName) {
    Q_ASSERT(!m_hasItems.empty() && !m_afterName);
    separate();
    const bool isPlainName = std::all_of(memberName.begin(), memberName.end(),
                                         [](char c) { return isPlain(static_cast<unsigned char>(c)); });
    if (!isPlainName) {
        appendQuoted(m_bytes, QString::fromUtf8(memberName));
        m_bytes += ':';
    } else {
        constexpr qsizetype around = 3; // the quotes and the colon
        const qsizetype begin = m_bytes.size();
        m_bytes.resize(begin + memberName.size() + around);
        char* to = m_bytes.data() + begin;
        *to++ = '"';
        to = std::copy(memberName.begin(), memberName.end(), to);
        *to++ = '"';
        *to = ':';
    }
    m_afterName = true;
}

void Writer::value(QStringView text) {
    separate();
    appendQuoted(m_bytes, text);
}

void Writer::value(qint64 number) {
    separate();
    m_bytes += QByteArray::number(number);
}

void Writer::value(bool truth) {
    separate();
    m_bytes += truth ? "true" : "false";
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
    m_bytes += QByteArray::number(number, plain ? 'f' : 'g', QLocale::FloatingPointShortest);
}

void Writer::value(const QStringList& list) {
    beginArray();
    for (const QString& item : list)
        value(item);
    endArray();
}

void Writer::null() {
    separate();
    m_bytes += "null";
}

void Writer::raw(QByteArrayView json) {
    separate();
    m_bytes += json;
}

} // namespace lavascope::json
