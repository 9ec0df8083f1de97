// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/retry_plan.h"
#include "core/request/request_draft.h"
#include "core/stream/recording.h"
#include "core/stream/stream_reader.h"
#include "core/token/credential_finder.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace lavascope {

class Transport;
struct TimeLimits;

/// One press of Send, from the request to its end: tries, waits, reading, diagnosis. A small state machine
/// with one end. A replay takes the same way, with a recording in place of the network.
///
/// What arrives is kept at once and read in short steps from the event loop; a peer that is faster than the
/// reading is held back. The first of an answer stays in memory, the rest goes to temporary files that have
/// no name; beyond its limits (AnswerLimits), or when the disk is full, the attempt is ended from here.
class Run : public QObject {
    Q_OBJECT

public:
    enum class State { Connecting, Receiving, Waiting, Done };

    ~Run() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] bool isDone() const { return state() == State::Done; }
    /// Whether this is a recording that is played: nothing is sent, and the times are those of then.
    [[nodiscard]] bool isReplay() const;
    /// What a file is made of: recording(), but of a replay all of what is played.
    [[nodiscard]] const Recording& wholeRecording() const;
    [[nodiscard]] const Recording& recording() const;
    /// The reader of the latest attempt; until the end it may be some steps behind the recording. It is
    /// replaced when a new attempt starts (attemptStarted).
    [[nodiscard]] const StreamReader& reader() const;
    /// Of the latest finished attempt; nothing while it runs, when it succeeded, and of a replay that was
    /// stopped: that says nothing about the call.
    [[nodiscard]] const std::optional<Diagnosis>& diagnosis() const;
    [[nodiscard]] bool succeeded() const;
    /// Time left before the next try while Waiting; when Done, until a try that somebody makes is worth it.
    [[nodiscard]] std::chrono::milliseconds waitLeft() const;
    /// What comes after the latest attempt, which is over. A replay plans nothing.
    [[nodiscard]] RetryPlan retryPlan() const;
    /// The call as it may be saved. Of a replay that is all of the recording, however much of it was played.
    [[nodiscard]] RedactedRecording redacted() const;
    [[nodiscard]] RedactedRecording redactedHeads() const; ///< the same without the bodies, at once
    /// Only so much of each body, in bytes, masked; to be shown, not saved.
    [[nodiscard]] Recording redactedBeginnings(qsizetype most) const;
    /// The latest answer read again with its secrets masked; it must have begun.
    [[nodiscard]] StreamReader redactedReading() const;
    /// Finds the secrets of this call, and what has the shape of one.
    [[nodiscard]] CredentialFinder secretFinder() const;
    /// To be told by whoever goes through a long body, or many events, how many bytes were looked at: the
    /// memory that this took is given back.
    void letGo(qint64 bytesLookedAt) const;

    void stop();     ///< ends the call or the waiting at once; what came is kept, and read to its end
    void retryNow(); ///< ends the waiting and tries again
    /// Reads the latest attempt again, and what still comes, as this one of dialectNames(), whatever it looks
    /// like; empty: as what it is recognised to be.
    void readAs(const QString& dialect);
    [[nodiscard]] QString forcedDialect() const;

Q_SIGNALS:
    void attemptStarted(int number); ///< counts from 1
    void headersArrived();
    void changed();                  ///< more bytes were read; views should pull once a frame
    void waiting();                  ///< a next try is planned
    void finished();                 ///< exactly once; after it only a reading anew says something
    void readingStartedOver();       ///< by readAs(): the reader knows nothing yet
    void readingCameToTheEndAgain(); ///< as finished() or waiting() said before

private:
    friend class Workbench;
    class Private;
    enum class EndedBy { Peer, User, UsAsServerLingers, UsAsTooLarge };
    explicit Run(std::unique_ptr<Private> p, QObject* parent = nullptr);

    void startAttempt();
    void takeHeaders(int status, const QByteArray& reason, const Headers& headers,
                     std::chrono::microseconds at);
    void takeChunk(const Chunk& chunk);
    void takeEnding(const Ending& ending);
    void readOn();
    void endFromHere(EndedBy reason);
    void endAsTooLarge(const QString& why);
    void keepWithinLimits();
    void conclude();
    void judge();
    [[nodiscard]] std::optional<std::chrono::milliseconds> pauseBeforeNextTry(double random) const;
    void finish();

    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
