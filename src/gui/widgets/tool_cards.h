// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/transcript.h"
#include "gui/widgets/searchable.h"

#include <QScrollArea>

#include <vector>

class QDeadlineTimer;
class QGridLayout;
class QLabel;

namespace lavascope {

class ToolCard;

/// The tool calls of an answer as cards in their order, side by side where there is room. Of very many the
/// first ones, and how many more there are.
class ToolCards : public QScrollArea {
    Q_OBJECT

public:
    explicit ToolCards(QWidget* parent = nullptr);

    void clear();
    /// Brings the cards closer to these calls until then; true if there is more to do.
    bool follow(const std::vector<ToolCall>& calls, bool isOver, const QDeadlineTimer& until);
    [[nodiscard]] bool isEmpty() const { return m_cards.empty(); }
    /// Looks through the arguments.
    [[nodiscard]] Searchable* search() { return &m_search; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addCard();
    void arrange();
    [[nodiscard]] int columnsThatFit() const;

    QWidget* m_content;
    QGridLayout* m_grid;
    QLabel* m_rest;
    std::vector<ToolCard*> m_cards;
    SearchGroup m_search;
    int m_columns = 1;
};

} // namespace lavascope
