// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace lavascope {

/// Where a search goes: to the first match at or after the place where the user is, to the one after or
/// before it, or to either end.
enum class SearchStep { Here, Next, Previous, First, Last };

/// What is to be said about a search.
struct SearchState {
    qsizetype current = 0; ///< number of the match that is shown, from 1; 0: none
    qsizetype count = 0;
    bool isFull = false; ///< there may be more than are counted
};

/// The matches of one search, in their order, and which of them is shown. Holds a bounded number of them.
class MatchList {
public:
    struct Match {
        qint64 begin = 0;
        qint64 end = 0;
    };
    static constexpr qsizetype most = 100'000;

    void clear();
    /// Forgets those that end behind this place.
    void cut(qint64 place);
    /// Behind the ones before it.
    void add(qint64 begin, qint64 end);
    [[nodiscard]] qsizetype room() const { return most - qsizetype(m_matches.size()); }
    [[nodiscard]] qint64 end() const { return m_matches.empty() ? 0 : m_matches.back().end; } ///< of the last
    [[nodiscard]] SearchState state() const;
    /// Makes another match the one that is shown; null if there is none where it goes. `here` is the place
    /// where the user is.
    [[nodiscard]] const Match* step(SearchStep step, qint64 here);
    void leave() { m_current = -1; } ///< none is shown any longer

private:
    [[nodiscard]] qsizetype placeOf(SearchStep step, qint64 here) const;

    std::vector<Match> m_matches;
    qsizetype m_current = -1;
};

} // namespace lavascope
