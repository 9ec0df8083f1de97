// SPDX-License-Identifier: MIT
#include "core/stream/body_shape.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace lavascope {

namespace {

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
constexpr std::array<QByteArrayView, 5> streamBeginnings = {"data:", "event:", "id:", "retry:", ":"};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// The media type alone, in lower case.
QByteArray mediaType(QByteArrayView contentType) {
    const qsizetype semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.first(semicolon)).toByteArray().trimmed().toLower();
}

enum class Likeness { No, TooShort, Yes };

Likeness likeStream(QByteArrayView text) {
    Likeness best = Likeness::No;
    for (QByteArrayView beginning : streamBeginnings) {
        if (text.startsWith(beginning))
            return Likeness::Yes;
        if (beginning.startsWith(text))
            best = Likeness::TooShort;
    }
    return best;
}

/// No text in UTF-8 begins like this.
bool isBinaryByte(char c) {
    const auto byte = uchar(c);
    return byte < 0x20 || byte == 0x7F || (byte >= 0x80 && byte < 0xC2) || byte > 0xF4;
}

} // namespace

BodyShape shapePromisedBy(QByteArrayView contentType) {
    const QByteArray type = mediaType(contentType);
    if (type == "text/event-stream")
        return BodyShape::EventStream;
    if (type == "application/json" || type.endsWith("+json"))
        return BodyShape::Json;
    if (type == "text/html" || type == "application/xhtml+xml")
        return BodyShape::Html;
    if (type == "text/plain")
        return BodyShape::Text;
    if (type.startsWith("audio/") || type.startsWith("video/") || type.startsWith("image/") ||
        type == "application/octet-stream")
        return BodyShape::Binary;
    return BodyShape::Undecided;
}

const char* shapeInWords(BodyShape shape) {
    switch (shape) {
    case BodyShape::EventStream:
        return "an event stream";
    case BodyShape::Json:
        return "JSON";
    case BodyShape::Html:
        return "HTML";
    case BodyShape::Text:
        return "plain text";
    case BodyShape::Binary:
        return "no text";
    case BodyShape::Undecided:
        break;
    }
    return "empty";
}

BodySniffer::BodySniffer(QByteArrayView contentType)
    : m_contentType(contentType.toByteArray()) {}

BodyShape BodySniffer::take(QByteArrayView bytes) {
    for (char c : bytes) {
        if (m_state == State::Decided)
            break;
        if (m_state == State::InJson) {
            if (m_balance.closesWith(uchar(c)))
                m_state = State::AfterJson;
        } else {
            takeLeading(c);
        }
    }
    return m_shape;
}

BodyShape BodySniffer::finish() {
    if (m_state == State::InJson || m_state == State::AfterJson)
        decide(BodyShape::Json);
    else if (m_state == State::Leading && !m_leading.isEmpty())
        decide(shapePromisedBy(m_contentType) == BodyShape::EventStream ? BodyShape::EventStream
                                                                        : BodyShape::Text);
    return m_shape;
}

void BodySniffer::decide(BodyShape shape) {
    m_state = State::Decided;
    m_shape = shape;
}

void BodySniffer::takeLeading(char c) {
    if (m_leading.isEmpty() && isSpace(c))
        return;
    m_leading.append(c);
    if (m_leading == byteOrderMark)
        m_leading.clear();
    if (byteOrderMark.startsWith(m_leading))
        return;

    const char first = m_leading.front();
    if (first == '{' || first == '[') {
        m_state = State::InJson;
        m_leading.clear();
        // The bracket that opens closes nothing.
        std::ignore = m_balance.closesWith(uchar(first));
        return;
    }
    switch (likeStream(m_leading)) {
    case Likeness::Yes:
        decide(BodyShape::EventStream);
        return;
    case Likeness::TooShort:
        return;
    case Likeness::No:
        break;
    }
    if (m_state == State::AfterJson) {
        decide(BodyShape::Json);
        return;
    }
    const BodyShape promised = shapePromisedBy(m_contentType);
    if (first == '<')
        decide(BodyShape::Html);
    else if (isBinaryByte(first) || promised == BodyShape::Binary)
        decide(BodyShape::Binary);
    else if (promised == BodyShape::EventStream)
        decide(BodyShape::EventStream);
    else
        decide(promised == BodyShape::Json ? BodyShape::Json : BodyShape::Text);
}

} // namespace lavascope
