// SPDX-License-Identifier: MIT
#include "core/token/batch_lines.h"

#include "core/token/base64.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <vector>

namespace lavascope {

namespace {

constexpr qsizetype mostListedWords = 2;
constexpr qsizetype shortestWrap = 16;
constexpr size_t mostWrappedLines = 1024;

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

bool isWhole(const TokenReport& report) {
    return !report.fields.empty() &&
           std::none_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
               return finding.code == QStringLiteral("json_invalid") ||
                      finding.code == QStringLiteral("not_utf8") ||
                      finding.code.startsWith(QStringLiteral("base64_"));
           });
}

bool goesOnWith(QByteArrayView line, qsizetype width) {
    return line.size() <= width && isBase64Text(line);
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

std::optional<WrappedToken> wrappedTokenAt(QByteArrayView text, qsizetype from) {
    std::vector<QByteArrayView> lines{lineAt(text, from).trimmed()};
    const qsizetype width = lines.front().size();
    if (width < shortestWrap || !isBase64Text(lines.front()) || !beginsLikeEncodedCredential(lines.front()))
        return std::nullopt;
    qsizetype at = from + lineAt(text, from).size() + 1;
    std::vector<qsizetype> ends{at};
    while (at < text.size() && lines.size() < mostWrappedLines && lines.back().size() == width) {
        const QByteArrayView line = lineAt(text, at);
        const bool isList = lines.size() == 1 && beginsLikeEncodedCredential(line);
        if (isList || !goesOnWith(line.trimmed(), width))
            break;
        lines.push_back(line.trimmed());
        at += line.size() + 1;
        ends.push_back(std::min(at, text.size()));
    }
    if (lines.size() == 1 || isWhole(inspectToken(lines.front())))
        return std::nullopt;
    // The next token may begin right behind a last line that is full.
    QByteArray joined = lines.front().toByteArray();
    for (size_t i = 1; i < lines.size(); ++i) {
        joined += '\n' + lines[i].toByteArray();
        const bool mayEnd = i + 1 == lines.size() || beginsLikeEncodedCredential(lines[i + 1]);
        if (!mayEnd)
            continue;
        TokenReport report = inspectToken(joined);
        if (isWhole(report))
            return WrappedToken{ends[i], qint64(i) + 1, std::move(report)};
    }
    return std::nullopt;
}

} // namespace lavascope
