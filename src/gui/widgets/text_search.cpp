// SPDX-License-Identifier: MIT
#include "gui/widgets/text_search.h"

#include <QDeadlineTimer>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>

namespace lavascope {

namespace {

// Of the next block, for a match that begins in one and ends in the other.
constexpr int lookAhead = 200;

} // namespace

TextSearch::TextSearch(View view, std::function<void()> shown)
    : m_view(view)
    , m_shown(std::move(shown)) {}

void TextSearch::startOver() {
    m_matches.clear();
    m_block = 0;
}

void TextSearch::startOverFrom(int position) {
    m_matches.cut(position);
    m_block = std::min(m_block, document()->findBlock(position).blockNumber());
}

void TextSearch::startSearch(const SearchPattern& pattern) {
    leaveMatch();
    m_pattern = pattern;
    startOver();
}

bool TextSearch::searchOn(const QDeadlineTimer& until) {
    if (m_pattern.isEmpty())
        return false;
    QTextBlock block = document()->findBlockByNumber(m_block);
    while (block.isValid() && m_matches.room() > 0) {
        searchBlock(block);
        // The last one may grow, and is looked at again then.
        if (!block.next().isValid())
            return false;
        block = block.next();
        ++m_block;
        if (until.hasExpired())
            break;
    }
    return m_matches.room() > 0;
}

void TextSearch::searchBlock(const QTextBlock& block) {
    QString text = block.text();
    const qsizetype length = text.size();
    if (block.userState() == lineGoesOn)
        text += block.next().text().left(lookAhead);
    const auto positionOf = [&](qsizetype place) {
        return block.position() + place + (place > length ? 1 : 0);
    };
    qsizetype from = std::max(qint64(0), m_matches.end() - block.position());
    while (from < length && m_matches.room() > 0) {
        const QRegularExpressionMatch match = m_pattern.expression().match(text, from);
        if (!match.hasMatch() || match.capturedStart() >= length)
            break;
        if (match.capturedLength() > 0)
            m_matches.add(positionOf(match.capturedStart()), positionOf(match.capturedEnd()));
        from = match.capturedEnd() + (match.capturedLength() > 0 ? 0 : 1);
    }
}

bool TextSearch::showMatch(SearchStep step) {
    const MatchList::Match* match = m_matches.step(step, cursor().selectionStart());
    if (!match)
        return false;
    if (m_shown)
        m_shown();
    QTextCursor found(document());
    found.setPosition(int(match->begin));
    found.setPosition(int(match->end), QTextCursor::KeepAnchor);
    setCursor(found);
    std::visit([](auto* view) { view->ensureCursorVisible(); }, m_view);
    return true;
}

void TextSearch::leaveMatch() {
    if (m_matches.state().current == 0)
        return;
    m_matches.leave();
    QTextCursor left = cursor();
    left.setPosition(left.selectionStart());
    // The cursor must not take the view back to where it is.
    const int scrolled = scrollBar()->value();
    setCursor(left);
    scrollBar()->setValue(scrolled);
}

QTextDocument* TextSearch::document() const {
    return std::visit([](const auto* view) { return view->document(); }, m_view);
}

QTextCursor TextSearch::cursor() const {
    return std::visit([](const auto* view) { return view->textCursor(); }, m_view);
}

void TextSearch::setCursor(const QTextCursor& cursor) {
    std::visit([&](auto* view) { view->setTextCursor(cursor); }, m_view);
}

QScrollBar* TextSearch::scrollBar() const {
    return std::visit([](const auto* view) { return view->verticalScrollBar(); }, m_view);
}

} // namespace lavascope
