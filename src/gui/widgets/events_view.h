// SPDX-License-Identifier: MIT
#pragma once

#include "gui/widgets/event_search.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDeadlineTimer;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace lavascope {

class EventDetail;
class EventTableModel;
class StreamReader;

/// The table of events with its filters, its pause and the detail of the chosen one. Stays at the newest
/// event until the user scrolls away; then it counts what is new.
class EventsView : public QWidget {
    Q_OBJECT

public:
    explicit EventsView(QWidget* parent = nullptr);

    /// Starts over with another reader, which must outlive its use here; null empties the view.
    void setReader(const StreamReader* reader);
    /// Whether it is known when the events came.
    void setTimed(bool isTimed);
    /// Takes in new events until then; true if there are more to take. Takes in nothing while paused.
    bool pull(const QDeadlineTimer& until);
    /// What the view says while there is no event at all.
    void setEmptyReason(const QString& reason);
    void focusFilter();
    /// Shows this event, counted from 0, with its detail; a filter that hides it is taken off.
    void choose(int number);
    [[nodiscard]] Searchable* search() { return &m_search; }

Q_SIGNALS:
    void pullWanted(); ///< a filter, the pause or the choice changed: there is something to draw again
    void saveWanted(const QByteArray& bytes, const QString& suggestedName);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildBar();
    QLayout* arrangeBar();
    void buildTable();
    void applyFilter();
    void addTypes();
    bool pullRows(const QDeadlineTimer& until);
    void showDetail();
    void closeDetail();
    void restoreChosen();
    void followNewest();
    void updateState();
    [[nodiscard]] bool isAtBottom() const;

    EventTableModel* m_model;
    QLineEdit* m_filter;
    QComboBox* m_type;
    QCheckBox* m_regex;
    QLabel* m_filterState;
    QPushButton* m_pause;
    QPushButton* m_newest;
    QTableView* m_table;
    EventSearch m_search;
    EventDetail* m_detail;
    QLabel* m_empty;
    QStackedLayout* m_stack;
    QString m_emptyReason;
    const StreamReader* m_reader = nullptr;
    int m_unseen = 0;
    int m_chosen = -1; ///< number of the event whose detail is shown
    bool m_following = true;
};

} // namespace lavascope
