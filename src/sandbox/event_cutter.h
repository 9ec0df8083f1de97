// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/stream/sse_parser.h"

#include <QByteArray>

#include <optional>

namespace lavascope {

/// Breaks a body off after some events: server-sent events where it is an event stream, half of the bytes
/// where the length is known, else the pieces in which it came.
class EventCutter {
public:
    EventCutter(int events, const Headers& headers, std::optional<qint64> length);

    /// As much of the next bytes as still goes out.
    [[nodiscard]] QByteArrayView take(QByteArrayView bytes);
    [[nodiscard]] bool isCut() const { return m_cut; }

private:
    [[nodiscard]] QByteArrayView takeEvents(QByteArrayView bytes);

    int m_eventsLeft;
    std::optional<qint64> m_bytesLeft;
    bool m_isEventStream;
    bool m_cut = false;
    SseParser m_parser;
    qint64 m_offset = 0;
};

} // namespace lavascope
