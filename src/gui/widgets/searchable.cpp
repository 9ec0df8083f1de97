// SPDX-License-Identifier: MIT
#include "gui/widgets/searchable.h"

#include <QDeadlineTimer>

namespace lavascope {

void SearchGroup::add(Searchable* part) {
    m_parts.push_back(part);
    if (!m_pattern.isEmpty())
        part->startSearch(m_pattern);
}

void SearchGroup::clear() {
    m_parts.clear();
    m_part = 0;
}

void SearchGroup::startSearch(const SearchPattern& pattern) {
    m_pattern = pattern;
    for (Searchable* part : m_parts)
        part->startSearch(pattern);
}

bool SearchGroup::searchOn(const QDeadlineTimer& until) {
    for (Searchable* part : m_parts)
        if (part->searchOn(until))
            return true;
    return false;
}

SearchState SearchGroup::searchState() const {
    SearchState sum;
    for (size_t i = 0; i < m_parts.size(); ++i) {
        const SearchState state = m_parts[i]->searchState();
        if (i == m_part && state.current > 0)
            sum.current = sum.count + state.current;
        sum.count += state.count;
        sum.isFull = sum.isFull || state.isFull;
    }
    return sum;
}

bool SearchGroup::showMatch(SearchStep step) {
    if (m_parts.empty())
        return false;
    const bool isBackward = step == SearchStep::Previous || step == SearchStep::Last;
    const bool isToAnEnd = step == SearchStep::First || step == SearchStep::Last;
    const size_t last = m_parts.size() - 1;
    size_t part = isToAnEnd ? (isBackward ? last : 0) : m_part;
    while (!showIn(part, step)) {
        if (part == (isBackward ? 0 : last))
            return false;
        part += isBackward ? size_t(-1) : 1;
        step = isBackward ? SearchStep::Last : SearchStep::First;
    }
    return true;
}

bool SearchGroup::showIn(size_t part, SearchStep step) {
    if (!m_parts[part]->showMatch(step))
        return false;
    if (part != m_part)
        m_parts[m_part]->leaveMatch();
    m_part = part;
    return true;
}

void SearchGroup::leaveMatch() {
    if (!m_parts.empty())
        m_parts[m_part]->leaveMatch();
}

void SearchInSight::setInSight(Searchable* inSight) {
    if (inSight == m_inSight)
        return;
    m_inSight->startSearch({});
    m_inSight = inSight;
    m_inSight->startSearch(m_pattern);
}

void SearchInSight::startSearch(const SearchPattern& pattern) {
    m_pattern = pattern;
    m_inSight->startSearch(pattern);
}

} // namespace lavascope
