// SPDX-License-Identifier: MIT
#include "session/paced_reading.h"

namespace lavascope {

void PacedReading::startOver() {
    m_next = 0;
    m_from = 0;
}

void PacedReading::readOn(const std::vector<Chunk>& chunks, StreamReader& reader) {
    const auto until = m_now() + stepTime;
    qsizetype sinceLook = 0;
    while (m_next < chunks.size()) {
        const Chunk& chunk = chunks[m_next];
        const qsizetype count = qMin(pieceBytes - sinceLook, chunk.bytes.size() - m_from);
        // A chunk that fits is passed on as it is: it shares its bytes.
        reader.take(count == chunk.bytes.size() ? chunk : Chunk{chunk.at, chunk.bytes.mid(m_from, count)});
        m_from += count;
        if (m_from == chunk.bytes.size()) {
            m_from = 0;
            ++m_next;
        }
        sinceLook += count;
        if (sinceLook < pieceBytes)
            continue;
        if (m_now() >= until)
            return;
        sinceLook = 0;
    }
}

} // namespace lavascope
