// SPDX-License-Identifier: MIT
#pragma once

#include "gui/answer_saver.h"

#include <QWidget>

class QLabel;
class QLayout;
class QPushButton;

namespace lavascope {

class Run;

class DialectPicker;
class FittingScrollArea;

/// The figures of a call: status, verdict in words, the two clocks, speed, tokens, events, size. Hidden while
/// there is no call.
class ClockStrip : public QWidget {
    Q_OBJECT

public:
    explicit ClockStrip(QWidget* parent = nullptr);

    void clear();
    void showRun(const Run& run);
    /// The verdict alone, which is not to be late; costs nothing while it stays the same.
    void showVerdict(const Run& run);
    /// What is below status and verdict scrolls if it needs more.
    void setFiguresHeightLimit(int pixels);

Q_SIGNALS:
    void saveWanted(AnswerSaver::Form form);
    void dialectChosen(const QString& dialect); ///< empty: as recognised

private:
    /// A caption over a value; hidden while there is no value.
    struct Figure {
        QWidget* box = nullptr;
        QLabel* caption = nullptr;
        QLabel* value = nullptr;
    };
    QWidget* buildHead();
    void buildSaveMenu();
    Figure addFigure(QLayout* layout, const QString& name, const QString& caption);
    static void show(const Figure& figure, const QString& value);
    void showStatus(const Run& run);
    void showFigures(const Run& run);
    void showBuffering(const Run& run);
    void showRequestId(const Run& run);
    void layOut();

    QLabel* m_status;
    QLabel* m_verdict;
    QPushButton* m_requestId;
    QPushButton* m_save;
    DialectPicker* m_dialect;
    QLabel* m_buffering; ///< that somebody held the answer back
    QWidget* m_head;     ///< status, verdict, dialect and buttons
    FittingScrollArea* m_details;
    Figure m_try;
    Figure m_firstByte;
    Figure m_firstEvent;
    Figure m_firstText;
    Figure m_end;
    Figure m_longestGap;
    Figure m_stalls;
    Figure m_speed;
    Figure m_tokens;
    Figure m_events;
    Figure m_size;
};

} // namespace lavascope
