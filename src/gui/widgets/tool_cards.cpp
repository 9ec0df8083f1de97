// SPDX-License-Identifier: MIT
#include "gui/widgets/tool_cards.h"

#include "gui/appearance.h"
#include "gui/widgets/tool_card.h"
#include "gui/widgets/wrapped_label.h"

#include <QDeadlineTimer>
#include <QGridLayout>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr size_t mostCards = 50;
constexpr int mostColumns = 3;
constexpr int cardWidthInLetters = 44;

} // namespace

ToolCards::ToolCards(QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_grid(new QGridLayout)
    , m_rest(new WrappedLabel(m_content)) {
    setObjectName(QStringLiteral("toolCalls"));
    setAccessibleName(tr("Tool calls"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rest->setObjectName(QStringLiteral("moreToolCalls"));
    m_rest->setTextFormat(Qt::PlainText);
    m_rest->hide();
    setTextRole(m_rest, TextRole::Quiet);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(m_grid);
    layout->addWidget(m_rest);
    layout->addStretch(1);
    setWidget(m_content);
}

void ToolCards::clear() {
    m_search.clear();
    for (ToolCard* card : m_cards)
        delete card;
    m_cards.clear();
    m_rest->hide();
    verticalScrollBar()->setValue(0);
}

bool ToolCards::follow(const std::vector<ToolCall>& calls, bool isOver, const QDeadlineTimer& until) {
    const size_t shown = std::min(calls.size(), mostCards);
    if (m_cards.size() > shown)
        clear();
    bool more = false;
    for (size_t i = 0; i < shown; ++i) {
        if (i == m_cards.size()) {
            // A card is a handful of widgets: a hundred of them at once would be seen as a halt.
            if (i > 0 && until.hasExpired())
                return true;
            addCard();
        }
        more |= m_cards[i]->follow(calls[i], isOver, until);
    }
    if (calls.size() > shown) {
        m_rest->setText(tr("… and %1 more tool calls: the first %2 are shown, what is saved holds them all.")
                            .arg(calls.size() - shown)
                            .arg(shown));
        m_rest->show();
    }
    return more;
}

void ToolCards::addCard() {
    auto* card = new ToolCard(m_cards.size() + 1, m_content);
    m_cards.push_back(card);
    m_search.add(card->search());
    // Later, since a card that unfolds has not its new place yet.
    connect(
        card, &ToolCard::matchShown, card, [this, card] { ensureWidgetVisible(card); }, Qt::QueuedConnection);
    // From the second one on there may be another column.
    arrange();
}

int ToolCards::columnsThatFit() const {
    const int width = fontMetrics().averageCharWidth() * cardWidthInLetters;
    const int most = std::min(mostColumns, int(std::max(size_t(1), m_cards.size())));
    return qBound(1, viewport()->width() / width, most);
}

void ToolCards::arrange() {
    const int columns = columnsThatFit();
    const bool isSame = columns == m_columns;
    m_columns = columns;
    for (size_t i = isSame && !m_cards.empty() ? m_cards.size() - 1 : 0; i < m_cards.size(); ++i) {
        m_grid->removeWidget(m_cards[i]);
        m_grid->addWidget(m_cards[i], int(i) / columns, int(i) % columns, Qt::AlignTop);
    }
    for (int column = 0; column < mostColumns; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void ToolCards::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (columnsThatFit() != m_columns)
        arrange();
}

} // namespace lavascope
