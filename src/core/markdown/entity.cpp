// SPDX-License-Identifier: MIT
#include "core/markdown/entity.h"

#include <array>

namespace lavascope::markdown {

namespace {

struct Named {
    const char* name;
    char16_t character;
};

constexpr std::array<Named, 26> named = {{
    {"amp", u'&'},         {"lt", u'<'},          {"gt", u'>'},          {"quot", u'"'},
    {"apos", u'\''},       {"nbsp", u'\u00a0'},   {"copy", u'\u00a9'},   {"reg", u'\u00ae'},
    {"deg", u'\u00b0'},    {"plusmn", u'\u00b1'}, {"middot", u'\u00b7'}, {"times", u'\u00d7'},
    {"divide", u'\u00f7'}, {"ndash", u'\u2013'},  {"mdash", u'\u2014'},  {"lsquo", u'\u2018'},
    {"rsquo", u'\u2019'},  {"ldquo", u'\u201c'},  {"rdquo", u'\u201d'},  {"bull", u'\u2022'},
    {"hellip", u'\u2026'}, {"euro", u'\u20ac'},   {"trade", u'\u2122'},  {"larr", u'\u2190'},
    {"rarr", u'\u2192'},   {"ne", u'\u2260'},
}};

constexpr qsizetype longestEntity = 12;

QString characterOf(QStringView number) {
    const bool isHex = number.startsWith(u'x') || number.startsWith(u'X');
    bool isNumber = false;
    const uint codePoint = isHex ? number.sliced(1).toUInt(&isNumber, 16) : number.toUInt(&isNumber, 10);
    if (!isNumber || number.startsWith(u'+'))
        return {};
    // What CommonMark 0.31 asks for where no character can stand.
    if (codePoint == 0 || codePoint > QChar::LastValidCodePoint || QChar::isSurrogate(codePoint))
        return QString(QChar::ReplacementCharacter);
    const auto character = char32_t(codePoint);
    return QString::fromUcs4(&character, 1);
}

} // namespace

Entity entityAt(QStringView text) {
    if (!text.startsWith(u'&'))
        return {};
    const qsizetype end = text.first(qMin(text.size(), longestEntity)).indexOf(u';');
    if (end < 2)
        return {};
    const QStringView name = text.sliced(1, end - 1);
    if (name.startsWith(u'#')) {
        const QString character = characterOf(name.sliced(1));
        return character.isEmpty() ? Entity{} : Entity{character, end + 1};
    }
    for (const Named& one : named)
        if (name == QLatin1String(one.name))
            return {QString(QChar(one.character)), end + 1};
    return {};
}

} // namespace lavascope::markdown
