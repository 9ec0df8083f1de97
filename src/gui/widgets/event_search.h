// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/event_filter.h"
#include "gui/widgets/searchable.h"

class QTableView;

namespace lavascope {

class EventTableModel;

/// Finds the rows of the event table whose event holds a text; the chosen row is the mark.
class EventSearch : public Searchable {
public:
    /// Both must outlive this.
    EventSearch(EventTableModel* model, QTableView* table);

    /// The rows are others. Those that are only added need no call.
    void startOver();

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override { return m_matches.state(); }
    bool showMatch(SearchStep step) override;
    void leaveMatch() override { m_matches.leave(); }

private:
    EventTableModel* m_model;
    QTableView* m_table;
    SearchPattern m_pattern;
    EventFilter m_filter;
    MatchList m_matches;
    int m_row = 0;         ///< the next one to look at
    qsizetype m_place = 0; ///< in its data
};

} // namespace lavascope
