// SPDX-License-Identifier: MIT
#pragma once

#include "net/replay_transport.h"
#include "session/answer_memory.h"
#include "session/paced_reading.h"
#include "session/run.h"
#include "session/workbench.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace lavascope {

/// The state of a Run; for the Workbench, which makes it, and the Run itself.
class Run::Private {
public:
    Private(Transport& transportToUse, const DiagnosisRules& rulesToUse, SendOptions sendOptions)
        : transport(transportToUse)
        , rules(rulesToUse)
        , options(std::move(sendOptions)) {}
    /// Of a replay: what is played stands for the network.
    Private(std::unique_ptr<ReplayTransport> played, const DiagnosisRules& rulesToUse,
            const QString& forcedDialect)
        : replay(std::move(played))
        , transport(*replay)
        , rules(rulesToUse) {
        options.forcedDialect = forcedDialect;
        recording.startedAtMs = replay->recording().startedAtMs;
        recording.request = replay->recording().request;
    }

    [[nodiscard]] Attempt& attempt() { return recording.attempts.back(); }
    [[nodiscard]] std::shared_ptr<AnswerMemory> newMemory() const {
        return std::make_shared<AnswerMemory>(
            options.limits.inMemory, SpillFile::Place{options.limits.folder, options.limits.fileBytes});
    }
    [[nodiscard]] StreamHints hints() const {
        StreamHints hints = hintsFor(recording.request);
        hints.forcedDialect = options.forcedDialect;
        return hints;
    }

    std::unique_ptr<ReplayTransport> replay; ///< none: a call of now
    Transport& transport;
    const DiagnosisRules& rules;
    SendOptions options;
    Recording recording;
    std::vector<Secret> secrets;          ///< of this call, to be masked in what is saved
    std::shared_ptr<AnswerMemory> memory; ///< of the latest attempt; chunks and reader hold it too
    StreamReader reader{{}};
    PacedReading reading; ///< how far `reader` is with the attempt's chunks
    qint64 keptBytes = 0; ///< of the attempt's body
    bool isHeld = false;  ///< the peer waits for our reading
    QTimer nextStep;      ///< of the reading
    std::optional<Diagnosis> diagnosis;
    std::unique_ptr<Exchange> exchange;
    QTimer wait;   ///< until the next try
    QTimer linger; ///< after the answer's end mark, until we close a connection that the server keeps open
    QElapsedTimer waitedMs;                    ///< since the end of the latest attempt
    std::chrono::milliseconds advisedPause{0}; ///< after it, whoever makes the next try
    bool isStopWished = false;                 ///< by the user; nothing is tried any more
    EndedBy endedBy = EndedBy::Peer;
    QString whyTooLarge;                  ///< a sentence, if it was ended as too large
    std::optional<Ending> reportedEnding; ///< the transport is done; the reading may not be
    State state = State::Connecting;
};

/// Every secret that a draft would put on the wire.
[[nodiscard]] std::vector<Secret> secretsOf(const RequestDraft& draft);

} // namespace lavascope
