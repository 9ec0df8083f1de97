// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/retry_policy.h"
#include "core/request/request_draft.h"
#include "core/stream/recording.h"
#include "core/stream/stream_reader.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace lavascope {

class Transport;
struct TimeLimits;

/// One press of Send, from the request to its end: tries, waits, reading, diagnosis. A small state machine
/// with one end.
class Run : public QObject {
    Q_OBJECT

public:
    enum class State { Connecting, Receiving, Waiting, Done };

    ~Run() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] bool isDone() const { return state() == State::Done; }
    [[nodiscard]] const Recording& recording() const;
    /// The reader of the latest attempt. It is replaced when a new attempt starts (attemptStarted).
    [[nodiscard]] const StreamReader& reader() const;
    /// Of the latest finished attempt; nothing while it runs and when it succeeded.
    [[nodiscard]] const std::optional<Diagnosis>& diagnosis() const;
    [[nodiscard]] bool succeeded() const;
    /// Time left before the next try while Waiting.
    [[nodiscard]] std::chrono::milliseconds waitLeft() const;
    [[nodiscard]] RedactedRecording redacted() const;

    void stop();     ///< ends the call or the waiting at once; what came is kept
    void retryNow(); ///< ends the waiting and tries again

Q_SIGNALS:
    void attemptStarted(int number); ///< counts from 1
    void headersArrived();
    void changed();  ///< more bytes were read; views should pull once a frame
    void waiting();  ///< a next try is planned
    void finished(); ///< exactly once, last

private:
    friend class Workbench;
    class Private;
    explicit Run(std::unique_ptr<Private> p, QObject* parent = nullptr);

    void startAttempt();
    void takeHeaders(int status, const QByteArray& reason, const Headers& headers,
                     std::chrono::microseconds at);
    void takeChunk(const Chunk& chunk);
    void takeEnding(const Ending& ending);
    void finish();

    std::unique_ptr<Private> m_private;
};

} // namespace lavascope
