// SPDX-License-Identifier: MIT
#pragma once

#include <QFlags>
#include <QHash>
#include <QString>

#include <vector>

namespace lavascope::markdown {

enum class Style : quint8 { Strong = 1, Emphasis = 2, Struck = 4, Code = 8 };
Q_DECLARE_FLAGS(Styles, Style)
Q_DECLARE_OPERATORS_FOR_FLAGS(Styles)

/// A run of text in one look. HTML is text like any other here; a line feed is a line break that was asked
/// for.
struct Span {
    QString text; ///< of a picture: what stands for it
    Styles styles;
    QString address; ///< where a link or a picture points, as it was written; empty: it is neither
    bool isPicture = false;

    friend bool operator==(const Span&, const Span&) = default;
};
using Spans = std::vector<Span>;

enum class Alignment : quint8 { None, Left, Center, Right };

/// One block of a text. What blocks stand in (lists, quotes) is said by the blocks themselves, so that a list
/// of them is all there is to a text.
struct Block {
    enum class Kind : quint8 {
        Paragraph,
        Heading,
        Code, ///< one line of it
        Rule,
        Table,
    };

    Kind kind = Kind::Paragraph;
    int level = 0; ///< of a heading, 1 to 6
    int lists = 0; ///< how many lists it stands in
    int quotes = 0;
    QString marker;      ///< where a list item begins: `•`, `3.`, `☐`, `☑`
    QString language;    ///< of code, as its first line says it; only in that line
    bool goesOn = false; ///< the same paragraph, code or table as the block before
    Spans spans;
    std::vector<std::vector<Spans>> rows; ///< of a table; the first one is its head, unless it goes on
    std::vector<Alignment> columns;

    friend bool operator==(const Block&, const Block&) = default;
};

/// Addresses by the label that `[text][label]` names; labels as referenceLabel() writes them.
using References = QHash<QString, QString>;

} // namespace lavascope::markdown
