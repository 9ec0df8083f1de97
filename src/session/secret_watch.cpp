// SPDX-License-Identifier: MIT
#include "session/secret_watch.h"

#include "session/run.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace lavascope {

namespace {

constexpr qsizetype piece = 256 * 1024;   // takes about a millisecond
constexpr qsizetype overlap = 128 * 1024; // as long as a credential may be to be seen whole
/// So far a sign looks back to tell whether it is one: what stands this near to a window's beginning was
/// judged in the window before.
constexpr qsizetype lookBehind = 32;

} // namespace

SecretWatch::SecretWatch(const Run& run)
    : m_run(run)
    , m_finder(run.secretFinder()) {}

SecretWatch::Seen SecretWatch::lookOn(const QDeadlineTimer& until) {
    if (m_run.recording().attempts.empty())
        return Seen::None;
    const std::vector<Chunk>& chunks = m_run.recording().attempts.back().chunks;
    while (!m_hasSeen && m_chunk < chunks.size()) {
        lookAtPiece();
        if (until.hasExpired())
            break;
    }
    if (m_hasSeen)
        return Seen::Some;
    return m_chunk < chunks.size() ? Seen::NotAll : Seen::None;
}

void SecretWatch::lookAtPiece() {
    const std::vector<Chunk>& chunks = m_run.recording().attempts.back().chunks;
    qsizetype taken = 0;
    while (m_chunk < chunks.size() && taken < piece) {
        const QByteArrayView rest = QByteArrayView(chunks[m_chunk].bytes).sliced(m_from);
        const qsizetype count = std::min(rest.size(), piece - taken);
        m_window.append(rest.first(count));
        taken += count;
        m_from += count;
        if (count == rest.size()) {
            ++m_chunk;
            m_from = 0;
        }
    }
    m_run.letGo(taken);
    const qsizetype judged = m_isAtBeginning ? 0 : lookBehind;
    const std::vector<ByteRange> found = m_finder.find(m_window);
    m_hasSeen = std::any_of(found.begin(), found.end(),
                            [judged](const ByteRange& range) { return range.begin >= judged; });
    if (const qsizetype done = m_window.size() - overlap - lookBehind; done > 0) {
        m_window.remove(0, done);
        m_isAtBeginning = false;
    }
}

} // namespace lavascope
