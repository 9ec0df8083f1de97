// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/match_list.h"
#include "gui/models/search_pattern.h"

#include <vector>

class QDeadlineTimer;

namespace lavascope {

/// Something in which the find bar can look for a text.
class Searchable {
public:
    Searchable() = default;
    Searchable(const Searchable&) = delete;
    Searchable& operator=(const Searchable&) = delete;
    virtual ~Searchable() = default;

    /// Starts over; an empty pattern ends the search. What is searched starts over by itself with the same
    /// pattern when it shows something else.
    virtual void startSearch(const SearchPattern& pattern) = 0;
    /// Looks on until then; true if there is more to look through now.
    virtual bool searchOn(const QDeadlineTimer& until) = 0;
    [[nodiscard]] virtual SearchState searchState() const = 0;
    /// Marks another match and brings it into sight; false if none is known where the step goes.
    virtual bool showMatch(SearchStep step) = 0;
    /// Takes the mark back.
    virtual void leaveMatch() = 0;
};

/// Several things as one, in their order.
class SearchGroup : public Searchable {
public:
    /// Behind the others, which goes on with the search if there is one. It must outlive its use here.
    void add(Searchable* part);
    /// Lets go of all parts, which may be gone already.
    void clear();

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override;
    bool showMatch(SearchStep step) override;
    void leaveMatch() override;

private:
    [[nodiscard]] bool showIn(size_t part, SearchStep step);

    std::vector<Searchable*> m_parts;
    SearchPattern m_pattern;
    size_t m_part = 0; ///< the one whose match was shown last
};

/// One of several things, whichever is in sight.
class SearchInSight : public Searchable {
public:
    explicit SearchInSight(Searchable* inSight)
        : m_inSight(inSight) {}

    /// Takes the search to another one. It must outlive its use here.
    void setInSight(Searchable* inSight);

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override { return m_inSight->searchOn(until); }
    [[nodiscard]] SearchState searchState() const override { return m_inSight->searchState(); }
    bool showMatch(SearchStep step) override { return m_inSight->showMatch(step); }
    void leaveMatch() override { m_inSight->leaveMatch(); }

private:
    Searchable* m_inSight;
    SearchPattern m_pattern;
};

} // namespace lavascope
