// SPDX-License-Identifier: MIT
#include "core/markdown/inline_scan.h"

#include "core/markdown/entity.h"
#include "core/markdown/line_start.h"

#include <algorithm>

namespace lavascope::markdown {

namespace {

// Every `(` may be the beginning of an address, so none is followed for ever.
constexpr qsizetype longestAddress = 2000;
constexpr qsizetype longestScheme = 32;
constexpr int deepestParentheses = 32;

bool isPunctuation(QChar c) {
    return c.isPunct() || c.isSymbol();
}

QString unescaped(QStringView text) {
    QString plain;
    for (qsizetype i = 0; i < text.size();) {
        const Entity entity = entityAt(text.sliced(i));
        if (entity.length > 0) {
            plain += entity.text;
            i += entity.length;
            continue;
        }
        if (text[i] == u'\\' && i + 1 < text.size() && isAsciiPunctuation(text[i + 1]))
            ++i;
        plain += text[i++];
    }
    return plain;
}

qsizetype skipBlanks(QStringView text, qsizetype at) {
    while (at < text.size() && text[at].isSpace())
        ++at;
    return at;
}

/// The end of what opened at `at` and ends with `end`; -1: it is not closed.
qsizetype closingOf(QStringView text, qsizetype at, QChar end) {
    const qsizetype limit = qMin(text.size(), at + longestAddress);
    for (qsizetype i = at + 1; i < limit; ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == end)
            return i;
    }
    return -1;
}

/// The end of an address without brackets of its own.
qsizetype endOfAddress(QStringView text, qsizetype at) {
    int depth = 0;
    const qsizetype limit = qMin(text.size(), at + longestAddress);
    for (; at < limit; ++at) {
        const QChar c = text[at];
        if (c == u'\\' && at + 1 < limit) {
            ++at;
            continue;
        }
        if (c.unicode() <= u' ' || (c == u')' && depth == 0))
            break;
        depth += c == u'(' ? 1 : (c == u')' ? -1 : 0);
        if (depth > deepestParentheses)
            return -1;
    }
    return depth == 0 ? at : -1;
}

/// `(address "title")` at the beginning.
Target inlineTarget(QStringView rest) {
    qsizetype at = skipBlanks(rest, 1);
    Target target;
    if (at < rest.size() && rest[at] == u'<') {
        const qsizetype end = closingOf(rest, at, u'>');
        if (end < 0)
            return {};
        target.address = unescaped(rest.sliced(at + 1, end - at - 1));
        at = end + 1;
    } else {
        const qsizetype end = endOfAddress(rest, at);
        if (end < 0)
            return {};
        target.address = unescaped(rest.sliced(at, end - at));
        at = end;
    }
    const qsizetype behind = skipBlanks(rest, at);
    if (behind > at && behind < rest.size() && QStringView(u"\"'(").contains(rest[behind])) {
        const qsizetype end = closingOf(rest, behind, rest[behind] == u'(' ? QChar(u')') : rest[behind]);
        if (end < 0)
            return {};
        at = end + 1;
    }
    at = skipBlanks(rest, at);
    if (at >= rest.size() || rest[at] != u')')
        return {};
    target.exists = true;
    target.length = at + 1;
    return target;
}

Target referenceTarget(QStringView rest, QStringView label, const References& references) {
    Target target;
    if (references.isEmpty())
        return target;
    if (rest.startsWith(u'[')) {
        const qsizetype end = closingOf(rest, 0, u']');
        if (end > 1)
            label = rest.sliced(1, end - 1);
        if (end > 0)
            target.length = end + 1;
    }
    const auto found = references.constFind(referenceLabel(label));
    if (found == references.constEnd())
        return {};
    target.exists = true;
    target.address = *found;
    return target;
}

Address bracketedAddress(QStringView text) {
    const qsizetype end = closingOf(text, 0, u'>');
    if (end < 0)
        return {};
    const QStringView inside = text.sliced(1, end - 1);
    const qsizetype colon = inside.indexOf(u':');
    const bool isScheme =
        colon >= 2 && colon <= longestScheme && inside[0].isLetter() &&
        std::all_of(inside.begin(), inside.begin() + colon, [](QChar c) {
            return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'+' || c == u'.' || c == u'-');
        });
    const bool isWhole =
        std::none_of(inside.begin(), inside.end(), [](QChar c) { return c.unicode() <= u' ' || c == u'<'; });
    return isScheme && isWhole ? Address{inside.toString(), end + 1} : Address{};
}

Address bareAddress(QStringView text) {
    const qsizetype start = text.startsWith(QStringLiteral("https://"))  ? 8
                            : text.startsWith(QStringLiteral("http://")) ? 7
                                                                         : 0;
    if (start == 0)
        return {};
    qsizetype end = start;
    const qsizetype limit = qMin(text.size(), longestAddress);
    while (end < limit && !text[end].isSpace() && !QStringView(u"<>[]`\"|").contains(text[end]))
        ++end;
    // What ends a sentence does not belong to it, nor a parenthesis that it stands in.
    while (end > start) {
        const QChar last = text[end - 1];
        const bool closes = last == u')' && text.first(end).count(u')') > text.first(end).count(u'(');
        if (!closes && !QStringView(u"?!.,:;*_~'").contains(last))
            break;
        --end;
    }
    return end > start ? Address{text.first(end).toString(), end} : Address{};
}

} // namespace

bool isAsciiPunctuation(QChar c) {
    const char16_t code = c.unicode();
    return code > u' ' && code < 0x7F && !c.isLetterOrNumber();
}

qsizetype runLengthAt(QStringView text, qsizetype at) {
    qsizetype end = at;
    while (end < text.size() && text[end] == text[at])
        ++end;
    return end - at;
}

qsizetype fenceOf(QStringView text, qsizetype from, qsizetype length) {
    for (qsizetype at = from; at < text.size();) {
        at = text.indexOf(u'`', at);
        if (at < 0)
            break;
        const qsizetype found = runLengthAt(text, at);
        if (found == length)
            return at;
        at += found;
    }
    return -1;
}

Flanks flanksOf(QStringView text, qsizetype at, qsizetype length) {
    const QChar before = at > 0 ? text[at - 1] : QChar(u' ');
    const QChar after = at + length < text.size() ? text[at + length] : QChar(u' ');
    Flanks flanks;
    flanks.afterPunctuation = isPunctuation(before);
    flanks.beforePunctuation = isPunctuation(after);
    flanks.left =
        !after.isSpace() && (!flanks.beforePunctuation || before.isSpace() || flanks.afterPunctuation);
    flanks.right =
        !before.isSpace() && (!flanks.afterPunctuation || after.isSpace() || flanks.beforePunctuation);
    return flanks;
}

Address addressAt(QStringView text, qsizetype at) {
    if (text[at] == u'<')
        return bracketedAddress(text.sliced(at));
    if (at > 0 && text[at - 1].isLetterOrNumber())
        return {};
    return bareAddress(text.sliced(at));
}

Target targetAt(QStringView rest, QStringView label, const References& references) {
    if (rest.startsWith(u'(')) {
        Target target = inlineTarget(rest);
        if (target.exists)
            return target;
    }
    return referenceTarget(rest, label, references);
}

} // namespace lavascope::markdown
