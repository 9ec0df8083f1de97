// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/attempt_history.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QSplitter;
class QTableView;

namespace lavascope {

class AttemptTableModel;
class ScheduleBar;

/// The tries of one request side by side: a drawn schedule, a table, and below it what the chosen one got.
class AttemptsView : public QWidget {
    Q_OBJECT

public:
    explicit AttemptsView(QWidget* parent = nullptr);

    /// What becomes of every text of an answer before it is shown.
    void setTextFilter(std::function<QString(const QString&)> filter);
    void showDetail();

    [[nodiscard]] AttemptHistory& history() { return m_history; }

Q_SIGNALS:
    void countChanged(int tries);

private:
    void followHistory();
    void chooseRow(int row);
    [[nodiscard]] int chosenRow() const;

    AttemptHistory m_history;
    std::function<QString(const QString&)> m_filter = [](const QString& text) { return text; };
    QLabel* m_empty;
    ScheduleBar* m_schedule;
    AttemptTableModel* m_model;
    QTableView* m_table;
    QPlainTextEdit* m_detail;
    QSplitter* m_split;
    qsizetype m_known = 0; ///< tries at the last look
};

/// All that is kept of a try, as text.
[[nodiscard]] QString attemptText(const KeptAttempt& kept);

} // namespace lavascope
