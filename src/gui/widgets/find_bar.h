// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/match_list.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace lavascope {

class Searchable;

/// The line in which a text to look for is typed. Looks a little in each frame, so that nothing stands still
/// while a gigabyte is looked through.
class FindBar : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);

    /// The bar that stands beside this widget or beside what it is in; the other one if there is none.
    [[nodiscard]] static FindBar* nearest(const QWidget* widget, FindBar* otherwise);
    /// Where to look from now on, which must outlive its use here; null: there is nothing to look through.
    void setTarget(Searchable* target);
    /// Shows the bar and puts the cursor into it.
    void open();
    /// Hides it, and gives the cursor back to where it was.
    void close();
    void findNext();
    void findPrevious();
    /// There may be more to look through than a moment ago.
    void lookOn();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void startOver(std::optional<SearchStep> wanted);
    void go(SearchStep step);
    void look();
    void tryWantedStep(bool isLookingOver);
    void showState(bool isLookingOver);

    Searchable* m_target = nullptr;
    QLineEdit* m_text;
    QCheckBox* m_regex;
    QLabel* m_state;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
    QPointer<QWidget> m_before; ///< what had the cursor
    QTimer m_frame;
    std::optional<SearchStep> m_wanted; ///< where to go as soon as it is known
    bool m_isBroken = false;            ///< the pattern is none
};

} // namespace lavascope
