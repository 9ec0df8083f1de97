// SPDX-License-Identifier: MIT
#include "gui/models/sandbox_log_model.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"

#include <QDateTime>

namespace lavascope {

namespace {

constexpr int mostLines = 1000;
constexpr qsizetype longestCell = 500;
constexpr int firstErrorStatus = 400;

QVariant alignmentOf(int column) {
    return int((column == SandboxLogModel::Cost ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString cellText(const SandboxLogLine& line, int column) {
    switch (column) {
    case SandboxLogModel::Time:
        return QDateTime::fromMSecsSinceEpoch(line.atMs).toString(QStringLiteral("HH:mm:ss"));
    case SandboxLogModel::Status:
        // The sign says what a colour would say.
        return (line.status >= firstErrorStatus ? QStringLiteral("✕ %1") : QStringLiteral("✓ %1"))
            .arg(line.status);
    case SandboxLogModel::Method:
        return line.method;
    case SandboxLogModel::Target:
        return line.target;
    case SandboxLogModel::Payer:
        return line.payer;
    case SandboxLogModel::Cost:
        return line.cost;
    case SandboxLogModel::RequestId:
        return line.requestId;
    case SandboxLogModel::Note:
        return line.note;
    default:
        return {};
    }
}

} // namespace

void SandboxLogModel::add(const SandboxLogLine& line) {
    beginInsertRows({}, 0, 0);
    m_lines.append(line);
    endInsertRows();
    if (m_lines.size() <= mostLines)
        return;
    beginRemoveRows({}, mostLines, mostLines);
    m_lines.removeFirst();
    endRemoveRows();
}

int SandboxLogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_lines.size());
}

int SandboxLogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SandboxLogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const SandboxLogLine& line = m_lines[m_lines.size() - 1 - index.row()];
    const auto text = [&] { return withVisibleChips(cellText(line, index.column()).left(longestCell)); };
    switch (role) {
    case Qt::DisplayRole:
        return text();
    case Qt::ToolTipRole:
        return plainToolTip(text());
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    default:
        return {};
    }
}

QVariant SandboxLogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Status:
        return tr("Status");
    case Method:
        return tr("Method");
    case Target:
        return tr("Target");
    case Payer:
        return tr("Payer");
    case Cost:
        return tr("Cost");
    case RequestId:
        return tr("Request id");
    case Note:
        return tr("Note");
    default:
        return {};
    }
}

} // namespace lavascope
