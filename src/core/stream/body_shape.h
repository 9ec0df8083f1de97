// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/json_balance.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace lavascope {

/// What a body is made of, whatever its dialect.
enum class BodyShape {
    Undecided,      ///< too few bytes, or JSON that an event stream may still follow
    EventStream,    ///< server-sent events
    JsonLines,      ///< JSON values one after the other
    JsonArray,      ///< one JSON array whose elements are events
    AwsEventStream, ///< Amazon's binary frames
    Json,
    Html,
    Text,
    Binary,
};

/// A shape that a user can ask for by its name (`json`, `html`, `text`), when there is no dialect to it;
/// Undecided if no shape has that name.
[[nodiscard]] BodyShape shapeNamed(const QString& name);
[[nodiscard]] QStringList shapeNames();

/// Tells a body's shape from its first bytes; its content type is only asked where these say nothing, as it
/// is often wrong. A body that begins with JSON is watched until that value closes, because providers put a
/// stray error object in front of a stream, and others send one value after the other. An array is a row of
/// events if its first element is one that some dialect knows for certain.
class BodySniffer {
public:
    explicit BodySniffer(QByteArrayView contentType = {});

    /// Takes further bytes; the answer stays the same once it is decided.
    [[nodiscard]] BodyShape take(QByteArrayView bytes);
    /// No more bytes will come.
    [[nodiscard]] BodyShape finish();

private:
    enum class State { Leading, InJson, AfterJson, Decided };

    void decide(BodyShape shape);
    void takeLeading(char c);
    void takeJson(char c);
    void beginJson(char first);
    void takeText(char first);

    QByteArray m_contentType;
    QByteArray m_leading; ///< the first bytes that are no white space, as many as it takes
    JsonBalance m_balance;
    QByteArray m_element; ///< the first one of an array, as far as it came
    bool m_isFirstElement = false;
    int m_values = 0;          ///< that have closed
    bool m_isSequence = false; ///< an RS came first: a JSON text sequence
    State m_state = State::Leading;
    BodyShape m_shape = BodyShape::Undecided;
};

/// Whether a body of this shape is a row of events.
[[nodiscard]] bool holdsEvents(BodyShape shape);
/// The media type alone, in lower case, without its parameters.
[[nodiscard]] QByteArray mediaTypeIn(QByteArrayView contentType);
/// What a content type promises; Undecided if it says nothing about that.
[[nodiscard]] BodyShape shapePromisedBy(QByteArrayView contentType);
/// The shape in words, for a note.
[[nodiscard]] const char* shapeInWords(BodyShape shape);

} // namespace lavascope
