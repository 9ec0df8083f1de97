// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/search_pattern.h"

#include <array>
#include <vector>

namespace lavascope {

/// Finds a pattern in UTF-8 bytes, of which a long run can be looked through a piece at a time. A byte that
/// is no UTF-8 counts as one character, U+FFFD.
class ByteSearch {
public:
    struct Match {
        qsizetype begin = 0;
        qsizetype end = 0;

        friend bool operator==(const Match&, const Match&) = default;
    };
    /// What of a long run is handed over at once: a piece to look at, what comes after it, so that a match
    /// may lie over the piece's end, and what comes before it, for patterns that look there.
    static constexpr qsizetype piece = 64 * 1024;
    static constexpr qsizetype after = 4 * 1024;
    static constexpr qsizetype before = 16;

    ByteSearch() = default; ///< finds nothing
    explicit ByteSearch(SearchPattern pattern);

    [[nodiscard]] const SearchPattern& pattern() const { return m_pattern; }
    /// The matches that begin in [from, until), in their order and not one over another; no empty ones, and
    /// no more than `most`.
    [[nodiscard]] std::vector<Match> matchesIn(QByteArrayView bytes, qsizetype from, qsizetype until,
                                               qsizetype most) const;

private:
    [[nodiscard]] std::vector<Match> textMatches(QByteArrayView bytes, qsizetype from, qsizetype until,
                                                 qsizetype most) const;
    [[nodiscard]] std::vector<Match> expressionMatches(QByteArrayView bytes, qsizetype from, qsizetype until,
                                                       qsizetype most) const;

    SearchPattern m_pattern;
    std::array<qsizetype, 256> m_shifts{}; ///< of the text, by the byte under its last one
};

} // namespace lavascope
