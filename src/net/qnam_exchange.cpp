// SPDX-License-Identifier: MIT
#include "net/qnam_exchange.h"

#include <QPointer>

namespace lavascope {

void QnamExchange::takeSlice(const Chunk& slice) {
    const QPointer<QnamExchange> self(this); // the receiver may delete the exchange
    Q_EMIT chunk(slice);
    if (self)
        Q_EMIT sliceDone(slice.bytes.size());
}

void QnamExchange::takeEnding(const Ending& ending) {
    Q_EMIT ended(ending);
}

} // namespace lavascope
