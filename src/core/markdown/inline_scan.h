// SPDX-License-Identifier: MIT
#pragma once

#include "core/markdown/block.h"

namespace lavascope::markdown {

[[nodiscard]] bool isAsciiPunctuation(QChar c);
/// How often the sign at that place is repeated.
[[nodiscard]] qsizetype runLengthAt(QStringView text, qsizetype at);
/// Where backticks of exactly that length begin, from a place on; -1: nowhere.
[[nodiscard]] qsizetype fenceOf(QStringView text, qsizetype from, qsizetype length);

/// What stands around a run of signs, by which it may begin or end emphasis ("flanking" in CommonMark).
struct Flanks {
    bool left = false;
    bool right = false;
    bool afterPunctuation = false;
    bool beforePunctuation = false;
};
[[nodiscard]] Flanks flanksOf(QStringView text, qsizetype at, qsizetype length);

/// An address that stands in a text by itself: `<scheme:…>` or `https://…`.
struct Address {
    QString text;
    qsizetype length = 0; ///< with its brackets; 0: none stands there
};
[[nodiscard]] Address addressAt(QStringView text, qsizetype at);

/// What follows the text of a link or picture and says where it points.
struct Target {
    bool exists = false;
    QString address;
    qsizetype length = 0; ///< 0 where the text itself is the label
};
[[nodiscard]] Target targetAt(QStringView rest, QStringView label, const References& references);

} // namespace lavascope::markdown
