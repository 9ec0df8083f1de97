// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <functional>
#include <optional>

namespace lavascope {

/// One thing an event stream said. Views are valid during the call only.
struct SseItem {
    enum class Kind {
        Event,
        Comment,
        Stray, ///< a line that is no field but looks like JSON or markup: some providers put errors there
    };
    Kind kind = Kind::Event;
    QByteArrayView type; ///< `message` if the stream gave none
    QByteArrayView data; ///< joined data lines; the comment's or stray line's text
    QByteArrayView lastEventId;
    qint64 begin = 0; ///< byte range of the block in the stream
    qint64 end = 0;
    bool terminated = true; ///< false: the stream ended before the blank line (of a comment or stray line:
                            ///< before its line end); most clients lose this one
    bool isDamaged = false; ///< a checksum says so (binary frames): its data is not to be trusted
};

/// Server-sent events by the WHATWG rules, from bytes cut anywhere, in linear time. Bytes in, bytes out: data
/// that is not UTF-8 is handed on as it came. A line that lies whole in the bytes fed is not copied.
class SseParser {
public:
    using Sink = std::function<void(const SseItem&)>;

    void feed(QByteArrayView bytes, const Sink& sink);
    /// End of bytes: hands out what is pending with `terminated == false`. The parser can then be used anew.
    void finish(const Sink& sink);
    /// The latest reconnection time that the stream asked for; kept after finish() until new bytes come.
    [[nodiscard]] std::optional<qint64> retryMs() const { return m_retryMs; }
    /// Bytes of an event that is not whole yet.
    [[nodiscard]] qsizetype heldBytes() const { return m_pending.size() + m_data.size(); }

private:
    enum class LineEnd { Seen, Missing };

    [[nodiscard]] QByteArrayView withoutBom(QByteArrayView bytes);
    void takeLine(QByteArrayView line, LineEnd lineEnd, const Sink& sink);
    /// Whether it is a field that the standard knows.
    [[nodiscard]] bool takeField(QByteArrayView name, QByteArrayView value);
    void takeOddLine(QByteArrayView line, LineEnd lineEnd, const Sink& sink);
    void addData(QByteArrayView value);
    void dispatch(LineEnd lineEnd, const Sink& sink);
    void keepBorrowedData();

    QByteArray m_pending; ///< the unfinished line
    QByteArray m_type;
    QByteArray m_data;         ///< joined data lines, unless there is but one and it is borrowed
    QByteArrayView m_borrowed; ///< the only data line so far, still in the caller's bytes
    QByteArray m_lastEventId;
    std::optional<qint64> m_retryMs;
    qint64 m_lineBegin = 0;
    qint64 m_offset = 0; ///< end of the line at hand, with its line end
    qint64 m_blockBegin = -1;
    qint64 m_dataLines = 0;
    int m_bomBytes = 0; ///< of the byte order mark seen so far; 3: it is here or will not come
    bool m_isBorrowed = false;
    bool m_swallowLf = false;
    bool m_afterStray = false;
};

} // namespace lavascope
