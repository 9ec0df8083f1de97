// SPDX-License-Identifier: MIT
#include "core/token/sourced_text.h"

#include <algorithm>

namespace lavascope {

SourcedText::SourcedText(QByteArrayView source)
    : m_bytes(source.toByteArray())
    , m_runs{{0, 0}}
    , m_size(source.size()) {}

SourcedText SourcedText::sliced(qsizetype begin, qsizetype size) const {
    Q_ASSERT(begin >= 0 && size >= 0 && begin + size <= m_size);
    SourcedText part = *this;
    part.m_begin += begin;
    part.m_size = size;
    part.m_emptyAt = sourceOffset(begin);
    return part;
}

qint64 SourcedText::sourceOffset(qsizetype index) const {
    Q_ASSERT(index >= 0 && index <= m_size);
    if (m_size == 0)
        return m_emptyAt;
    if (index == m_size)
        return sourceOffset(index - 1) + 1;
    const auto at = uint32_t(m_begin + index);
    const auto after = std::upper_bound(m_runs.cbegin(), m_runs.cend(), at,
                                        [](uint32_t value, const Run& run) { return value < run.at; });
    const Run& run = *std::prev(after);
    return qint64(run.source) + (at - run.at);
}

ByteRange SourcedText::sourceRange(qsizetype begin, qsizetype end) const {
    const qint64 first = sourceOffset(begin);
    return {first, end > begin ? sourceOffset(end - 1) + 1 : first};
}

void SourcedTextBuilder::place(qint64 source) {
    const auto at = uint32_t(m_text.m_bytes.size());
    if (!m_text.m_runs.isEmpty()) {
        const SourcedText::Run& last = m_text.m_runs.constLast();
        if (qint64(last.source) + (at - last.at) == source)
            return;
    }
    m_text.m_runs.push_back({at, uint32_t(source)});
}

void SourcedTextBuilder::keep(qsizetype begin, qsizetype end) {
    if (begin >= end)
        return;
    const auto& runs = m_from.m_runs;
    const auto first = uint32_t(m_from.m_begin + begin);
    auto run =
        std::prev(std::upper_bound(runs.cbegin(), runs.cend(), first,
                                   [](uint32_t value, const SourcedText::Run& r) { return value < r.at; }));
    for (qsizetype at = begin; at < end; ++run) {
        place(m_from.sourceOffset(at));
        const qsizetype runEnd = std::next(run) == runs.cend()
                                     ? end
                                     : std::min(end, qsizetype(std::next(run)->at) - m_from.m_begin);
        m_text.m_bytes += m_from.bytes().sliced(at, runEnd - at);
        at = runEnd;
    }
}

void SourcedTextBuilder::put(QByteArrayView bytes, qsizetype from) {
    const qint64 source = m_from.sourceOffset(from);
    for (char byte : bytes) {
        m_text.m_runs.push_back({uint32_t(m_text.m_bytes.size()), uint32_t(source)});
        m_text.m_bytes += byte;
    }
}

SourcedText SourcedTextBuilder::finish() {
    m_text.m_size = m_text.m_bytes.size();
    m_text.m_emptyAt = m_from.sourceOffset(0);
    return std::move(m_text);
}

} // namespace lavascope
