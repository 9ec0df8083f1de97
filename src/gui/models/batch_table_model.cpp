// SPDX-License-Identifier: MIT
#include "gui/models/batch_table_model.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/screen_share.h"
#include "gui/token_report_text.h"

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype longestText = 300;

const TokenFieldReport* fieldOf(const TokenReport& report, const QString& name) {
    const auto found = std::find_if(report.fields.begin(), report.fields.end(),
                                    [&](const TokenFieldReport& field) { return field.name == name; });
    return found == report.fields.end() ? nullptr : &*found;
}

QString shown(const TokenReport& report, const char* name) {
    const TokenFieldReport* field = fieldOf(report, QString::fromLatin1(name));
    return field ? field->masked : QString();
}

QString fingerprint(const TokenReport& report) {
    for (const TokenFieldReport& field : report.fields)
        if (!field.fingerprint.isEmpty())
            return field.fingerprint;
    return {};
}

} // namespace

BatchTableModel::BatchTableModel(const ScreenShare& share, QObject* parent)
    : QAbstractTableModel(parent)
    , m_share(share) {
    connect(&share, &ScreenShare::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
    });
}

void BatchTableModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void BatchTableModel::append(const std::vector<BatchItem>& items) {
    const int first = int(m_rows.size());
    const int count = qMin(int(items.size()), mostRows - first);
    if (count <= 0)
        return;
    beginInsertRows({}, first, first + count - 1);
    for (int i = 0; i < count; ++i) {
        const BatchItem& item = items[size_t(i)];
        const TokenReport& report = item.report;
        QStringList texts{QString::number(item.line),
                          item.label,
                          report.usable ? tr("✓ usable") : tr("✕ broken"),
                          spaced(QString::fromLatin1(kindName(report.kind))),
                          QString::fromLatin1(modeName(report.mode)),
                          shown(report, "customer_id"),
                          shown(report, "meter_slug"),
                          fingerprint(report),
                          report.headline};
        for (QString& text : texts)
            text = withVisibleChips(text.left(longestText));
        m_rows.push_back({std::move(texts), report.credential});
    }
    endInsertRows();
}

int BatchTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BatchTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BatchTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_share.shown(m_rows[size_t(index.row())].texts[index.column()]);
    case Qt::ToolTipRole:
        return plainToolTip(m_share.shown(m_rows[size_t(index.row())].texts[index.column()]));
    case Qt::TextAlignmentRole:
        return int((index.column() == Line ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return index.column() == Fingerprint ? QVariant(codeFont()) : QVariant();
    default:
        return {};
    }
}

QVariant BatchTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Line ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Line"),     tr("Beside it"), tr("State"),       tr("Kind"),      tr("Mode"),
                             tr("Customer"), tr("Meter"),     tr("Fingerprint"), tr("What it is")};
    return titles[section];
}

} // namespace lavascope
