// SPDX-License-Identifier: MIT
#include "gui/models/match_list.h"

#include <algorithm>

namespace lavascope {

void MatchList::clear() {
    m_matches.clear();
    m_current = -1;
}

void MatchList::cut(qint64 place) {
    while (end() > place)
        m_matches.pop_back();
    if (m_current >= qsizetype(m_matches.size()))
        m_current = -1;
}

void MatchList::add(qint64 begin, qint64 end) {
    Q_ASSERT(room() > 0);
    m_matches.push_back({begin, end});
}

SearchState MatchList::state() const {
    return {m_current + 1, qsizetype(m_matches.size()), room() == 0};
}

const MatchList::Match* MatchList::step(SearchStep step, qint64 here) {
    const qsizetype place = placeOf(step, here);
    if (place < 0 || place >= qsizetype(m_matches.size()))
        return nullptr;
    m_current = place;
    return &m_matches[size_t(place)];
}

qsizetype MatchList::placeOf(SearchStep step, qint64 here) const {
    const auto atOrAfter =
        std::lower_bound(m_matches.begin(), m_matches.end(), here,
                         [](const Match& match, qint64 place) { return match.begin < place; });
    const qsizetype place = atOrAfter - m_matches.begin();
    switch (step) {
    case SearchStep::Next:
        // Who has not moved since stands on the match that is shown.
        return place == m_current && atOrAfter->begin == here ? place + 1 : place;
    case SearchStep::Previous:
        return place - 1;
    case SearchStep::First:
        return 0;
    case SearchStep::Last:
        return qsizetype(m_matches.size()) - 1;
    case SearchStep::Here:
        break;
    }
    return place;
}

} // namespace lavascope
