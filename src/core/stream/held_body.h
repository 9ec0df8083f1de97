// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/recording.h"

#include <utility>
#include <vector>

namespace lavascope {

/// A stretch of a chunk; shares its bytes.
struct ChunkPart {
    Chunk chunk;
    qsizetype from = 0;
    qsizetype size = 0;

    [[nodiscard]] QByteArrayView bytes() const { return QByteArrayView(chunk.bytes).sliced(from, size); }
};

/// Bytes of a body that cannot be read before more of it, or all of it, has come. Shared with whoever
/// recorded them, however long.
class HeldBody {
public:
    void add(const ChunkPart& part) {
        m_size += part.size;
        ChunkPart* const last = m_parts.empty() ? nullptr : &m_parts.back();
        const bool goesOn = last && last->from + last->size == part.from &&
                            last->chunk.bytes.constData() == part.chunk.bytes.constData();
        if (goesOn)
            last->size += part.size;
        else
            m_parts.push_back(part);
    }
    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] std::vector<ChunkPart> takeParts() {
        m_size = 0;
        return std::exchange(m_parts, {});
    }
    /// All of it in one piece.
    [[nodiscard]] QByteArray takeWhole() {
        QByteArray whole;
        whole.reserve(m_size);
        for (const ChunkPart& part : takeParts())
            whole += part.bytes();
        return whole;
    }

private:
    std::vector<ChunkPart> m_parts;
    qint64 m_size = 0;
};

} // namespace lavascope
