// SPDX-License-Identifier: MIT
#pragma once

#include "gui/models/event_filter.h"

#include <QAbstractTableModel>

#include <chrono>
#include <vector>

class QDeadlineTimer;

namespace lavascope {

/// The events of one answer that a filter lets through, as rows. Rows are only ever added at the end; pull()
/// takes in what the reader has read since.
class EventTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Number, Arrival, Gap, Name, Size, Preview, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Starts over with another reader, which must outlive its use here; null empties the table.
    void setReader(const StreamReader* reader);
    /// Starts over with another filter; pull() fills the table again.
    void setFilter(const EventFilter& filter);
    [[nodiscard]] const EventFilter& filter() const { return m_filter; }
    /// Looks at new events until then, but always at a few; true if there are more.
    bool pull(const QDeadlineTimer& until);
    [[nodiscard]] int examined() const { return m_examined; } ///< events that pull() has looked at
    /// Gaps at least this long are marked.
    void setGapThreshold(std::chrono::milliseconds threshold);
    [[nodiscard]] const StreamReader* reader() const { return m_reader; }
    /// The types of all events looked at, in the order they were first seen; of very many the first ones.
    [[nodiscard]] const std::vector<EventType>& types() const { return m_types; }
    [[nodiscard]] static QString typeName(const EventType& type); ///< fit to be shown
    /// Place of a row's event among all events, counted from 0.
    [[nodiscard]] int eventNumber(int row) const { return m_rows[size_t(row)]; }
    [[nodiscard]] int rowOfEvent(int number) const; ///< -1: filtered out, or not looked at yet

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::vector<int> examine(int end, const QDeadlineTimer& until);
    void noteType(int event);
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] QString preview(int event) const;
    [[nodiscard]] bool isLongGap(const StreamEvent& event) const;

    const StreamReader* m_reader = nullptr;
    EventFilter m_filter;
    std::vector<int> m_rows; ///< event numbers, ascending
    int m_examined = 0;
    qsizetype m_place = 0; ///< in the data of the event that is being examined
    std::vector<EventType> m_types;
    int m_typed = 0; ///< events whose type is among them
    std::chrono::milliseconds m_threshold{1000};
};

} // namespace lavascope
