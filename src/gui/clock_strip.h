// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace lavascope {

class Run;

/// One line of figures about a call: status, the two clocks, speed, tokens, and the verdict in words.
class ClockStrip : public QWidget {
    Q_OBJECT

public:
    explicit ClockStrip(QWidget* parent = nullptr);

    void clear();
    void showRun(const Run& run);

private:
    QLabel* m_figures;
    QLabel* m_verdict;
    QPushButton* m_requestId;
};

} // namespace lavascope
