// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

#include <vector>

namespace lavascope::markdown {

/// Reads Markdown while it comes, line by line, into blocks: CommonMark 0.31 with GitHub's tables, struck
/// text and tasks, but without HTML, which stays text. A text is read in linear time whatever it holds:
/// paragraphs and lines beyond 4,000 characters go on in another block, what is nested deeper than 16 levels
/// is text, and a table goes on in another one after 100 rows. A reference is known only if it was handed in.
/// Lines that tell where references point stay to be seen.
class BlockParser {
public:
    explicit BlockParser(References references = {});

    /// Takes more text, cut anywhere.
    void take(QStringView text);
    /// Ends the text: what is unfinished is finished as it is.
    void finish();
    /// Blocks that no more text can change, each handed out once.
    [[nodiscard]] std::vector<Block> takeFinished();
    /// What the rest would be if the text ended here. Its cost does not depend on the length of the text.
    [[nodiscard]] std::vector<Block> unfinished() const;
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

private:
    struct Container {
        bool isItem = false;  ///< else a quote
        qsizetype indent = 0; ///< what the lines of an item begin with
    };
    struct Sibling {
        bool isOrdered = false;
        char16_t sign = 0;
        int number = 0;
    };
    enum class Leaf : quint8 { None, Paragraph, Fenced, Indented, Table };

    void takeLine(QStringView line);
    void takeRestOfLine(QStringView rest);
    [[nodiscard]] size_t matchContainers(QStringView& line) const;
    bool openContainers(QStringView& line, size_t matched);
    void openItem(QStringView& line, qsizetype indent);
    void closeContainers(size_t kept);
    void takeLeaf(QStringView line, bool isSameParagraph);
    bool takeCodeLine(QStringView line);
    bool startLeaf(QStringView line, bool isSameParagraph);
    bool turnIntoTable(QStringView line);
    bool turnIntoHeading(QStringView line);
    [[nodiscard]] static bool interrupts(QStringView line);
    void closeLeaf();
    void addToParagraph(QStringView line);
    void addRow(QStringView line);
    void emitParagraph();
    void emitCode(QStringView line);
    void emitTable();
    void emitBlock(Block block);

    References m_references;
    QString m_line;
    bool m_isRestOfLine = false; ///< the beginning of this line was taken before
    bool m_isEmpty = true;
    std::vector<Container> m_containers;
    std::vector<Sibling> m_siblings; ///< the last item of the list at each depth
    QString m_marker;                ///< of an item that has no block yet
    Leaf m_leaf = Leaf::None;
    bool m_leafGoesOn = false; ///< some of it is among the blocks
    QString m_text;            ///< of the paragraph
    QChar m_fence;
    qsizetype m_fenceLength = 0;
    qsizetype m_fenceIndent = 0;
    QString m_language;
    int m_blankLines = 0; ///< in code told by its indent, not yet known to be inside
    Block m_table;
    std::vector<Block> m_finished;
};

} // namespace lavascope::markdown
