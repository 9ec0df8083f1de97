// SPDX-License-Identifier: MIT
#include "net/qnam_exchange.h"

#include <QPointer>

#include <utility>

namespace lavascope {

namespace {

// Both far below the credit that the call gives, or it would run out of it.
constexpr qsizetype doneBytes = 128 * 1024;
constexpr int doneSlices = 16;

} // namespace

void QnamExchange::takeSlices(const QList<Chunk>& slices) {
    const QPointer<QnamExchange> self(this); // the receiver may delete the exchange
    for (const Chunk& slice : slices) {
        Q_EMIT chunk(slice);
        if (!self)
            return;
        m_doneBytes += slice.bytes.size();
        ++m_doneSlices;
    }
    if (m_doneBytes >= doneBytes || m_doneSlices >= doneSlices)
        Q_EMIT slicesDone(std::exchange(m_doneBytes, 0), std::exchange(m_doneSlices, 0));
}

void QnamExchange::takeEnding(const Ending& ending) {
    Q_EMIT ended(ending);
}

} // namespace lavascope
