// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
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
    enum class Kind { Event, Comment, Stray };
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
    explicit StreamReader(StreamHints hints);
    ~StreamReader();
    StreamReader(StreamReader&&) noexcept;
    StreamReader& operator=(StreamReader&&) noexcept;

    void takeHeaders(int status, const Headers& headers, std::chrono::microseconds at);
    void take(const Chunk& chunk);
    void takeEnding(const Ending& ending); ///< decides the verdict; nothing may be taken after it

    [[nodiscard]] const Transcript& transcript() const;
    [[nodiscard]] const Timeline& timeline() const;
    [[nodiscard]] std::optional<Speed> speed() const;
    [[nodiscard]] qsizetype eventCount() const;
    /// Made when asked for: the rows themselves hold only where its bytes are.
    [[nodiscard]] StreamEvent event(qsizetype index) const;
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

/// Names that StreamHints::forcedDialect accepts, for a picker and for `--dialect`.
[[nodiscard]] QStringList dialectNames();

} // namespace lavascope
