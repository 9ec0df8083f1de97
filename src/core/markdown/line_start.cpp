// SPDX-License-Identifier: MIT
#include "core/markdown/line_start.h"

#include <algorithm>

namespace lavascope::markdown {

namespace {

constexpr int tabWidth = 4;
constexpr qsizetype mostDigits = 9;
constexpr qsizetype mostHashes = 6;
constexpr qsizetype longestLabel = 200;
constexpr size_t mostColumns = 40;

qsizetype runLength(QStringView line, QChar sign) {
    const auto* const end = std::find_if(line.begin(), line.end(), [=](QChar c) { return c != sign; });
    return end - line.begin();
}

bool consistsOf(QStringView line, QChar sign) {
    return !line.isEmpty() && runLength(line, sign) == line.size();
}

} // namespace

qsizetype indentOf(QStringView line) {
    return runLength(line, u' ');
}

bool isBlank(QStringView line) {
    return std::all_of(line.begin(), line.end(), [](QChar c) { return c == u' ' || c == u'\t'; });
}

QString withoutLeadingTabs(QStringView line) {
    QString text;
    qsizetype i = 0;
    // Tabs matter as long as markers of quotes and lists may still follow.
    for (; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'\t')
            text += QString(tabWidth - text.size() % tabWidth, u' ');
        else if (c == u' ' || c == u'>' || c == u'-' || c == u'*' || c == u'+' || c == u'.' || c.isDigit())
            text += c;
        else
            break;
    }
    text += line.sliced(i);
    return text;
}

std::optional<ItemStart> itemStart(QStringView line) {
    ItemStart start;
    qsizetype at = 0;
    while (at < line.size() && at < mostDigits && line[at] >= u'0' && line[at] <= u'9')
        ++at;
    start.isOrdered = at > 0;
    start.number = line.first(at).toInt();
    if (at >= line.size())
        return std::nullopt;
    start.sign = line[at].unicode();
    const bool fits = start.isOrdered ? (start.sign == u'.' || start.sign == u')')
                                      : (start.sign == u'-' || start.sign == u'+' || start.sign == u'*');
    if (!fits)
        return std::nullopt;
    const QStringView rest = line.sliced(at + 1);
    start.isEmpty = isBlank(rest);
    const qsizetype blanks = indentOf(rest);
    if (!start.isEmpty && blanks == 0)
        return std::nullopt;
    // Five blanks and more are one, and then code that is told by its indent.
    const bool isOne = start.isEmpty || blanks > tabWidth;
    start.width = at + 1 + (isOne ? 1 : blanks);
    return start;
}

bool isRule(QStringView line) {
    if (line.isEmpty() || (line[0] != u'*' && line[0] != u'-' && line[0] != u'_'))
        return false;
    qsizetype signs = 0;
    for (QChar c : line) {
        if (c == line[0])
            ++signs;
        else if (c != u' ' && c != u'\t')
            return false;
    }
    return signs >= 3;
}

int headingLevel(QStringView line) {
    const qsizetype hashes = runLength(line, u'#');
    const bool isOne = hashes > 0 && hashes <= mostHashes &&
                       (hashes == line.size() || line[hashes] == u' ' || line[hashes] == u'\t');
    return isOne ? int(hashes) : 0;
}

QStringView headingText(QStringView line) {
    const QStringView text = line.sliced(runLength(line, u'#')).trimmed();
    qsizetype end = text.size();
    while (end > 0 && text[end - 1] == u'#')
        --end;
    // Hashes at the end count as decoration only behind a blank.
    if (end == 0)
        return {};
    return text[end - 1] == u' ' ? text.first(end).trimmed() : text;
}

int underlineLevel(QStringView line) {
    const QStringView signs = line.trimmed();
    if (consistsOf(signs, u'='))
        return 1;
    return consistsOf(signs, u'-') ? 2 : 0;
}

qsizetype fenceLength(QStringView line) {
    if (line.isEmpty() || (line[0] != u'`' && line[0] != u'~'))
        return 0;
    const qsizetype length = runLength(line, line[0]);
    const bool isInlineCode = line[0] == u'`' && line.sliced(length).contains(u'`');
    return length < 3 || isInlineCode ? 0 : length;
}

std::vector<QString> tableCells(QStringView line) {
    std::vector<QString> cells;
    QString cell;
    const QStringView inside = line.trimmed();
    for (qsizetype i = inside.startsWith(u'|') ? 1 : 0; i < inside.size(); ++i) {
        const bool isEscaped = inside[i] == u'\\' && i + 1 < inside.size() && inside[i + 1] == u'|';
        if (isEscaped) {
            cell += u'|';
            ++i;
        } else if (inside[i] == u'|') {
            cells.push_back(std::exchange(cell, {}).trimmed());
        } else {
            cell += inside[i];
        }
    }
    if (!cell.trimmed().isEmpty())
        cells.push_back(cell.trimmed());
    return cells;
}

std::optional<std::vector<Alignment>> tableColumns(QStringView line) {
    if (!line.contains(u'-') || !line.contains(u'|'))
        return std::nullopt;
    std::vector<Alignment> columns;
    for (const QString& cell : tableCells(line)) {
        const bool left = cell.startsWith(u':');
        const bool right = cell.endsWith(u':') && cell.size() > 1;
        const QStringView dashes = QStringView(cell).sliced(left ? 1 : 0).chopped(right ? 1 : 0);
        if (!consistsOf(dashes, u'-') || columns.size() == mostColumns)
            return std::nullopt;
        columns.push_back(left && right ? Alignment::Center
                          : left        ? Alignment::Left
                          : right       ? Alignment::Right
                                        : Alignment::None);
    }
    return columns;
}

QString referenceLabel(QStringView label) {
    return label.toString().simplified().toCaseFolded();
}

References referencesIn(QStringView text) {
    References references;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype found = text.indexOf(u'\n', begin);
        const qsizetype end = found < 0 ? text.size() : found;
        const QStringView line = text.sliced(begin, end - begin).trimmed();
        begin = end + 1;
        if (!line.startsWith(u'['))
            continue;
        const qsizetype colon = line.first(qMin(line.size(), longestLabel)).indexOf(QStringLiteral("]:"));
        if (colon < 2)
            continue;
        QStringView address = line.sliced(colon + 2).trimmed();
        const qsizetype blank = address.indexOf(u' ');
        if (blank >= 0)
            address = address.first(blank);
        if (address.size() > 2 && address.startsWith(u'<') && address.endsWith(u'>'))
            address = address.sliced(1).chopped(1);
        const QString label = referenceLabel(line.sliced(1, colon - 1));
        if (!address.isEmpty() && !references.contains(label))
            references.insert(label, address.toString());
    }
    return references;
}

} // namespace lavascope::markdown
