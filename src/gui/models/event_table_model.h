// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>

#include <chrono>

namespace lavascope {

class StreamReader;
struct StreamEvent;

/// The events of one answer as rows. Rows are only ever added; pull() takes in what the reader has read
/// since.
class EventTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Arrival, Gap, Name, Size, Preview, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Starts over with another reader, which must outlive its use here; null empties the table.
    void setReader(const StreamReader* reader);
    /// Adds at most `limit` new rows; true if there are more.
    bool pull(int limit);
    /// Gaps at least this long are marked.
    void setGapThreshold(std::chrono::milliseconds threshold);
    [[nodiscard]] const StreamEvent& eventAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] bool isLongGap(const StreamEvent& event) const;

    const StreamReader* m_reader = nullptr;
    int m_rows = 0;
    std::chrono::milliseconds m_threshold{1000};
};

} // namespace lavascope
