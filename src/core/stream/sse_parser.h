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
    bool terminated = true; ///< false: the stream ended before the blank line; most clients lose this one
};

/// Server-sent events by the WHATWG rules, from bytes cut anywhere, in linear time. Bytes in, bytes out: data
/// that is not UTF-8 is handed on as it came.
class SseParser {
public:
    using Sink = std::function<void(const SseItem&)>;

    void feed(QByteArrayView bytes, const Sink& sink);
    /// End of bytes: hands out what is pending with `terminated == false`. The parser can then be used anew.
    void finish(const Sink& sink);
    [[nodiscard]] std::optional<qint64> retryMs() const { return m_retryMs; }

private:
    void takeLine(QByteArrayView line, qint64 begin, qint64 end, const Sink& sink);
    void dispatch(bool terminated, qint64 end, const Sink& sink);

    QByteArray m_pending; ///< the unfinished line
    QByteArray m_type;
    QByteArray m_data;
    QByteArray m_lastEventId;
    std::optional<qint64> m_retryMs;
    qint64 m_offset = 0;
    qint64 m_blockBegin = -1;
    int m_bomSeen = 0;
    bool m_hasData = false;
    bool m_swallowLf = false;
};

} // namespace lavascope
