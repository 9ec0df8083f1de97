// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/sse_parser.h"

#include <QStringList>

namespace lavascope {

/// Finds the frames of Amazon's binary event stream (`application/vnd.amazon.eventstream`), both checksums of
/// each checked, cut anywhere, in linear time. An item's type is the frame's `:event-type`, or the
/// exception's name; its data is the payload. A frame that only wraps a provider's own event
/// (`{"bytes":"<base64>"}`) is handed out as that event. Format:
/// https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream
class AwsFrames {
public:
    using Sink = SseParser::Sink;
    static constexpr qsizetype preludeSize = 12;

    /// Whether these are the first bytes of a frame: two lengths and their checksum.
    [[nodiscard]] static bool isPrelude(QByteArrayView bytes);

    void feed(QByteArrayView bytes, const Sink& sink);
    /// End of bytes: half a frame is handed out as a damaged item with `terminated == false`.
    void finish(const Sink& sink);
    /// What was wrong with the frames, in words.
    [[nodiscard]] const QStringList& notes() const { return m_notes; }
    /// Bytes of a frame that is not whole yet, or that cannot be read.
    [[nodiscard]] qsizetype heldBytes() const { return m_pending.size(); }

private:
    void takeFrames(const Sink& sink);
    void takeFrame(QByteArrayView frame, bool isSound, const Sink& sink) const;
    void lose();

    QByteArray m_pending;
    qsizetype m_taken = 0; ///< bytes at the front of those pending that are done
    qint64 m_offset = 0;   ///< of the next frame in the stream
    bool m_isLost = false; ///< lengths can no longer be trusted
    QStringList m_notes;
};

} // namespace lavascope
