// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/batch_summary.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QTableView;

namespace lavascope {

class BatchTableModel;
class ScreenShare;

/// Every credential of a list, table or log: a summary and a table. Reads in small steps, so that the window
/// stays alive whatever is opened.
class BatchView : public QWidget {
    Q_OBJECT

public:
    explicit BatchView(const ScreenShare& share, QWidget* parent = nullptr);
    ~BatchView() override;

    void setText(const QByteArray& text);
    void clear();
    [[nodiscard]] bool isReading() const { return m_next.isActive(); }
    /// What was found so far, as CSV without secrets, safe to open in a spreadsheet.
    [[nodiscard]] const QByteArray& csv() const { return m_csv; }

Q_SIGNALS:
    void credentialChosen(const lavascope::Secret& credential);
    void closed();
    void exportWanted();

private:
    void readOn();
    void showSummary();

    const ScreenShare& m_share;
    std::unique_ptr<BatchReader> m_reader;
    BatchSummary m_summary;
    QByteArray m_csv;
    QTimer m_next;
    BatchTableModel* m_model;
    QLabel* m_headline;
    QLabel* m_details;
    QTableView* m_table;
    QPushButton* m_export;
};

} // namespace lavascope
