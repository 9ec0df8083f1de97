// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/batch.h"

#include <QAbstractTableModel>

namespace lavascope {

class ScreenShare;

/// The credentials of a batch as rows, every secret masked. Rows are only ever added at the end.
class BatchTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Line, Label, Usable, Kind, ModeName, Customer, Meter, Fingerprint, What, ColumnCount };
    /// More rows nobody reads; the summary and the export know of all.
    static constexpr int mostRows = 200'000;

    explicit BatchTableModel(const ScreenShare& share, QObject* parent = nullptr);

    void clear();
    void append(const std::vector<BatchItem>& items);
    /// The credential of a row, to look at it alone.
    [[nodiscard]] Secret credentialAt(int row) const { return m_rows[size_t(row)].credential; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QStringList texts;
        Secret credential;
    };
    const ScreenShare& m_share;
    std::vector<Row> m_rows;
};

} // namespace lavascope
