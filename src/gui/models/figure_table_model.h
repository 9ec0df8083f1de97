// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/timeline_figures.h"

#include <QAbstractTableModel>

namespace lavascope {

/// Names and values as rows that keep their place while the values change.
class FigureTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setFigures(const std::vector<TimelineFigure>& figures);
    /// A line for each of these rows, or for all if there are none: name, tab, value.
    [[nodiscard]] QString asText(const QModelIndexList& rows = {}) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TimelineFigure> m_figures;
};

} // namespace lavascope
