// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"

#include <optional>
#include <vector>

namespace lavascope {

/// One row of a body as it is drawn: a line, or a piece of a line that is too long for one row.
struct BodyRow {
    qint64 number = 0; ///< among all rows, from 0
    qint64 line = 0;   ///< number of its line, from 0
    qint64 begin = 0;  ///< byte of the body
    qint64 end = 0;    ///< after the last byte that is drawn; a line feed is not
    qint64 next = 0;   ///< where the next row begins
    bool beginsLine = true;

    [[nodiscard]] bool endsLine() const { return next > end; }
};

/// Where the rows of a body begin. The body stays in the chunks it came in: of its rows only one in many is
/// remembered, the others are found again from there.
class BodyLines {
public:
    using Chunks = std::vector<Chunk>;
    /// A longer line is broken here, or up to three bytes before, so that no character is.
    static constexpr qint64 longestRow = 2048;

    void clear();
    /// Looks at up to this many more bytes of chunks that are the same as before, or more; true if there are
    /// more to look at.
    bool grow(const Chunks& chunks, qint64 bytes);

    [[nodiscard]] qint64 size() const { return m_size; } ///< of the body as far as it can be shown
    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] qint64 lineCount() const;
    /// From that row on; fewer where the rows end.
    [[nodiscard]] std::vector<BodyRow> rows(const Chunks& chunks, qint64 first, qint64 count) const;
    /// The row that holds this byte; the last one for what is behind its end.
    [[nodiscard]] BodyRow rowAt(const Chunks& chunks, qint64 byte) const;
    /// A copy of these bytes.
    [[nodiscard]] QByteArray bytes(const Chunks& chunks, qint64 begin, qint64 end) const;

private:
    /// A place between two rows, and the chunk it is in.
    struct Place {
        BodyRow row; ///< the next one, so far without its end
        size_t chunk = 0;
        qint64 chunkBegin = 0;
    };
    [[nodiscard]] static std::optional<BodyRow> takeRow(const Chunks& chunks, Place& place);
    [[nodiscard]] static qint64 borderBefore(const Chunks& chunks, const Place& at, qint64 byte);
    static void moveTo(const Chunks& chunks, Place& place, qint64 byte);
    [[nodiscard]] const Place& markBefore(qint64 BodyRow::*what, qint64 value) const;
    /// The row at the end that may still grow.
    [[nodiscard]] std::optional<BodyRow> openRow() const;

    std::vector<Place> m_marks;
    Place m_end; ///< behind all rows that are known whole
    qint64 m_size = 0;
};

} // namespace lavascope
