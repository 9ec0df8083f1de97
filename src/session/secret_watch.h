// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/credential_finder.h"

#include <QByteArray>

class QDeadlineTimer;

namespace lavascope {

class Run;

/// Looks through the body of a run's latest attempt, as far as it has come and a step at a time, for a secret
/// of the call and for what has the shape of one. An answer of any length is gone through once; what comes
/// later is looked at when it is there. Of a credential longer than 128 KiB it sees the beginning.
class SecretWatch {
public:
    enum class Seen {
        None, ///< in all that has come
        Some,
        NotAll, ///< none so far, and there is more to look at
    };

    /// The run must outlive the watch; a new attempt needs a new watch.
    explicit SecretWatch(const Run& run);

    /// Looks on until then, but always at a piece.
    [[nodiscard]] Seen lookOn(const QDeadlineTimer& until);

private:
    void lookAtPiece();

    const Run& m_run;
    CredentialFinder m_finder;
    QByteArray m_window; ///< the new piece, and before it what a credential may have begun in
    bool m_isAtBeginning = true;
    size_t m_chunk = 0;   ///< looked at next,
    qsizetype m_from = 0; ///< from this byte
    bool m_hasSeen = false;
};

} // namespace lavascope
