// SPDX-License-Identifier: MIT
#pragma once

#include "net/exchange.h"

#include <QList>

namespace lavascope {

/// The caller's end of a call that runs in the network thread. Both ends talk by queued signals only, so
/// either may go at any time.
class QnamExchange final : public Exchange {
    Q_OBJECT

public:
    using Exchange::Exchange;

    void abort() override { Q_EMIT abortWished(); }
    void setHeld(bool held) override { Q_EMIT holdWished(held); }

    /// The credit goes back when the receiver has done with them; for many slices at once, since each time
    /// wakes the network thread.
    void takeSlices(const QList<Chunk>& slices);
    void takeEnding(const Ending& ending);

Q_SIGNALS:
    void abortWished();
    void holdWished(bool held);
    void slicesDone(qsizetype bytes, int slices);

private:
    qsizetype m_doneBytes = 0;
    int m_doneSlices = 0;
};

} // namespace lavascope
