// SPDX-License-Identifier: MIT
#pragma once

#include "net/exchange.h"

namespace lavascope {

/// The caller's end of a call that runs in the network thread. Both ends talk by queued signals only, so
/// either may go at any time.
class QnamExchange final : public Exchange {
    Q_OBJECT

public:
    using Exchange::Exchange;

    void abort() override { Q_EMIT abortWished(); }
    void setHeld(bool held) override { Q_EMIT holdWished(held); }

    void takeSlice(const Chunk& slice); ///< the credit goes back when the receiver has done with it
    void takeEnding(const Ending& ending);

Q_SIGNALS:
    void abortWished();
    void holdWished(bool held);
    void sliceDone(qsizetype bytes);
};

} // namespace lavascope
