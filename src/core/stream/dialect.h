// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/stream/assembler.h"

#include <QByteArray>

#include <memory>

namespace lavascope {

/// What one family of providers speaks: reads the payloads of one answer, in order, into an Assembler. A
/// failure that sits at the top of a payload has been taken already, the rest is the dialect's.
class Dialect {
public:
    Dialect() = default;
    Dialect(const Dialect&) = delete;
    Dialect& operator=(const Dialect&) = delete;
    virtual ~Dialect() = default;

    /// One event of a stream. `eventName` is the stream's own `event:`, or `message`.
    virtual void takeEvent(const json::View& payload, QByteArrayView eventName, Assembler& out) = 0;
    /// The `[DONE]` that many servers send last, also where the protocol knows no such thing.
    virtual void takeDone(Assembler& out) {
        out.note(QStringLiteral("[DONE] came, which this protocol does not know"));
    }
    /// The answer to a request that did not stream.
    virtual void takeWhole(const json::View& body, Assembler& out) = 0;
    /// The string that the event taken last added to an answer's text, if that is all that a like event with
    /// another string there would do; Missing if anything else about it counts every time it comes.
    struct Addition {
        qint64 choice = 0;
        json::View text;
        json::View padding = {}; ///< a string that means nothing and is never the same; Missing: none
    };
    [[nodiscard]] virtual Addition onlyAddition() const { return {}; }
    /// No more bytes will come.
    virtual void finish(Assembler& out) { Q_UNUSED(out) }
};

/// How sure a payload makes us of a dialect.
enum class Fit {
    No,
    Maybe,   ///< others send this too
    Certain, ///< nobody else does
};

/// A dialect before anybody speaks it: how to know it, and how to make a reader for it. One row of the
/// registry.
struct DialectKind {
    const char* name;
    bool (*pathFits)(QByteArrayView path); ///< lower case, without the query
    bool (*hostFits)(QByteArrayView host); ///< lower case, with the port unless it is 443
    Fit (*eventFits)(const json::View& payload, QByteArrayView eventName);
    bool (*wholeFits)(const json::View& body);
    std::unique_ptr<Dialect> (*make)();
    /// How an answer that came whole ends.
    enum class End {
        WithASignal, ///< an event says so, or a member of the last one
        WithTheBody, ///< the protocol has no such thing: the transport's own end is all there is
    };
    End end = End::WithASignal;
};

/// The bytes of a JSON string between its quotes, escapes and all: enough to compare with plain words.
[[nodiscard]] inline QByteArrayView plainText(const json::View& text) {
    return text.isString() ? text.raw().sliced(1, text.raw().size() - 2) : QByteArrayView();
}

} // namespace lavascope
