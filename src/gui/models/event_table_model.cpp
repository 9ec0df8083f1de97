// SPDX-License-Identifier: MIT
#include "gui/models/event_table_model.h"

#include "core/base/visible_text.h"
#include "core/stream/event_gist.h"
#include "gui/units.h"

#include <QDeadlineTimer>
#include <QFont>
#include <QStringDecoder>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype previewBytes = 300;
constexpr qsizetype longestName = 200;
constexpr int batch = 512; // rows that views are told of at once

QString nameOf(const StreamEvent& event) {
    switch (event.kind) {
    case StreamEvent::Kind::Comment:
        return EventTableModel::tr("comment");
    case StreamEvent::Kind::Stray:
        return EventTableModel::tr("stray line");
    case StreamEvent::Kind::Event:
        break;
    }
    QString name = event.name.left(longestName).simplified();
    if (event.malformed)
        name += EventTableModel::tr(" (no JSON)");
    if (!event.terminated)
        name += EventTableModel::tr(" (not ended)");
    return name;
}

QString beginningOf(const QByteArray& data) {
    // The decoder keeps back a character that the cut went through.
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString beginning = decoder(QByteArrayView(data).first(qMin(data.size(), previewBytes)));
    return beginning.simplified();
}

QVariant alignmentOf(int column) {
    const bool isText = column == EventTableModel::Name || column == EventTableModel::Preview;
    return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

void EventTableModel::setReader(const StreamReader* reader) {
    beginResetModel();
    m_reader = reader;
    m_rows.clear();
    m_examined = 0;
    endResetModel();
}

void EventTableModel::setFilter(const EventFilter& filter) {
    beginResetModel();
    m_filter = filter;
    m_rows.clear();
    m_examined = 0;
    endResetModel();
}

bool EventTableModel::pull(const QDeadlineTimer& until) {
    if (!m_reader)
        return false;
    const int available = int(m_reader->eventCount());
    do {
        std::vector<int> accepted;
        const int batchEnd = qMin(available, m_examined + batch);
        while (m_examined < batchEnd) {
            if (m_filter.accepts(m_reader->event(m_examined)))
                accepted.push_back(m_examined);
            ++m_examined;
            if (until.hasExpired())
                break;
        }
        if (!accepted.empty()) {
            beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + accepted.size()) - 1);
            m_rows.insert(m_rows.end(), accepted.begin(), accepted.end());
            endInsertRows();
        }
    } while (m_examined < available && !until.hasExpired());
    return m_examined < available;
}

void EventTableModel::setGapThreshold(std::chrono::milliseconds threshold) {
    m_threshold = threshold;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Gap), index(int(m_rows.size()) - 1, Gap));
}

StreamEvent EventTableModel::eventAt(int row) const {
    return m_reader->event(eventNumber(row));
}

int EventTableModel::rowOfEvent(int number) const {
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), number);
    return place != m_rows.end() && *place == number ? int(place - m_rows.begin()) : -1;
}

int EventTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EventTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

bool EventTableModel::isLongGap(const StreamEvent& event) const {
    return event.gap >= m_threshold;
}

QString EventTableModel::text(const QModelIndex& index) const {
    const StreamEvent event = eventAt(index.row());
    switch (index.column()) {
    case Number:
        return QString::number(eventNumber(index.row()) + 1);
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
        const QString gist = eventGist(event, m_reader->transcript().dialect);
        return withVisibleChips(gist.isEmpty() ? beginningOf(event.data) : gist);
    }
    default:
        return {};
    }
}

QVariant EventTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(index));
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case Qt::FontRole: {
        const StreamEvent event = eventAt(index.row());
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
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
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
        return tr("What it adds");
    default:
        return {};
    }
}

} // namespace lavascope
