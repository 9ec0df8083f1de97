// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace lavascope {

class EventTableModel;
class LogText;
class StreamReader;

/// The table of events with its filter, its pause and the detail of the chosen one. Stays at the newest event
/// until the user scrolls away; then it counts what is new.
class EventsView : public QWidget {
    Q_OBJECT

public:
    explicit EventsView(QWidget* parent = nullptr);

    void setReader(const StreamReader* reader);
    /// Takes in a bounded number of new events; true if there are more to take.
    bool pull();
    /// What an empty table says.
    void setEmptyReason(const QString& reason);
    void focusFilter();

private:
    void applyFilter();
    void showDetail();
    void followNewest();
    void updateEmptyState();
    [[nodiscard]] bool isAtBottom() const;

    EventTableModel* m_model;
    QSortFilterProxyModel* m_filtered;
    QLineEdit* m_filter;
    QCheckBox* m_regex;
    QLabel* m_filterState;
    QPushButton* m_pause;
    QPushButton* m_newest;
    QTableView* m_table;
    LogText* m_detail;
    QLabel* m_empty;
    QStackedLayout* m_stack;
    int m_unseen = 0;
    bool m_following = true;
};

} // namespace lavascope
