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
constexpr int batch = 8 * 1024;   // rows that views are told of at once
constexpr int betweenLooks = 512; // events examined between two looks at the clock, if that takes no time
constexpr size_t mostTypes = 200;

QString nameOf(const StreamEvent& event) {
    QString name = EventTableModel::typeName({event.kind, event.name});
    if (event.kind != StreamEvent::Kind::Event)
        return name;
    if (event.malformed)
        name += EventTableModel::tr(" (no JSON)");
    if (!event.terminated)
        name += EventTableModel::tr(" (not ended)");
    return name;
}

QString beginningOf(QByteArrayView data) {
    // The decoder keeps back a character that the cut went through.
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString beginning = decoder(data.first(qMin(data.size(), previewBytes)));
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
    m_place = 0;
    m_types.clear();
    m_typed = 0;
    endResetModel();
}

void EventTableModel::setFilter(const EventFilter& filter) {
    beginResetModel();
    m_filter = filter;
    m_rows.clear();
    m_examined = 0;
    m_place = 0;
    endResetModel();
}

bool EventTableModel::pull(const QDeadlineTimer& until) {
    if (!m_reader)
        return false;
    const int available = int(m_reader->eventCount());
    do {
        const std::vector<int> accepted = examine(qMin(available, m_examined + batch), until);
        if (!accepted.empty()) {
            beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + accepted.size()) - 1);
            m_rows.insert(m_rows.end(), accepted.begin(), accepted.end());
            endInsertRows();
        }
    } while (m_examined < available && !until.hasExpired());
    return m_examined < available;
}

// The events up to there that the filter lets through.
std::vector<int> EventTableModel::examine(int end, const QDeadlineTimer& until) {
    std::vector<int> accepted;
    while (m_examined < end) {
        noteType(m_examined);
        const EventFilter::Answer answer = m_filter.accepts(*m_reader, m_examined, m_place);
        if (answer == EventFilter::Answer::Yes)
            accepted.push_back(m_examined);
        if (answer != EventFilter::Answer::NotYet)
            ++m_examined;
        const bool isQuick = m_filter.acceptsAll() && m_examined % betweenLooks != 0;
        if (!isQuick && until.hasExpired())
            break;
    }
    return accepted;
}

void EventTableModel::noteType(int event) {
    if (event < m_typed)
        return;
    m_typed = event + 1;
    const EventType type = m_reader->eventType(event);
    // Mostly it is the one before's.
    if (m_types.size() < mostTypes && std::find(m_types.rbegin(), m_types.rend(), type) == m_types.rend())
        m_types.push_back(type);
}

QString EventTableModel::typeName(const EventType& type) {
    switch (type.kind) {
    case StreamEvent::Kind::Comment:
        return tr("comment");
    case StreamEvent::Kind::Stray:
        return tr("stray line");
    case StreamEvent::Kind::Event:
        break;
    }
    return withVisibleChips(type.name.left(longestName).simplified());
}

void EventTableModel::setGapThreshold(std::chrono::milliseconds threshold) {
    m_threshold = threshold;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Gap), index(int(m_rows.size()) - 1, Gap));
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
    const int number = eventNumber(index.row());
    const StreamEvent event = m_reader->eventHead(number);
    switch (index.column()) {
    case Number:
        return QString::number(number + 1);
    case Arrival:
        return milliseconds(event.at);
    case Gap:
        // The sign says what the bold type says, for those who do not see it.
        return isLongGap(event) ? QStringLiteral("▲ ") + milliseconds(event.gap) : milliseconds(event.gap);
    case Name:
        return nameOf(event);
    case Size:
        return byteSize(m_reader->eventData(number).size());
    case Preview:
        return preview(number);
    default:
        return {};
    }
}

QString EventTableModel::preview(int event) const {
    const QByteArrayView data = m_reader->eventData(event);
    StreamEvent shown = m_reader->eventHead(event);
    // Not copied: it may be megabytes.
    shown.data = QByteArray::fromRawData(data.data(), data.size());
    const QString gist = eventGist(shown, m_reader->transcript().dialect);
    return withVisibleChips(gist.isEmpty() ? beginningOf(data) : gist);
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
        const StreamEvent event = m_reader->eventHead(eventNumber(index.row()));
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
