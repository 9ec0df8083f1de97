// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/retry_plan.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QLabel;
class QLayout;
class QPushButton;
class QWidget;

namespace lavascope {

class Run;

/// When to try again: the plan in words, a countdown, and the buttons that cut it short or end it. Where a
/// try may cost twice it asks first. Hidden while a try would fail again.
class RetryPlanView : public QObject {
    Q_OBJECT

public:
    /// Puts the words at the end of `text`, and the rest at the end of `actions`: that may need a line of
    /// its own, or share one with other buttons.
    RetryPlanView(QLayout* text, QLayout* actions, QWidget* parent);

    void clear();
    /// A call that failed; counts down to its next try, or to when one is worth it. A replay tries nothing,
    /// but shows the pauses of then.
    void showRun(const Run& run);
    void showPlan(const RetryPlan& plan); ///< without a call, and so without a countdown

Q_SIGNALS:
    void retryNowWanted(); ///< after the question, if there had to be one
    void stopWanted();

private:
    void putUp(const RetryPlan& plan);
    void tick();
    void showCountdown(std::chrono::milliseconds left);
    void showButton(bool isEarly);
    void retry();

    QWidget* m_card;
    QLabel* m_words;
    QLabel* m_countdown;
    QPushButton* m_retryNow;
    QPushButton* m_stop;
    RetryPlan m_plan;
    QPointer<const Run> m_run;
    QTimer m_tick;
};

} // namespace lavascope
