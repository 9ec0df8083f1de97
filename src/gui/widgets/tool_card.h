// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/transcript.h"

#include <QFrame>

class QDeadlineTimer;
class QLabel;
class QPushButton;
class QToolButton;

namespace lavascope {

class GrowingText;
class Searchable;

/// One tool call of an answer: its name and id, how whole its arguments are, and the arguments, indented.
class ToolCard : public QFrame {
    Q_OBJECT

public:
    explicit ToolCard(size_t number, QWidget* parent = nullptr);

    /// Brings the card closer to that call until then; true if there is more to do. `isOver`: no more of the
    /// answer comes.
    bool follow(const ToolCall& call, bool isOver, const QDeadlineTimer& until);
    /// Looks through the arguments.
    [[nodiscard]] Searchable* search() const;

Q_SIGNALS:
    void matchShown(); ///< what was looked for is in here: it should come into sight

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class State { Coming, Whole, None, Cut, Invalid };
    void read(const ToolCall& call, bool isOver);
    void showHead();
    void fitHeight();
    [[nodiscard]] QString stateText() const;

    size_t m_number;
    QToolButton* m_fold;
    QLabel* m_stateLabel;
    QLabel* m_idLabel;
    QPushButton* m_copy;
    GrowingText* m_body;
    ToolCall m_call; ///< as it was read last, to see whether it grew; shares its texts
    State m_state = State::Coming;
    QString m_shown; ///< the arguments, indented
    bool m_isOver = false;
    bool m_isRead = false;
    bool m_hasMore = false; ///< not all of what is shown is drawn
};

} // namespace lavascope
