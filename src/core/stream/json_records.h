// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/sse_parser.h"

namespace lavascope {

/// Finds the JSON values in a body that is a row of them, cut anywhere, in linear time. Each becomes an item
/// without a type; what is no JSON becomes one too, so that nothing is lost.
class JsonRecords {
public:
    enum class Layout {
        Lines, ///< a value on each line (NDJSON, JSON Lines), or behind each RS (JSON text sequences); a
               ///< value may span lines, a line that begins with `{` while one is open starts a new one
        Array, ///< the elements of one array
    };
    using Sink = SseParser::Sink;

    explicit JsonRecords(Layout layout);

    void feed(QByteArrayView bytes, const Sink& sink);
    /// End of bytes: hands out what is pending. Half a value comes with `terminated == false`.
    void finish(const Sink& sink);
    /// Whether the array was closed; lines need no such thing.
    [[nodiscard]] bool isWhole() const { return m_layout == Layout::Lines || m_arrayClosed; }
    /// Bytes of a value that is not whole yet.
    [[nodiscard]] qsizetype heldBytes() const { return m_record.size(); }

private:
    enum class State { Between, Container, Bare };

    /// What one byte does to the record at hand.
    enum class Step {
        Goes,       ///< it belongs to it
        EndsWith,   ///< it is its last byte
        EndsBefore, ///< it stands behind it
        Skip,       ///< it belongs to none
        Begins,     ///< it is its first byte
    };

    [[nodiscard]] Step step(char c);
    [[nodiscard]] Step between(char c);
    [[nodiscard]] Step inContainer(char c);
    void emit(bool terminated, const Sink& sink);

    Layout m_layout;
    State m_state = State::Between;
    QByteArray m_record;
    qint64 m_offset = 0; ///< of the byte at hand
    qint64 m_begin = 0;  ///< of the record at hand
    qint64 m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_atLineStart = true;
    bool m_arrayOpen = false;
    bool m_arrayClosed = false;
};

} // namespace lavascope
