// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/stream_reader.h"

#include <array>
#include <vector>

namespace lavascope {

/// Events of each channel.
using ChannelCounts = std::array<qint64, eventChannelCount>;

/// Finds the events of a reader by their time: how many of which channel came before a moment, in about the
/// same time for a hundred events and for ten millions. Keeps a note for every few hundred events and no copy
/// of them.
class ArrivalIndex {
public:
    ArrivalIndex() = default;
    /// Over the events of this reader, which must outlive the index.
    explicit ArrivalIndex(const StreamReader& reader)
        : m_reader(&reader) {}

    /// Takes in further events, at most this many; how many it took.
    qsizetype take(qsizetype most);
    [[nodiscard]] qsizetype count() const { return m_count; } ///< events taken in
    [[nodiscard]] const ChannelCounts& totals() const { return m_totals; }
    /// The time of the last event taken in; 0 if there is none.
    [[nodiscard]] std::chrono::microseconds latest() const { return m_latest; }

    /// The events that came before a moment.
    struct Before {
        qsizetype events = 0;
        ChannelCounts counts{};
    };
    [[nodiscard]] Before before(std::chrono::microseconds time) const;

    /// When an event came, on a clock that never runs back: a stored one may.
    [[nodiscard]] std::chrono::microseconds timeOf(qsizetype event) const;
    [[nodiscard]] EventArrival arrival(qsizetype event) const { return m_reader->arrival(event); }
    /// The event nearest to a moment; -1 if there is none.
    [[nodiscard]] qsizetype nearest(std::chrono::microseconds time) const;

private:
    /// What holds before the first event of a stretch.
    struct Note {
        std::chrono::microseconds latest{0};
        ChannelCounts counts{};
    };
    static constexpr qsizetype stretch = 512;

    const StreamReader* m_reader = nullptr;
    std::vector<Note> m_notes;
    qsizetype m_count = 0;
    std::chrono::microseconds m_latest{0};
    ChannelCounts m_totals{};
};

} // namespace lavascope
