// SPDX-License-Identifier: MIT
#include "core/stream/aws_frames.h"

#include "core/json/document.h"
#include "core/json/writer.h"
#include "core/stream/crc32.h"

#include <QtEndian>

#include <optional>

namespace lavascope {

namespace {

constexpr qsizetype checksumSize = 4;
constexpr qsizetype smallestFrame = AwsFrames::preludeSize + checksumSize;
// Amazon's own limit is 24 MiB; more than this is a length that was damaged with its checksum.
constexpr uint32_t largestFrame = 1U << 30U;
constexpr qsizetype mostNotes = 100;

uint32_t number(QByteArrayView bytes, qsizetype at) {
    return qFromBigEndian<uint32_t>(bytes.data() + at);
}

struct FrameHeaders {
    QByteArrayView messageType;
    QByteArrayView eventType;
    QByteArrayView exceptionType;
    QByteArrayView errorCode;
    QByteArrayView errorMessage;
};

/// The size of a value of a type that has a fixed one; nothing for strings, byte arrays and unknown types.
std::optional<qsizetype> fixedSize(uchar type) {
    switch (type) {
    case 0: // true
    case 1: // false
        return 0;
    case 2:
        return 1;
    case 3:
        return 2;
    case 4:
        return 4;
    case 5: // a 64-bit number
    case 8: // a time
        return 8;
    case 9: // a UUID
        return 16;
    default:
        return std::nullopt;
    }
}

/// Reads headers until they end or one makes no sense.
FrameHeaders headersIn(QByteArrayView bytes) {
    FrameHeaders headers;
    while (!bytes.isEmpty()) {
        const qsizetype nameSize = uchar(bytes.front());
        if (bytes.size() < nameSize + 2)
            break;
        const QByteArrayView name = bytes.sliced(1, nameSize);
        const auto type = uchar(bytes[nameSize + 1]);
        bytes = bytes.sliced(nameSize + 2);
        if (const auto size = fixedSize(type)) {
            if (bytes.size() < *size)
                break;
            bytes = bytes.sliced(*size);
            continue;
        }
        const bool isCounted = type == 6 || type == 7;
        if (!isCounted || bytes.size() < 2)
            break;
        const qsizetype size = qFromBigEndian<quint16>(bytes.data());
        if (bytes.size() < size + 2)
            break;
        const QByteArrayView value = bytes.sliced(2, size);
        bytes = bytes.sliced(size + 2);
        if (name == ":message-type")
            headers.messageType = value;
        else if (name == ":event-type")
            headers.eventType = value;
        else if (name == ":exception-type")
            headers.exceptionType = value;
        else if (name == ":error-code")
            headers.errorCode = value;
        else if (name == ":error-message")
            headers.errorMessage = value;
    }
    return headers;
}

/// The provider's own event inside a `{"bytes":…}`; nothing if it is something else.
std::optional<QByteArray> wrappedEvent(QByteArrayView payload) {
    json::Document document;
    if (document.scan(payload))
        return std::nullopt;
    const json::View bytes = document.root()["bytes"];
    if (!bytes.isString())
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(bytes.toString().toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

/// A failure of the connection has no payload, only headers: given the shape that other failures have.
QByteArray errorPayload(const FrameHeaders& headers) {
    json::Writer writer;
    writer.beginObject();
    writer.name("error");
    writer.beginObject();
    writer.member("code", QString::fromUtf8(headers.errorCode));
    writer.member("message", QString::fromUtf8(headers.errorMessage));
    writer.endObject();
    writer.endObject();
    return writer.bytes();
}

} // namespace

bool AwsFrames::isPrelude(QByteArrayView bytes) {
    return bytes.size() >= preludeSize && crc32(bytes.first(8)) == number(bytes, 8);
}

void AwsFrames::feed(QByteArrayView bytes, const Sink& sink) {
    m_pending.append(bytes);
    takeFrames(sink);
    m_pending.remove(0, m_taken);
    m_taken = 0;
}

void AwsFrames::takeFrames(const Sink& sink) {
    while (!m_isLost) {
        const QByteArrayView rest = QByteArrayView(m_pending).sliced(m_taken);
        if (rest.size() < preludeSize)
            return;
        const uint32_t size = number(rest, 0);
        const uint32_t headersSize = number(rest, 4);
        if (!isPrelude(rest) || size < smallestFrame || size > largestFrame ||
            headersSize > size - smallestFrame) {
            lose();
            return;
        }
        if (rest.size() < qsizetype(size))
            return;
        const QByteArrayView frame = rest.first(qsizetype(size));
        const bool isSound = crc32(frame.chopped(checksumSize)) == number(frame, frame.size() - checksumSize);
        if (!isSound && m_notes.size() < mostNotes)
            m_notes.append(
                QStringLiteral("the frame at byte %1 is damaged: its checksum is wrong").arg(m_offset));
        takeFrame(frame, isSound, sink);
        m_taken += size;
        m_offset += size;
    }
}

void AwsFrames::takeFrame(QByteArrayView frame, bool isSound, const Sink& sink) const {
    const qsizetype headersSize = number(frame, 4);
    const FrameHeaders headers = headersIn(frame.sliced(preludeSize, headersSize));
    const QByteArrayView payload = frame.sliced(preludeSize + headersSize).chopped(checksumSize);

    SseItem item;
    item.begin = m_offset;
    item.end = m_offset + frame.size();
    item.isDamaged = !isSound;
    item.data = payload;
    item.type = headers.eventType.isEmpty() ? QByteArrayView("message") : headers.eventType;
    QByteArray made;
    if (headers.messageType == "exception") {
        item.type = headers.exceptionType;
    } else if (headers.messageType == "error") {
        item.type = "error";
        made = errorPayload(headers);
        item.data = made;
    } else if (headers.eventType == "chunk" && !item.isDamaged) {
        if (const auto event = wrappedEvent(payload)) {
            made = *event;
            item.data = made;
            item.type = "message";
        }
    }
    sink(item);
}

/// From here on nobody knows where a frame begins: what is left is one damaged piece.
void AwsFrames::lose() {
    m_isLost = true;
    m_notes.append(
        QStringLiteral("the frame at byte %1 is damaged: what follows cannot be read").arg(m_offset));
}

void AwsFrames::finish(const Sink& sink) {
    if (m_pending.isEmpty())
        return;
    SseItem item;
    item.type = "damaged";
    item.data = m_pending;
    item.begin = m_offset;
    item.end = m_offset + m_pending.size();
    item.isDamaged = true;
    item.terminated = m_isLost;
    sink(item);
    m_pending.clear();
}

} // namespace lavascope
