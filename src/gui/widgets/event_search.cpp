// SPDX-License-Identifier: MIT
#include "gui/widgets/event_search.h"

#include "gui/models/event_table_model.h"

#include <QDeadlineTimer>
#include <QTableView>

namespace lavascope {

EventSearch::EventSearch(EventTableModel* model, QTableView* table)
    : m_model(model)
    , m_table(table) {}

void EventSearch::startOver() {
    m_matches.clear();
    m_row = 0;
    m_place = 0;
}

void EventSearch::startSearch(const SearchPattern& pattern) {
    m_pattern = pattern;
    m_filter = EventFilter(pattern, {});
    startOver();
}

bool EventSearch::searchOn(const QDeadlineTimer& until) {
    if (m_pattern.isEmpty())
        return false;
    while (m_row < m_model->rowCount() && m_matches.room() > 0) {
        const auto answer = m_filter.accepts(*m_model->reader(), m_model->eventNumber(m_row), m_place);
        if (answer == EventFilter::Answer::Yes)
            m_matches.add(m_row, m_row + 1);
        if (answer != EventFilter::Answer::NotYet)
            ++m_row;
        if (until.hasExpired())
            break;
    }
    return m_row < m_model->rowCount() && m_matches.room() > 0;
}

bool EventSearch::showMatch(SearchStep step) {
    const MatchList::Match* match = m_matches.step(step, std::max(0, m_table->currentIndex().row()));
    if (!match)
        return false;
    m_table->selectRow(int(match->begin));
    m_table->scrollTo(m_model->index(int(match->begin), 0));
    return true;
}

} // namespace lavascope
