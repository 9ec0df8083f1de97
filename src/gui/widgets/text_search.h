// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/searchable.h"

#include <functional>

class QPlainTextEdit;
class QTextBlock;

namespace lavascope {

/// Finds a text in a text widget, whose selection is the mark.
class TextSearch : public Searchable {
public:
    /// State of a block whose line goes on in the next block: it was too long for one.
    static constexpr int lineGoesOn = 1;

    /// `shown` is called before a match comes into sight. The view must outlive this.
    TextSearch(QPlainTextEdit* view, std::function<void()> shown);

    /// The text is another one. What is only added to its end needs no call.
    void startOver();

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override { return m_matches.state(); }
    bool showMatch(SearchStep step) override;
    void leaveMatch() override;

private:
    void searchBlock(const QTextBlock& block);

    QPlainTextEdit* m_view;
    std::function<void()> m_shown;
    SearchPattern m_pattern;
    MatchList m_matches;
    int m_block = 0; ///< the next one to look at
};

} // namespace lavascope
