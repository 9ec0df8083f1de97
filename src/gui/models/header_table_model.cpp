// SPDX-License-Identifier: MIT
#include "gui/models/header_table_model.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/units.h"

namespace lavascope {

namespace {

constexpr qsizetype longestShown = 2000;

QString shown(const QByteArray& bytes) {
    const QString text = withVisibleChips(QString::fromUtf8(bytes.left(longestShown)));
    return bytes.size() <= longestShown
               ? text
               : HeaderTableModel::tr("%1… (%2 in all)").arg(text, byteSize(bytes.size()));
}

} // namespace

void HeaderTableModel::setHeaders(const Headers& headers) {
    if (headers == m_headers)
        return;
    beginResetModel();
    m_headers = headers;
    endResetModel();
}

int HeaderTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_headers.size());
}

int HeaderTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HeaderTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Headers::Field& field = m_headers.fields()[index.row()];
    const QString text = shown(index.column() == Name ? field.name : field.value);
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::ToolTipRole:
        return plainToolTip(text);
    case Qt::FontRole:
        return codeFont();
    default:
        return {};
    }
}

QVariant HeaderTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return section == Name ? tr("Name") : tr("Value");
    return {};
}

} // namespace lavascope
