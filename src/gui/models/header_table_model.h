// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QAbstractTableModel>

namespace lavascope {

/// Header fields as rows, in their order, with duplicates. What is given to it must be fit to be shown:
/// redacted.
class HeaderTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setHeaders(const Headers& headers);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Headers m_headers;
};

} // namespace lavascope
