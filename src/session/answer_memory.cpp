// SPDX-License-Identifier: MIT
#include "session/answer_memory.h"

namespace lavascope {

namespace {

/// So much of what is on disk may be in memory because it was just read.
constexpr qint64 mostTouched = qint64(16) * 1024 * 1024;
/// A block may be larger than its bytes by one part in so many.
constexpr qsizetype mostSlack = 8;

} // namespace

AnswerMemory::AnswerMemory(qint64 mostInMemory, SpillFile::Place place)
    : m_mostInMemory(mostInMemory)
    , m_file(std::make_shared<SpillFile>(std::move(place))) {}

Chunk AnswerMemory::keep(Chunk chunk) {
    if (!goesToDisk(chunk.bytes.size())) {
        // What came from a socket may stand in a far larger block.
        if (chunk.bytes.capacity() - chunk.bytes.size() > chunk.bytes.size() / mostSlack)
            chunk.bytes.squeeze();
        return chunk;
    }
    const Result<QByteArrayView> kept = m_file->add(chunk.bytes);
    if (!kept) {
        m_problem = kept.error();
        return chunk;
    }
    return {chunk.at, QByteArray::fromRawData(kept->data(), kept->size()), m_file};
}

char* AnswerMemory::newPage(qsizetype bytes) {
    if (goesToDisk(bytes)) {
        const Result<char*> page = m_file->addZeros(bytes);
        if (page)
            return *page;
        m_problem = page.error();
    }
    return m_pages.newPage(bytes);
}

bool AnswerMemory::goesToDisk(qint64 bytes) {
    if (m_problem)
        return false;
    if (m_inMemory + bytes <= m_mostInMemory) {
        m_inMemory += bytes;
        return false;
    }
    // What came first is in memory, and all that comes after it on disk, however little it is.
    m_inMemory = m_mostInMemory;
    return true;
}

void AnswerMemory::letGo(qint64 bytesRead) {
    m_touched += bytesRead;
    if (m_touched < mostTouched)
        return;
    m_touched = 0;
    m_file->letGo();
}

} // namespace lavascope
