// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <vector>

namespace lavascope {

/// Room on disk for what is too large for memory, seen as memory. It lies in temporary files for their owner
/// only; where the system allows it (everywhere but on Windows) they lose their names before the first byte
/// is written, so that nothing stays behind however the program ends. On Windows they go with this object.
class SpillFile {
public:
    struct Place {
        QString folder = {}; ///< empty: spillFolder()
        /// A new file is begun when this is full, and only where twice as much is free.
        qint64 fileBytes = qint64(256) * 1024 * 1024;
    };

    explicit SpillFile(Place place);
    SpillFile(const SpillFile&) = delete;
    SpillFile& operator=(const SpillFile&) = delete;
    ~SpillFile();

    /// A copy of the bytes, which stays where it is as long as this object lives. Errors: `spill_failed`,
    /// then nothing was added; the sentence names no path.
    [[nodiscard]] Result<QByteArrayView> add(QByteArrayView bytes);
    /// So many zeros to be written to, aligned for any plain type. Errors as above.
    [[nodiscard]] Result<char*> addZeros(qsizetype count);
    /// Takes the pages out of the program's memory, which reading brought in; what they hold stays. To be
    /// called now and then: cheap, and seldom for nothing.
    void letGo();

private:
    struct Part;

    [[nodiscard]] Result<Part*> partFor(qsizetype bytes);

    const Place m_place;
    std::vector<std::unique_ptr<Part>> m_parts;
    int m_turn = 0;          ///< of letGo()
    bool m_hasGrown = false; ///< since letGo() was called last
};

/// The folder for temporary files; where that lies in memory itself, the one for large ones.
[[nodiscard]] QString spillFolder();

} // namespace lavascope
