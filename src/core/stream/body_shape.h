// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/json_balance.h"

#include <QByteArray>
#include <QByteArrayView>

namespace lavascope {

/// What a body is made of, whatever its dialect.
enum class BodyShape {
    Undecided, ///< too few bytes, or JSON that an event stream may still follow
    EventStream,
    Json,
    Html,
    Text,
    Binary,
};

/// Tells a body's shape from its first bytes; its content type is only asked where these say nothing, as it
/// is often wrong. A body that begins with JSON is watched until that value closes, because providers put a
/// stray error object in front of a stream.
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

    QByteArray m_contentType;
    QByteArray m_leading; ///< the first bytes that are no white space, as many as it takes
    JsonBalance m_balance;
    State m_state = State::Leading;
    BodyShape m_shape = BodyShape::Undecided;
};

/// What a content type promises; Undecided if it says nothing about that.
[[nodiscard]] BodyShape shapePromisedBy(QByteArrayView contentType);
/// The shape in words, for a note.
[[nodiscard]] const char* shapeInWords(BodyShape shape);

} // namespace lavascope
