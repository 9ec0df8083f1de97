// SPDX-License-Identifier: MIT
#include "core/json/elide.h"

#include "core/json/pretty_printer.h"
#include "core/json/utf8.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace lavascope::json {

namespace {

constexpr int blanksALevel = 2;

// How many bytes the next character takes inside a JSON string, or the next escape.
qsizetype characterLength(QByteArrayView text) {
    constexpr qsizetype shortEscape = 2;
    constexpr qsizetype unicodeEscape = 6;
    if (text.front() == '\\')
        return text.size() > 1 && text[1] == 'u' ? unicodeEscape : shortEscape;
    const Utf8Character character = utf8CharacterAt(text.data(), text.data() + text.size());
    return character.state == Utf8Character::State::Whole ? character.length : 1;
}

QByteArrayView beginningOf(QByteArrayView string, qsizetype length) {
    qsizetype end = 0;
    while (end < string.size()) {
        const qsizetype next = end + characterLength(string.sliced(end));
        if (next > length)
            break;
        end = next;
    }
    return string.first(end);
}

QByteArray sizeMark(qsizetype bytes) {
    return QStringLiteral("… %1 …")
        .arg(QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat))
        .toUtf8();
}

} // namespace

ElidedPrint::ElidedPrint(QByteArrayView source, ElideLimits limits)
    : m_source(source)
    , m_limits(limits) {}

bool ElidedPrint::advance(qsizetype bytes) {
    const qsizetype until = m_at + std::min(bytes, m_source.size() - m_at);
    while (m_at < until && !isFull())
        m_string < 0 ? takeOutside(until) : takeString(until);
    return !isDone();
}

// Up to the next string, with its quote; no further than there is room.
void ElidedPrint::takeOutside(qsizetype until) {
    const qsizetype room = m_limits.text - m_short.size();
    const QByteArrayView rest = m_source.sliced(m_at, std::min(room, until - m_at));
    const qsizetype quote = rest.indexOf('"');
    const qsizetype taken = quote < 0 ? rest.size() : quote + 1;
    m_short += rest.first(taken);
    m_at += taken;
    if (quote >= 0)
        m_string = m_at;
}

void ElidedPrint::takeString(qsizetype until) {
    const QByteArrayView seen = m_source.first(until);
    const auto placeOf = [&](char c) {
        const qsizetype place = seen.indexOf(c, m_at);
        return place < 0 ? until : place;
    };
    const qsizetype quote = placeOf('"');
    // Each is looked for once at a time: a string may be nothing but backslashes.
    while (m_at < quote) {
        const qsizetype escape = seen.first(quote).indexOf('\\', m_at);
        if (escape < 0) {
            m_at = quote;
            break;
        }
        m_at = escape + 2;
    }
    // After an escaped quote the search goes on behind it.
    if (m_at == quote && quote < until)
        endString(quote);
}

void ElidedPrint::endString(qsizetype quote) {
    const QByteArrayView written = m_source.sliced(m_string, quote - m_string);
    if (written.size() <= m_limits.longString) {
        m_short += written;
    } else {
        m_shortened.push_back({{m_string, quote}, m_short.size()});
        m_short += beginningOf(written, m_limits.beginning);
        m_short += sizeMark(written.size());
    }
    m_short += '"';
    m_string = -1;
    m_at = quote + 1;
}

ElidedText ElidedPrint::result() const {
    Q_ASSERT(isDone());
    const bool isWhole = m_at >= m_source.size();
    QByteArray text = m_short;
    // Half of a number would be another number.
    while (!isWhole && !text.isEmpty() && !QByteArrayView(",:[{}]\"").contains(text.back()))
        text.chop(1);
    Document document;
    if (const auto fault = document.scan(text); fault && (isWhole || !fault->endedTooSoon)) {
        const qsizetype shown = std::min(m_source.size(), m_limits.text);
        return {m_source.first(shown).toByteArray(), {}, shown == m_source.size()};
    }
    ElidedText elided;
    elided.isWhole = isWhole;
    auto next = m_shortened.begin();
    PrettyPrinter* printing = nullptr;
    PrettyPrinter printer(blanksALevel, [&](View value, qsizetype at) {
        const ByteRange range = value.range();
        // A member's name may have been shortened too, but it is no value to be had.
        while (next != m_shortened.end() && next->begin <= range.begin)
            ++next;
        if (next == m_shortened.end() || next->begin != range.begin + 1)
            return;
        elided.strings.push_back({printing->path(), {at, at + range.end - range.begin}, next->written});
    });
    printing = &printer;
    elided.text = printer.print(document.root());
    // What is left out may go on inside of what the printer closed.
    while (!isWhole && !elided.text.isEmpty() && QByteArrayView("]} \n").contains(elided.text.back()))
        elided.text.chop(1);
    return elided;
}

ElidedText elidedPrint(QByteArrayView source, ElideLimits limits) {
    ElidedPrint print(source, limits);
    while (print.advance(std::numeric_limits<qsizetype>::max())) {
    }
    return print.result();
}

} // namespace lavascope::json
