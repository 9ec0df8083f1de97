// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <vector>

namespace lavascope {

/// A silence within a body.
struct Stall {
    std::chrono::microseconds at{0}; ///< when it began: the arrival of the bytes before it
    std::chrono::microseconds gap{0};
    std::optional<qsizetype> event; ///< place, from 0, of the event that came next; nothing: none did

    friend bool operator==(const Stall&, const Stall&) = default;
};

/// What is called a stall where nobody says otherwise.
constexpr std::chrono::milliseconds stallThreshold(1000);

/// Bytes that came one upon the other, between two silences.
struct ArrivalBlock {
    std::chrono::microseconds silence{0}; ///< before it; for the first one since the request was sent
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};
    qint64 bytes = 0;
    qint64 events = 0; ///< that became whole in it
    qint64 arrivals = 0;

    friend bool operator==(const ArrivalBlock&, const ArrivalBlock&) = default;
};

/// Keeps count of when the bytes of one body came, at the price of a comparison for each arrival.
class ArrivalTally {
public:
    /// A silence this long parts two blocks; shorter ones are not remembered.
    static constexpr std::chrono::milliseconds shortestSilence{100};

    /// Some bytes, and how many events there were before them and are with them.
    void take(std::chrono::microseconds at, qint64 bytes, qsizetype eventsBefore, qsizetype eventsNow);
    /// The body ended here with something missing: the silence before it counts as well.
    void takeMissingEnd(std::chrono::microseconds at, qsizetype events);

    [[nodiscard]] qint64 arrivals() const { return m_arrivals; }
    [[nodiscard]] const std::vector<ArrivalBlock>& blocks() const { return m_blocks; }
    /// Silences of at least that long, in order; `threshold` is not below `shortestSilence`.
    [[nodiscard]] std::vector<Stall> stalls(std::chrono::microseconds threshold, qsizetype events) const;

private:
    std::vector<ArrivalBlock> m_blocks;
    std::vector<Stall> m_silences;
    qint64 m_arrivals = 0;
};

} // namespace lavascope
