// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QDeadlineTimer;
class QBoxLayout;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace lavascope {

class FigureTableModel;
class StreamReader;
class TimelineChart;

/// The clock of one answer: its arrivals as a picture, and beside it the numbers as a table.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    /// Starts over with another reader, which must outlive its use here; null empties the view.
    void setReader(const StreamReader* reader);
    /// Takes in new events until then; true if there are more to take.
    bool pull(const QDeadlineTimer& until);
    /// What the view says while there is no event at all.
    void setEmptyReason(const QString& reason);

Q_SIGNALS:
    void eventChosen(int number); ///< the user wants to see this event, counted from 0

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildBar();
    void buildTable();
    QPushButton* addButton(const QString& text, const QString& name, const QString& accessibleName);
    void showState();
    void copyFigures() const;

    TimelineChart* m_chart;
    QLabel* m_readOut;
    QLabel* m_advice; ///< what to do about an answer that was held back
    QLabel* m_empty;
    QStackedWidget* m_picture;
    QTableView* m_table;
    FigureTableModel* m_figures;
    QSplitter* m_split;
    QBoxLayout* m_bar = nullptr; ///< what is chosen, and the buttons
    QPushButton* m_zoomOut = nullptr;
    QPushButton* m_zoomIn = nullptr;
    QPushButton* m_all = nullptr;
    QPushButton* m_copy = nullptr;
    const StreamReader* m_reader = nullptr;
};

} // namespace lavascope
