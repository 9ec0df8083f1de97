// SPDX-License-Identifier: MIT
#include "core/markdown/block_parser.h"

#include "core/markdown/inline_parser.h"
#include "core/markdown/line_start.h"

#include <algorithm>

namespace lavascope::markdown {

namespace {

constexpr qsizetype longestPiece = 4000;
constexpr size_t deepest = 16;
constexpr size_t mostRows = 100;
constexpr qsizetype codeIndent = 4;

QString taskMarker(QStringView& text) {
    const bool isOpen = text.startsWith(QStringLiteral("[ ] "));
    const bool isDone = text.startsWith(QStringLiteral("[x] ")) || text.startsWith(QStringLiteral("[X] "));
    if (!isOpen && !isDone)
        return {};
    text = text.sliced(4);
    return isOpen ? QStringLiteral("☐") : QStringLiteral("☑");
}

} // namespace

BlockParser::BlockParser(References references)
    : m_references(std::move(references)) {}

void BlockParser::take(QStringView text) {
    m_isEmpty = m_isEmpty && text.isEmpty();
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        const qsizetype wanted = end < 0 ? text.size() : end;
        const qsizetype taken = qMin(wanted, longestPiece - m_line.size());
        m_line += text.first(taken);
        text = text.sliced(taken);
        const bool isWhole = taken == wanted && end >= 0;
        if (!isWhole && m_line.size() < longestPiece)
            break;
        // Half a character waits for its other half.
        const QString half = !isWhole && m_line.back().isHighSurrogate() ? m_line.right(1) : QString();
        takeLine(QStringView(m_line).chopped(half.size()));
        m_line = half;
        m_isRestOfLine = !isWhole;
        if (isWhole)
            text = text.sliced(1);
    }
}

void BlockParser::finish() {
    if (!m_line.isEmpty())
        takeLine(m_line);
    m_line.clear();
    closeContainers(0);
}

std::vector<Block> BlockParser::takeFinished() {
    return std::exchange(m_finished, {});
}

std::vector<Block> BlockParser::unfinished() const {
    BlockParser copy = *this;
    copy.m_finished.clear();
    copy.finish();
    return copy.takeFinished();
}

void BlockParser::takeLine(QStringView line) {
    if (line.endsWith(u'\r'))
        line.chop(1);
    if (m_isRestOfLine)
        return takeRestOfLine(line);
    const QString withoutTabs = line.contains(u'\t') ? withoutLeadingTabs(line) : QString();
    if (!withoutTabs.isEmpty())
        line = withoutTabs;

    const size_t matched = matchContainers(line);
    const bool allMatched = matched == m_containers.size();
    if (allMatched && m_leaf == Leaf::Fenced && takeCodeLine(line))
        return;
    if (m_leaf == Leaf::Fenced)
        closeContainers(matched);
    const bool opened = openContainers(line, matched);
    if (isBlank(line)) {
        if (m_leaf == Leaf::Indented && allMatched && !opened) {
            ++m_blankLines;
            return;
        }
        closeLeaf();
        if (!allMatched && !opened)
            closeContainers(matched);
        return;
    }
    if (!allMatched && !opened) {
        // A paragraph may go on without the signs of what it stands in.
        if (m_leaf == Leaf::Paragraph && !interrupts(line))
            return addToParagraph(line);
        closeContainers(matched);
    }
    takeLeaf(line, allMatched && !opened);
}

void BlockParser::takeRestOfLine(QStringView rest) {
    if (rest.isEmpty())
        return;
    if (m_leaf == Leaf::Fenced || m_leaf == Leaf::Indented)
        return emitCode(rest);
    if (m_leaf == Leaf::Table)
        closeLeaf();
    if (m_leaf == Leaf::Paragraph)
        emitParagraph();
    m_leaf = Leaf::Paragraph;
    m_leafGoesOn = true;
    m_text = rest.toString();
}

size_t BlockParser::matchContainers(QStringView& line) const {
    size_t matched = 0;
    for (const Container& container : m_containers) {
        const qsizetype indent = indentOf(line);
        if (container.isItem) {
            if (!isBlank(line)) {
                if (indent < container.indent)
                    break;
                line = line.sliced(container.indent);
            }
        } else {
            if (indent >= codeIndent || indent >= line.size() || line[indent] != u'>')
                break;
            line = line.sliced(indent + 1);
            if (line.startsWith(u' '))
                line = line.sliced(1);
        }
        ++matched;
    }
    return matched;
}

bool BlockParser::openContainers(QStringView& line, size_t matched) {
    bool opened = false;
    while (true) {
        const qsizetype indent = indentOf(line);
        const size_t depth = opened ? m_containers.size() : matched;
        if (indent >= codeIndent || indent >= line.size() || depth >= deepest)
            return opened;
        const QStringView start = line.sliced(indent);
        const bool isSameParagraph = m_leaf == Leaf::Paragraph && matched == m_containers.size() && !opened;
        if (start.startsWith(u'>')) {
            opened ? closeLeaf() : closeContainers(matched);
            opened = true;
            if (!m_marker.isEmpty())
                emitBlock({});
            m_containers.push_back({false, 0});
            line = start.sliced(1);
            if (line.startsWith(u' '))
                line = line.sliced(1);
            continue;
        }
        const std::optional<ItemStart> item = isRule(start) ? std::nullopt : itemStart(start);
        if (!item || (isSameParagraph && (item->isEmpty || (item->isOrdered && item->number != 1))))
            return opened;
        opened ? closeLeaf() : closeContainers(matched);
        opened = true;
        openItem(line, indent);
    }
}

void BlockParser::openItem(QStringView& line, qsizetype indent) {
    QStringView start = line.sliced(indent);
    const ItemStart item = *itemStart(start);
    // An item in an item that has nothing before it: the outer one still shows its sign.
    if (!m_marker.isEmpty())
        emitBlock({});
    const size_t depth = m_containers.size();
    int number = item.number;
    if (depth < m_siblings.size() && m_siblings[depth].isOrdered == item.isOrdered &&
        m_siblings[depth].sign == item.sign)
        number = m_siblings[depth].number + 1;
    m_siblings.resize(depth);
    m_siblings.push_back({item.isOrdered, item.sign, number});
    m_containers.push_back({true, indent + item.width});
    line = start.sliced(qMin(item.width, start.size()));
    const QString task = item.isOrdered ? QString() : taskMarker(line);
    m_marker = !task.isEmpty()  ? task
               : item.isOrdered ? QString::number(number) + QChar(item.sign)
                                : QStringLiteral("•");
}

void BlockParser::closeContainers(size_t kept) {
    closeLeaf();
    while (m_containers.size() > kept) {
        if (m_containers.back().isItem && !m_marker.isEmpty())
            emitBlock({});
        m_containers.pop_back();
    }
}

void BlockParser::takeLeaf(QStringView line, bool isSameParagraph) {
    if (m_leaf == Leaf::Indented) {
        if (indentOf(line) >= codeIndent) {
            for (; m_blankLines > 0; --m_blankLines)
                emitCode({});
            return emitCode(line.sliced(codeIndent));
        }
        closeLeaf();
    }
    if (m_leaf == Leaf::Table) {
        if (!interrupts(line))
            return addRow(line);
        closeLeaf();
    }
    if (startLeaf(line, isSameParagraph))
        return;
    addToParagraph(line);
}

/// Headings, rules, code and tables; false: the line is text.
bool BlockParser::startLeaf(QStringView line, bool isSameParagraph) {
    const qsizetype indent = indentOf(line);
    const bool isInParagraph = m_leaf == Leaf::Paragraph;
    if (indent >= codeIndent) {
        if (isInParagraph)
            return false;
        m_leaf = Leaf::Indented;
        m_blankLines = 0;
        emitCode(line.sliced(codeIndent));
        return true;
    }
    const QStringView start = line.sliced(indent);
    if (isInParagraph && isSameParagraph && (turnIntoHeading(start) || turnIntoTable(start)))
        return true;
    if (const qsizetype length = fenceLength(start); length > 0) {
        closeLeaf();
        m_leaf = Leaf::Fenced;
        m_fence = start[0];
        m_fenceLength = length;
        m_fenceIndent = indent;
        m_language = start.sliced(length).trimmed().toString();
        return true;
    }
    Block block;
    if (const int level = headingLevel(start); level > 0) {
        block.kind = Block::Kind::Heading;
        block.level = level;
        block.spans = parseInline(headingText(start), m_references);
    } else if (isRule(start)) {
        block.kind = Block::Kind::Rule;
    } else {
        return false;
    }
    closeLeaf();
    emitBlock(std::move(block));
    return true;
}

bool BlockParser::interrupts(QStringView line) {
    const qsizetype indent = indentOf(line);
    if (indent >= codeIndent)
        return false;
    const QStringView start = line.sliced(indent);
    return fenceLength(start) > 0 || headingLevel(start) > 0 || isRule(start);
}

bool BlockParser::takeCodeLine(QStringView line) {
    const qsizetype indent = indentOf(line);
    const QStringView start = line.sliced(indent);
    const bool isEnd = indent < codeIndent && start.startsWith(m_fence) &&
                       start.trimmed() == QString(start.trimmed().size(), m_fence) &&
                       start.trimmed().size() >= m_fenceLength;
    if (isEnd)
        closeLeaf();
    else
        emitCode(line.sliced(qMin(indent, m_fenceIndent)));
    return true;
}

bool BlockParser::turnIntoHeading(QStringView line) {
    const int level = underlineLevel(line);
    if (level == 0)
        return false;
    Block block;
    block.kind = Block::Kind::Heading;
    block.level = level;
    block.spans = parseInline(QStringView(m_text).trimmed(), m_references);
    m_text.clear();
    m_leaf = Leaf::None;
    emitBlock(std::move(block));
    return true;
}

bool BlockParser::turnIntoTable(QStringView line) {
    const qsizetype lastLine = m_text.lastIndexOf(u'\n') + 1;
    const QString head = m_text.sliced(lastLine);
    if (!head.contains(u'|'))
        return false;
    std::optional<std::vector<Alignment>> columns = tableColumns(line);
    if (!columns || columns->size() != tableCells(head).size())
        return false;
    m_text.truncate(qMax(qsizetype(0), lastLine - 1));
    closeLeaf();
    m_leaf = Leaf::Table;
    m_table = {};
    m_table.kind = Block::Kind::Table;
    m_table.columns = *std::move(columns);
    addRow(head);
    return true;
}

void BlockParser::closeLeaf() {
    if (m_leaf == Leaf::Paragraph)
        emitParagraph();
    else if (m_leaf == Leaf::Table)
        emitTable();
    else if (!m_language.isEmpty())
        emitCode({}); // without a line it would be lost
    m_leaf = Leaf::None;
    m_leafGoesOn = false;
    m_blankLines = 0;
}

void BlockParser::addToParagraph(QStringView line) {
    const QStringView text = line.sliced(indentOf(line));
    if (m_leaf != Leaf::Paragraph)
        closeLeaf();
    m_leaf = Leaf::Paragraph;
    if (m_text.size() + text.size() > longestPiece && !m_text.isEmpty()) {
        emitParagraph();
        m_leafGoesOn = true;
    }
    if (!m_text.isEmpty())
        m_text += u'\n';
    m_text += text;
}

void BlockParser::addRow(QStringView line) {
    std::vector<Spans> row;
    for (const QString& cell : tableCells(line))
        if (row.size() < m_table.columns.size())
            row.push_back(parseInline(cell, m_references));
        else // others drop it, but whoever looks here wants to see what came
            row.back().push_back({QStringLiteral(" | ") + cell, {}, {}, false});
    row.resize(m_table.columns.size());
    m_table.rows.push_back(std::move(row));
    if (m_table.rows.size() == mostRows)
        emitTable();
}

void BlockParser::emitParagraph() {
    const QString text = std::exchange(m_text, {});
    if (isBlank(text))
        return;
    Block block;
    block.goesOn = m_leafGoesOn;
    block.spans = parseInline(QStringView(text).trimmed(), m_references);
    emitBlock(std::move(block));
}

void BlockParser::emitCode(QStringView line) {
    Block block;
    block.kind = Block::Kind::Code;
    block.goesOn = std::exchange(m_leafGoesOn, true);
    block.language = std::exchange(m_language, {});
    if (!line.isEmpty())
        block.spans.push_back({line.toString(), Style::Code, {}, false});
    emitBlock(std::move(block));
}

void BlockParser::emitTable() {
    if (m_table.rows.empty())
        return;
    Block block = m_table;
    m_table.rows.clear();
    m_table.goesOn = true;
    emitBlock(std::move(block));
}

void BlockParser::emitBlock(Block block) {
    m_siblings.resize(qMin(m_siblings.size(), m_containers.size()));
    block.marker = std::exchange(m_marker, {});
    for (const Container& container : m_containers)
        ++(container.isItem ? block.lists : block.quotes);
    m_finished.push_back(std::move(block));
}

} // namespace lavascope::markdown
