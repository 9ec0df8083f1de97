// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

#include <optional>

namespace lavascope::markdown {

/// How many blanks a line begins with.
[[nodiscard]] qsizetype indentOf(QStringView line);
[[nodiscard]] bool isBlank(QStringView line);
/// The same line with the tabs that it begins with, or that follow a marker, as blanks.
[[nodiscard]] QString withoutLeadingTabs(QStringView line);

/// What opens a list item.
struct ItemStart {
    qsizetype width = 0; ///< of the marker and the blanks that belong to it
    bool isOrdered = false;
    char16_t sign = 0; ///< `-`, `+`, `*`, `.` or `)`; another one begins another list
    int number = 0;
    bool isEmpty = false; ///< nothing follows on the line
};

// Each takes a line without its indent.
[[nodiscard]] std::optional<ItemStart> itemStart(QStringView line);
[[nodiscard]] bool isRule(QStringView line);
[[nodiscard]] int headingLevel(QStringView line); ///< of `# …`; 0: none
[[nodiscard]] QStringView headingText(QStringView line);
[[nodiscard]] int underlineLevel(QStringView line);    ///< 1 for `===`, 2 for `---`; 0: neither
[[nodiscard]] qsizetype fenceLength(QStringView line); ///< of the signs that open fenced code; 0: none

/// The columns that a table's second line tells, nothing if it is not one.
[[nodiscard]] std::optional<std::vector<Alignment>> tableColumns(QStringView line);
[[nodiscard]] std::vector<QString> tableCells(QStringView line);

/// A label as references are looked up by it.
[[nodiscard]] QString referenceLabel(QStringView label);
/// The addresses that lines such as `[label]: address` tell, the first one of each label.
[[nodiscard]] References referencesIn(QStringView text);

} // namespace lavascope::markdown
