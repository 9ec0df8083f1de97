// SPDX-License-Identifier: MIT
#include "core/token/batch_lines.h"

#include "core/token/base64.h"
#include "core/token/line_wrap.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace lavascope {

namespace {

constexpr qsizetype mostListedWords = 2;
constexpr qsizetype shortestWrap = 16;

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isMark(char c) {
    return c > ' ' && c <= '~' && !isAlphanumeric(c);
}

bool isName(QByteArrayView text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
    });
}

bool namesCredential(QByteArrayView name) {
    constexpr std::array<QByteArrayView, 6> words = {"token", "key",    "secret",
                                                     "auth",  "bearer", "credential"};
    const QByteArray lower = name.toByteArray().toLower();
    return std::any_of(words.begin(), words.end(), [&](QByteArrayView word) { return lower.contains(word); });
}

bool isWordOfJson(QByteArrayView value) {
    return value == "null" || value == "true" || value == "false" ||
           std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

QByteArrayView withoutMarks(QByteArrayView text, QByteArrayView marks) {
    text = text.trimmed();
    while (!text.isEmpty() && marks.contains(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && marks.contains(text.back()))
        text.chop(1);
    return text;
}

/// `NAME=value`, `export NAME="value"`, `"name": "value",`, `name: value`.
struct Setting {
    QByteArrayView name;
    QByteArrayView value;
};
std::optional<Setting> settingIn(QByteArrayView line) {
    const auto sign = std::find_if(line.begin(), line.end(), [](char c) { return c == '=' || c == ':'; });
    if (sign == line.end())
        return std::nullopt;
    QByteArrayView name = line.first(sign - line.begin());
    for (const QByteArrayView keyword : {"export ", "set ", "- "})
        if (name.startsWith(keyword))
            name = name.sliced(keyword.size());
    name = withoutMarks(name, "\"'");
    const QByteArrayView value = withoutMarks(line.sliced(sign - line.begin() + 1), "\"',; ");
    const bool isPadding = *sign == '=' && withoutMarks(value, "=").isEmpty() &&
                           std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!isName(name) || isPadding)
        return std::nullopt;
    return Setting{name, value};
}

QByteArrayView lineAt(QByteArrayView text, qsizetype from) {
    const qsizetype end = text.indexOf('\n', from);
    return text.sliced(from, (end < 0 ? text.size() : end) - from);
}

} // namespace

QByteArray batchTextOf(const QByteArray& text) {
    if (text.startsWith("\xEF\xBB\xBF"))
        return text.sliced(3);
    const bool isLittle = text.startsWith("\xFF\xFE");
    if (!isLittle && !text.startsWith("\xFE\xFF"))
        return text;
    QStringDecoder decode(isLittle ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE);
    const QString decoded = decode(QByteArrayView(text).sliced(2));
    return decoded.toUtf8();
}

bool isListed(QByteArrayView line) {
    const qsizetype words = line.toByteArray().simplified().count(' ') + 1;
    if (words > mostListedWords || line.startsWith('#') || line.startsWith("//"))
        return false;
    if (std::all_of(line.begin(), line.end(), [](char c) { return isMark(c) || c == ' ' || c == '\t'; }))
        return false;
    if (const std::optional<Setting> setting = settingIn(line))
        return namesCredential(setting->name) && !isWordOfJson(setting->value) &&
               !std::all_of(setting->value.begin(), setting->value.end(), isMark) &&
               !setting->value.contains(QByteArrayView("://"));
    constexpr qsizetype longestTitle = 24;
    const bool isTitle = line.size() <= longestTitle && namesCredential(line) &&
                         std::none_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !isTitle;
}

std::optional<WrappedLines> wrappedLinesAt(QByteArrayView text, qsizetype from) {
    const QByteArrayView first = lineAt(text, from).trimmed();
    if (first.size() < shortestWrap || !isBase64Text(first) || !beginsLikeEncodedCredential(first))
        return std::nullopt;
    const qsizetype begin = first.data() - text.data();
    const WrappedToken token = wrappedTokenAt(text, begin);
    const QByteArrayView wrapped = text.sliced(begin, token.end - begin);
    const QByteArrayView behind = lineAt(text, token.end);
    if (!token.isWhole || !wrapped.contains('\n') || !behind.trimmed().isEmpty())
        return std::nullopt;
    TokenReport report = inspectToken(wrapped);
    const qint64 lines = std::count(wrapped.begin(), wrapped.end(), '\n') + 1;
    return WrappedLines{std::min(token.end + behind.size() + 1, text.size()), lines, std::move(report)};
}

} // namespace lavascope
