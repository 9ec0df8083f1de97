// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"
#include "core/stream/stream_reader.h"

#include <chrono>
#include <functional>
#include <vector>

namespace lavascope {

/// How far the chunks of one attempt were read. Reads on in steps that are short enough for the thread of a
/// window, whatever the bytes are: 256 KiB can hold a hundred thousand events.
class PacedReading {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// The clock is looked at after every piece of `pieceBytes`; a step is over when it says that `stepTime`
    /// has passed, so it takes that time and at most one piece more.
    static constexpr std::chrono::milliseconds stepTime{2};
    static constexpr qsizetype pieceBytes = 4 * 1024;

    explicit PacedReading(Clock now = &std::chrono::steady_clock::now)
        : m_now(std::move(now)) {}

    void startOver();
    /// One step: hands `reader` what it was not handed yet. `chunks` may only have grown since.
    void readOn(const std::vector<Chunk>& chunks, StreamReader& reader);
    [[nodiscard]] bool hasReadAll(const std::vector<Chunk>& chunks) const { return m_next == chunks.size(); }

private:
    Clock m_now;
    size_t m_next = 0;    ///< the chunk that is read next
    qsizetype m_from = 0; ///< and from which of its bytes
};

} // namespace lavascope
