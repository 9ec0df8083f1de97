// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/headers.h"
#include "core/stream/recording.h"

#include <QObject>

namespace lavascope {

/// One call in flight. Order of signals: queued (only while the call waits for a connection), headers (at
/// most once), chunk (any number), ended (exactly once, last). Bytes are handed over in slices of at most 256
/// KiB; a receiver that is slow, or that holds, holds back the peer.
class Exchange : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Stops the call at once: `ended` follows with EndReason::StoppedByUser, after the bytes that had
    /// already come. If the answer had ended before, that ending stands. Harmless after the end.
    virtual void abort() = 0;
    /// While held no further chunk is handed over (but what is under way: 1 MiB or 4096 chunks at most) and
    /// no time limit runs.
    virtual void setHeld(bool held) = 0;

Q_SIGNALS:
    /// All connections to the host are taken by other calls: this one goes when `place` calls have ended
    /// (1: it is the next). Again whenever the place changes; 0 when the call goes. No time limit runs
    /// before.
    void queued(int place);
    void headers(int status, const QByteArray& reason, const lavascope::Headers& headers,
                 std::chrono::microseconds at);
    /// Who takes it may delete the exchange, but must not run an event loop: others would come in between.
    void chunk(const lavascope::Chunk& chunk);
    void ended(const lavascope::Ending& ending);
};

} // namespace lavascope
