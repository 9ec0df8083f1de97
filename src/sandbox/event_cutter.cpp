// SPDX-License-Identifier: MIT
#include "sandbox/event_cutter.h"

#include "sandbox/http_grammar.h"

#include <algorithm>

namespace lavascope {

namespace {

[[nodiscard]] bool isEventStream(const Headers& headers) {
    const QByteArray type = headers.value("content-type").value_or(QByteArray());
    return sameWord(withoutBlanks(type.left(type.indexOf(';'))), "text/event-stream");
}

} // namespace

EventCutter::EventCutter(int events, const Headers& headers, std::optional<qint64> length)
    : m_eventsLeft(events)
    , m_isEventStream(isEventStream(headers)) {
    if (!m_isEventStream && length) {
        m_bytesLeft = *length / 2;
    }
    m_cut = m_eventsLeft == 0 && !m_bytesLeft;
}

QByteArrayView EventCutter::take(QByteArrayView bytes) {
    if (m_cut) {
        return {};
    }
    if (m_isEventStream) {
        return takeEvents(bytes);
    }
    if (!m_bytesLeft) {
        m_cut = --m_eventsLeft == 0;
        return bytes;
    }
    const qsizetype size = std::min<qint64>(*m_bytesLeft, bytes.size());
    m_bytesLeft = *m_bytesLeft - size;
    m_cut = *m_bytesLeft == 0;
    return bytes.first(size);
}

QByteArrayView EventCutter::takeEvents(QByteArrayView bytes) {
    qint64 end = m_offset + bytes.size();
    m_parser.feed(bytes, [&](const SseItem& item) {
        if (item.kind == SseItem::Kind::Event && !m_cut && --m_eventsLeft == 0) {
            m_cut = true;
            end = item.end;
        }
    });
    const QByteArrayView allowed = bytes.first(std::clamp<qint64>(end - m_offset, 0, bytes.size()));
    m_offset += bytes.size();
    return allowed;
}

} // namespace lavascope
