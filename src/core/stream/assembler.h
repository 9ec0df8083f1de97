// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "core/stream/choice_growth.h"
#include "core/stream/transcript.h"

namespace lavascope {

/// Puts an answer together from what a dialect finds in its events: the merge rules that all dialects share.
class Assembler {
public:
    enum class Failures {
        Count,          ///< the status was good, so a failure in the body is news
        BelongToStatus, ///< the status says it already
    };
    void setFailures(Failures failures) { m_failures = failures; }

    /// Forgets everything but what to do with failures.
    void startOver();

    [[nodiscard]] const Transcript& transcript() const { return m_transcript; }
    [[nodiscard]] Transcript& transcript() { return m_transcript; }

    /// The choice with the provider's own index, made if it is new. Null, with a note, for an index that no
    /// provider gives. Valid until the next call.
    [[nodiscard]] Choice* choice(qint64 index);

    /// Begins to look at what one payload adds; added() tells it.
    void beginPayload() { m_growth.begin(); }
    [[nodiscard]] EventChannel added() const { return m_growth.channel(m_transcript.choices); }

    void addText(Choice& choice, const QString& text);
    /// The same for UTF-8 that is known to be valid.
    void addText(Choice& choice, QByteArrayView utf8);
    void setText(Choice& choice, const QString& text);
    /// Whether a character that can be seen has come.
    [[nodiscard]] bool hasVisibleText() const { return m_hasVisibleText; }

    /// Once, however often it comes; one that says nothing is left out.
    void cite(Choice& choice, const Citation& citation);
    /// Adds a piece of base64 to the sound or picture with this number, made if it is new.
    void addMedia(Choice& choice, size_t number, const QString& type, const json::View& base64);
    /// A whole sound or picture in base64, in place of what has come under this number.
    void setMedia(Choice& choice, size_t number, const QString& type, const json::View& base64);

    // The first one that is not empty stays: gateways repeat, blank and change them.
    void offerModel(const json::View& model);
    void offerResponseId(const json::View& id);
    /// The last one that is not empty stays.
    void offerStopReason(Choice& choice, const json::View& reason);
    /// Takes a count over if it is one. What is absent or null leaves the earlier count; what is negative,
    /// absurd or no number at all does too, with a note.
    void offerCount(std::optional<qint64>& count, const json::View& value);

    /// The answer ended well: a call that got no arguments has none, rather than some that are still to come.
    void settleToolCalls();

    void fail(const StreamError& error); ///< the first failure stays
    /// Whether the body reported a failure, whatever the status.
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }
    /// Once, however often it is said; beyond a sane number it is left out.
    void note(const QString& text);
    void noteAfterEnd();

    void setEndSignal(bool seen) { m_transcript.endSignalSeen = seen; }
    /// The end signal after which clients stop reading.
    void close();
    [[nodiscard]] bool isClosed() const { return m_isClosed; }

private:
    Transcript m_transcript;
    ChoiceGrowth m_growth;
    Failures m_failures = Failures::Count;
    bool m_hasFailed = false;
    bool m_hasVisibleText = false;
    bool m_isClosed = false;
};

} // namespace lavascope
