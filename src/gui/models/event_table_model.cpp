// SPDX-License-Identifier: MIT
#include "gui/models/event_table_model.h"

#include "core/base/visible_text.h"
#include "core/stream/stream_reader.h"
#include "gui/units.h"

#include <QFont>

namespace lavascope {

namespace {

constexpr qsizetype previewBytes = 300;

QString nameOf(const StreamEvent& event) {
    switch (event.kind) {
    case StreamEvent::Kind::Comment:
        return EventTableModel::tr("comment");
    case StreamEvent::Kind::Stray:
        return EventTableModel::tr("stray line");
    case StreamEvent::Kind::Event:
        break;
    }
    QString name = event.name;
    if (event.malformed)
        name += EventTableModel::tr(" (no JSON)");
    if (!event.terminated)
        name += EventTableModel::tr(" (not ended)");
    return name;
}

} // namespace

void EventTableModel::setReader(const StreamReader* reader) {
    beginResetModel();
    m_reader = reader;
    m_rows = 0;
    endResetModel();
}

bool EventTableModel::pull(int limit) {
    if (!m_reader)
        return false;
    const int available = int(m_reader->eventCount());
    const int next = qMin(available, m_rows + limit);
    if (next > m_rows) {
        beginInsertRows({}, m_rows, next - 1);
        m_rows = next;
        endInsertRows();
    }
    return m_rows < available;
}

void EventTableModel::setGapThreshold(std::chrono::milliseconds threshold) {
    m_threshold = threshold;
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, Gap), index(m_rows - 1, Gap));
}

const StreamEvent& EventTableModel::eventAt(int row) const {
    return m_reader->event(row);
}

int EventTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int EventTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

bool EventTableModel::isLongGap(const StreamEvent& event) const {
    return event.gap >= m_threshold;
}

QString EventTableModel::text(const QModelIndex& index) const {
    const StreamEvent& event = eventAt(index.row());
    switch (index.column()) {
    case Number:
        return QString::number(index.row() + 1);
    case Arrival:
        return milliseconds(event.at);
    case Gap:
        // The sign says what the bold type says, for those who do not see it.
        return isLongGap(event) ? QStringLiteral("▲ ") + milliseconds(event.gap) : milliseconds(event.gap);
    case Name:
        return withVisibleChips(nameOf(event));
    case Size:
        return byteSize(event.data.size());
    case Preview: {
        const QByteArray beginning = event.data.first(qMin(event.data.size(), previewBytes));
        return withVisibleChips(QString::fromUtf8(beginning).simplified());
    }
    default:
        return {};
    }
}

QVariant EventTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(index));
    case Qt::TextAlignmentRole:
        return index.column() == Name || index.column() == Preview
                   ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter))
                   : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::FontRole: {
        const StreamEvent& event = eventAt(index.row());
        QFont font;
        font.setBold(index.column() == Gap && isLongGap(event));
        font.setItalic(event.kind != StreamEvent::Kind::Event);
        return font;
    }
    default:
        return {};
    }
}

QVariant EventTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return QStringLiteral("#");
    case Arrival:
        return tr("Arrived");
    case Gap:
        return tr("Gap");
    case Name:
        return tr("Event");
    case Size:
        return tr("Size");
    case Preview:
        return tr("Data");
    default:
        return {};
    }
}

} // namespace lavascope
