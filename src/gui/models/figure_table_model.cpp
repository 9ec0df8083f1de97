// SPDX-License-Identifier: MIT
#include "gui/models/figure_table_model.h"

#include <algorithm>

namespace lavascope {

void FigureTableModel::setFigures(const std::vector<TimelineFigure>& figures) {
    if (figures == m_figures)
        return;
    const auto before = int(m_figures.size());
    const auto now = int(figures.size());
    if (now > before)
        beginInsertRows({}, before, now - 1);
    else if (now < before)
        beginRemoveRows({}, now, before - 1);
    m_figures = figures;
    if (now > before)
        endInsertRows();
    else if (now < before)
        endRemoveRows();
    if (const int kept = std::min(before, now); kept > 0)
        Q_EMIT dataChanged(index(0, Name), index(kept - 1, Value));
}

QString FigureTableModel::asText(const QModelIndexList& rows) const {
    const auto line = [this](int row) {
        const TimelineFigure& figure = m_figures[size_t(row)];
        return figure.name.trimmed() + QLatin1Char('\t') + figure.value + QLatin1Char('\n');
    };
    QString text;
    for (const QModelIndex& row : rows)
        text += line(row.row());
    for (int row = 0; rows.isEmpty() && row < rowCount(); ++row)
        text += line(row);
    return text;
}

int FigureTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_figures.size());
}

int FigureTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FigureTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TimelineFigure& figure = m_figures[size_t(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == Name ? figure.name : figure.value;
    if (role == Qt::AccessibleTextRole)
        return QStringLiteral("%1: %2").arg(figure.name.trimmed(), figure.value);
    return {};
}

QVariant FigureTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Figure") : tr("Value");
}

} // namespace lavascope
