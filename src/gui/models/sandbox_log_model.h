// SPDX-License-Identifier: MIT
#pragma once

#include "session/sandbox_host.h"

#include <QAbstractTableModel>

namespace lavascope {

/// What the built-in gateway served, newest first, as rows.
class SandboxLogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Status, Method, Target, Payer, Cost, RequestId, Note, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Puts a line on top; the oldest goes when there are too many.
    void add(const SandboxLogLine& line);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<SandboxLogLine> m_lines; ///< newest last
};

} // namespace lavascope
