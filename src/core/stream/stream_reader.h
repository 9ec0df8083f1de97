// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/stream/buffering.h"
#include "core/stream/event_channel.h"
#include "core/stream/page_source.h"
#include "core/stream/recording.h"
#include "core/stream/timeline.h"
#include "core/stream/transcript.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace lavascope {

/// One row of the event table.
struct StreamEvent {
    enum class Kind : quint8 { Event, Comment, Stray };
    Kind kind = Kind::Event;
    std::chrono::microseconds at{0};  ///< arrival of the chunk that completed it
    std::chrono::microseconds gap{0}; ///< since the event before; 0 for the first
    QString name;                     ///< the event's own type: payload `type`, else the `event:` name
    QByteArray data;
    bool terminated = true;
    bool malformed = false;
};

/// What an event is, without what it carries.
struct EventType {
    StreamEvent::Kind kind = StreamEvent::Kind::Event;
    QString name; ///< as in StreamEvent

    friend bool operator==(const EventType&, const EventType&) = default;
};

/// What is known about a call before its bytes arrive, to recognise what is being spoken.
struct StreamHints {
    QByteArray url = {};                  ///< the provider URL, or a forward URL that holds one
    QString forcedDialect = {};           ///< the user's own choice; empty: recognise
    std::optional<bool> streamAsked = {}; ///< whether the request asked for a stream; nothing: unknown
};

/// What a request tells about the answer to it.
[[nodiscard]] StreamHints hintsFor(const HttpRequest& request);

/// Reads one answer: bytes in as they arrive, meaning out at any moment. Linear in time, the same result at
/// any cut. Recorded and live answers go through the same reader.
class StreamReader {
public:
    /// The table of events takes its memory from `pages`; null: ordinary memory.
    explicit StreamReader(StreamHints hints, std::shared_ptr<PageSource> pages = {});
    ~StreamReader();
    StreamReader(StreamReader&&) noexcept;
    StreamReader& operator=(StreamReader&&) noexcept;

    void takeHeaders(int status, const Headers& headers, std::chrono::microseconds at);
    void take(const Chunk& chunk) { take(chunk, 0, chunk.bytes.size()); }
    /// A stretch of a chunk. The reader shares its bytes, so whole chunks are better than copied pieces.
    void take(const Chunk& chunk, qsizetype from, qsizetype count);
    void takeEnding(const Ending& ending); ///< decides the verdict; nothing may be taken after it

    [[nodiscard]] const Transcript& transcript() const;
    [[nodiscard]] const Timeline& timeline() const;
    [[nodiscard]] std::optional<Speed> speed() const;
    /// Ordinary memory, in bytes, that grows with what the answer says: its texts, and an event that is not
    /// whole yet. Nothing but the sender bounds it.
    [[nodiscard]] qint64 heldBytes() const;
    /// Whether somebody on the way held the answer back, as far as its arrivals show.
    [[nodiscard]] std::optional<Buffering> buffering() const;
    [[nodiscard]] qsizetype eventCount() const;
    /// Made when asked for: the rows themselves hold only where its bytes are.
    [[nodiscard]] StreamEvent event(qsizetype index) const;
    /// The same without its data: costs next to nothing.
    [[nodiscard]] EventArrival arrival(qsizetype index) const;
    /// When the bytes came: silences and blocks.
    [[nodiscard]] const ArrivalTally& arrivals() const;
    /// The same without its data, which may be megabytes.
    [[nodiscard]] StreamEvent eventHead(qsizetype index) const;
    [[nodiscard]] EventType eventType(qsizetype index) const;
    /// Its data where they lie; valid as long as this reader is.
    [[nodiscard]] QByteArrayView eventData(qsizetype index) const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

/// The whole reading of one recorded attempt. Without an ending (a recording that broke off) it is read as
/// cut off.
[[nodiscard]] StreamReader readAttempt(const Attempt& attempt, StreamHints hints);

/// The same into a reader that is new; `afterBytes` is told how far it is.
void readAttempt(const Attempt& attempt, StreamReader& reader,
                 const std::function<void(qint64 bytes)>& afterBytes);

/// Names that StreamHints::forcedDialect accepts, for a picker and for `--dialect`.
[[nodiscard]] QStringList dialectNames();

} // namespace lavascope
