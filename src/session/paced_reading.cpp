// SPDX-License-Identifier: MIT
#include "session/paced_reading.h"

namespace lavascope {

namespace {

/// How much of it is read at once: up to the end of an event if there is one, as the reader must keep a copy
/// of an event that is cut.
qsizetype pieceOf(QByteArrayView rest, qsizetype most) {
    if (rest.size() <= most)
        return rest.size();
    const qsizetype end = rest.first(most).lastIndexOf("\n\n");
    return end < 0 ? most : end + 2;
}

} // namespace

void PacedReading::startOver() {
    m_next = 0;
    m_from = 0;
}

void PacedReading::readOn(const std::vector<Chunk>& chunks, StreamReader& reader) {
    const auto until = m_now() + stepTime;
    qsizetype sinceLook = 0;
    while (m_next < chunks.size()) {
        const Chunk& chunk = chunks[m_next];
        const qsizetype count = pieceOf(QByteArrayView(chunk.bytes).sliced(m_from), pieceBytes - sinceLook);
        reader.take(chunk, m_from, count);
        m_from += count;
        sinceLook += count;
        const bool isChunkDone = m_from == chunk.bytes.size();
        if (isChunkDone) {
            m_from = 0;
            ++m_next;
        }
        if (isChunkDone && sinceLook < pieceBytes)
            continue;
        if (m_now() >= until)
            return;
        sinceLook = 0;
    }
}

} // namespace lavascope
