// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/searchable.h"

#include <functional>
#include <variant>

class QPlainTextEdit;
class QScrollBar;
class QTextBlock;
class QTextCursor;
class QTextDocument;
class QTextEdit;

namespace lavascope {

/// Finds a text in a text widget, whose selection is the mark.
class TextSearch : public Searchable {
public:
    /// State of a block whose line goes on in the next block: it was too long for one.
    static constexpr int lineGoesOn = 1;

    /// Two kinds of view that can do the same and have no class in common for it.
    using View = std::variant<QPlainTextEdit*, QTextEdit*>;

    /// `shown` is called before a match comes into sight. The view must outlive this.
    explicit TextSearch(View view, std::function<void()> shown = {});

    /// The text is another one. What is only added to its end needs no call.
    void startOver();
    /// The text is about to be another one from this position on.
    void startOverFrom(int position);

    void startSearch(const SearchPattern& pattern) override;
    bool searchOn(const QDeadlineTimer& until) override;
    [[nodiscard]] SearchState searchState() const override { return m_matches.state(); }
    bool showMatch(SearchStep step) override;
    void leaveMatch() override;

private:
    void searchBlock(const QTextBlock& block);
    [[nodiscard]] QTextDocument* document() const;
    [[nodiscard]] QTextCursor cursor() const;
    void setCursor(const QTextCursor& cursor);
    [[nodiscard]] QScrollBar* scrollBar() const;

    View m_view;
    std::function<void()> m_shown;
    SearchPattern m_pattern;
    MatchList m_matches;
    int m_block = 0; ///< the next one to look at
};

} // namespace lavascope
