// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"

#include <QByteArray>

#include <optional>

namespace lavascope {

/// The reason phrase of RFC 9110 for a status; `Status` where none is known.
[[nodiscard]] QByteArray reasonPhrase(int status);

/// The bytes of one HTTP/1.1 answer. It owns the framing: Content-Length where the length is known, chunks
/// where it is not, nothing where the method or status forbids a body. Fields about framing or about the
/// connection, and fields that would break the head, are dropped from what it is given.
class ResponseWriter {
public:
    enum class AfterAnswer { KeepOpen, Close };

    /// The head. `length`: of the body, if known. `method`: of the request, because HEAD is answered without
    /// a body.
    [[nodiscard]] QByteArray begin(const QByteArray& method, int status, const Headers& headers,
                                   std::optional<qint64> length, AfterAnswer after);
    /// A piece of the body as it goes on the wire; bytes beyond an announced length are not sent.
    [[nodiscard]] QByteArray piece(QByteArrayView bytes);
    /// What closes the body. Nothing when bytes that were announced are missing: the connection must be
    /// broken off then, or the next answer would be taken for the rest of this one.
    [[nodiscard]] std::optional<QByteArray> end();

    [[nodiscard]] bool hasBegun() const { return m_framing != Framing::NotBegun; }

private:
    enum class Framing { NotBegun, Length, Chunks, Nothing };

    Framing m_framing = Framing::NotBegun;
    qint64 m_left = 0;
};

} // namespace lavascope
