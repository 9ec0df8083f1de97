// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/page_source.h"
#include "core/stream/recording.h"
#include "store/spill_file.h"

#include <optional>

namespace lavascope {

/// Where one answer is kept: its bytes and the table of its events, in memory up to a limit and on disk
/// beyond it. When the disk takes no more, all goes on in memory and problem() says so: whoever feeds it must
/// stop then.
class AnswerMemory final : public PageSource {
public:
    explicit AnswerMemory(qint64 mostInMemory, SpillFile::Place place = {});

    /// The chunk with its bytes where they are to stay. It keeps alive what it needs, also when this is gone.
    [[nodiscard]] Chunk keep(Chunk chunk);
    [[nodiscard]] char* newPage(qsizetype bytes) override;

    /// What the disk said when it took no more.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    /// Gives memory back that reading what is on disk took; after every few megabytes only, so it may be
    /// called often.
    void letGo(qint64 bytesRead);

private:
    [[nodiscard]] bool goesToDisk(qint64 bytes);

    const qint64 m_mostInMemory;
    qint64 m_inMemory = 0;
    qint64 m_touched = 0; ///< since letGo() did something
    std::shared_ptr<SpillFile> m_file;
    HeapPages m_pages;
    std::optional<Error> m_problem;
};

} // namespace lavascope
