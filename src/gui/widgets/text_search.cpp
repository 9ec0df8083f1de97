// SPDX-License-Identifier: MIT
#include "gui/widgets/text_search.h"

#include <QDeadlineTimer>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>

namespace lavascope {

namespace {

// Of the next block, for a match that begins in one and ends in the other.
constexpr int lookAhead = 200;

} // namespace

TextSearch::TextSearch(QPlainTextEdit* view, std::function<void()> shown)
    : m_view(view)
    , m_shown(std::move(shown)) {}

void TextSearch::startOver() {
    m_matches.clear();
    m_block = 0;
}

void TextSearch::startSearch(const SearchPattern& pattern) {
    leaveMatch();
    m_pattern = pattern;
    startOver();
}

bool TextSearch::searchOn(const QDeadlineTimer& until) {
    if (m_pattern.isEmpty())
        return false;
    const QTextDocument* document = m_view->document();
    QTextBlock block = document->findBlockByNumber(m_block);
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
    const MatchList::Match* match = m_matches.step(step, m_view->textCursor().selectionStart());
    if (!match)
        return false;
    m_shown();
    QTextCursor cursor(m_view->document());
    cursor.setPosition(int(match->begin));
    cursor.setPosition(int(match->end), QTextCursor::KeepAnchor);
    m_view->setTextCursor(cursor);
    m_view->ensureCursorVisible();
    return true;
}

void TextSearch::leaveMatch() {
    if (m_matches.state().current == 0)
        return;
    m_matches.leave();
    QTextCursor cursor = m_view->textCursor();
    cursor.setPosition(cursor.selectionStart());
    // The cursor must not take the view back to where it is.
    const int scrolled = m_view->verticalScrollBar()->value();
    m_view->setTextCursor(cursor);
    m_view->verticalScrollBar()->setValue(scrolled);
}

} // namespace lavascope
