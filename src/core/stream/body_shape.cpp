// SPDX-License-Identifier: MIT
#include "core/stream/body_shape.h"

#include "core/stream/aws_frames.h"
#include "core/stream/dialect_registry.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace lavascope {

namespace {

constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF", 3);
constexpr char recordSeparator = '\x1E'; // stands before each value of a JSON text sequence
constexpr int fewestInRow = 3;
constexpr qsizetype longestElement = 16 * 1024 * 1024; // what is longer is no event
// The last is llama.cpp's when all it has to say is a failure.
constexpr std::array<QByteArrayView, 6> streamBeginnings = {
    "data:", "event:", "id:", "retry:", ":", "error: {"};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
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

struct NamedShape {
    const char* name;
    BodyShape shape;
};

constexpr std::array<NamedShape, 3> namedShapes = {{
    {"json", BodyShape::Json},
    {"html", BodyShape::Html},
    {"text", BodyShape::Text},
}};

} // namespace

BodyShape shapeNamed(const QString& name) {
    for (const NamedShape& row : namedShapes)
        if (name == QLatin1String(row.name))
            return row.shape;
    return BodyShape::Undecided;
}

QStringList shapeNames() {
    QStringList names;
    for (const NamedShape& row : namedShapes)
        names.append(QLatin1String(row.name));
    return names;
}

QByteArray mediaTypeIn(QByteArrayView contentType) {
    const qsizetype semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.first(semicolon)).toByteArray().trimmed().toLower();
}

BodyShape shapePromisedBy(QByteArrayView contentType) {
    const QByteArray type = mediaTypeIn(contentType);
    if (type == "text/event-stream")
        return BodyShape::EventStream;
    if (type == "application/x-ndjson" || type == "application/ndjson" || type == "application/jsonl" ||
        type == "application/x-jsonlines" || type == "application/stream+json" ||
        type == "application/json-seq")
        return BodyShape::JsonLines;
    if (type == "application/vnd.amazon.eventstream")
        return BodyShape::AwsEventStream;
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

bool holdsEvents(BodyShape shape) {
    return shape == BodyShape::EventStream || shape == BodyShape::JsonLines ||
           shape == BodyShape::JsonArray || shape == BodyShape::AwsEventStream;
}

const char* shapeInWords(BodyShape shape) {
    switch (shape) {
    case BodyShape::EventStream:
        return "an event stream";
    case BodyShape::JsonLines:
        return "lines of JSON";
    case BodyShape::JsonArray:
        return "a JSON array";
    case BodyShape::AwsEventStream:
        return "binary event frames";
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
        if (m_state == State::InJson)
            takeJson(c);
        else
            takeLeading(c);
    }
    return m_shape;
}

BodyShape BodySniffer::finish() {
    const bool isRow = m_values >= 2 || (m_values == 1 && m_state == State::InJson);
    if (m_state == State::InJson || m_state == State::AfterJson)
        decide(isRow ? BodyShape::JsonLines : BodyShape::Json);
    else if (m_state == State::Leading && m_leading.startsWith('\0'))
        decide(BodyShape::Binary);
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
    if (m_leading.isEmpty() && c == recordSeparator) {
        m_isSequence = true;
        return;
    }
    if (m_leading.isEmpty() && isSpace(c))
        return;
    m_leading.append(c);
    if (m_leading == byteOrderMark)
        m_leading.clear();
    if (byteOrderMark.startsWith(m_leading))
        return;

    const char first = m_leading.front();
    if (first == '{' || first == '[') {
        beginJson(first);
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
    if (m_state == State::AfterJson)
        decide(BodyShape::Json);
    else
        takeText(first);
}

void BodySniffer::beginJson(char first) {
    // Two stray errors may stand in front of a stream; more than that is a row.
    const bool isRow =
        m_isSequence || m_values >= fewestInRow - 1 || shapePromisedBy(m_contentType) == BodyShape::JsonLines;
    if (isRow) {
        decide(BodyShape::JsonLines);
        return;
    }
    m_state = State::InJson;
    m_isFirstElement = first == '[';
    m_leading.clear();
    // The bracket that opens closes nothing.
    std::ignore = m_balance.closesWith(uchar(first));
}

void BodySniffer::takeJson(char c) {
    if (m_balance.closesWith(uchar(c))) {
        m_state = State::AfterJson;
        ++m_values;
        return;
    }
    if (!m_isFirstElement)
        return;
    if (m_balance.depth() == 1 && c != '}') {
        m_isFirstElement = isSpace(c);
        return;
    }
    m_element.append(c);
    if (m_balance.depth() > 1 && m_element.size() < longestElement)
        return;
    m_isFirstElement = false;
    const QByteArray element = std::exchange(m_element, {});
    json::Document document;
    if (!document.scan(element) && dialectForEvent(document.root(), {}).fit == Fit::Certain)
        decide(BodyShape::JsonArray);
}

/// Bytes that begin neither JSON nor a stream of text.
void BodySniffer::takeText(char first) {
    const BodyShape promised = shapePromisedBy(m_contentType);
    const bool mayBeFrame = first == '\0' && m_leading.size() < AwsFrames::preludeSize;
    if (promised == BodyShape::AwsEventStream || AwsFrames::isPrelude(m_leading))
        decide(BodyShape::AwsEventStream);
    else if (first == '<')
        decide(BodyShape::Html);
    else if (mayBeFrame)
        return;
    else if (isBinaryByte(first) || promised == BodyShape::Binary)
        decide(BodyShape::Binary);
    else if (promised == BodyShape::EventStream)
        decide(BodyShape::EventStream);
    else
        decide(promised == BodyShape::Json ? BodyShape::Json : BodyShape::Text);
}

} // namespace lavascope
