// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>
#include <QList>

#include <cstdint>

namespace lavascope {

/// A text that was cut and cleaned out of another one, and still knows for each byte where it stood there.
/// Sources are limited to 4 GiB.
class SourcedText {
public:
    SourcedText() = default;
    explicit SourcedText(QByteArrayView source);

    [[nodiscard]] QByteArrayView bytes() const { return QByteArrayView(m_bytes).sliced(m_begin, m_size); }
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

    /// A part of this text; shares the bytes.
    [[nodiscard]] SourcedText sliced(qsizetype begin, qsizetype size) const;
    [[nodiscard]] SourcedText sliced(qsizetype begin) const { return sliced(begin, m_size - begin); }

    /// Where the byte at `index` stood in the source; for `index == size()` the place behind the last byte.
    [[nodiscard]] qint64 sourceOffset(qsizetype index) const;
    /// The range in the source that covers `[begin, end)` of this text.
    [[nodiscard]] ByteRange sourceRange(qsizetype begin, qsizetype end) const;

private:
    friend class SourcedTextBuilder;
    /// From index `at` on, bytes stand one after the other from `source` on.
    struct Run {
        uint32_t at;
        uint32_t source;
    };

    QByteArray m_bytes;
    QList<Run> m_runs; ///< shared between parts, so that cutting one off costs nothing
    qsizetype m_begin = 0;
    qsizetype m_size = 0;
    qint64 m_emptyAt = 0; ///< sourceOffset(0) of an empty text
};

/// Writes a SourcedText from pieces of another one.
class SourcedTextBuilder {
public:
    explicit SourcedTextBuilder(const SourcedText& from)
        : m_from(from) {}

    void keep(qsizetype begin, qsizetype end);      ///< these bytes of the other text as they are
    void put(QByteArrayView bytes, qsizetype from); ///< other bytes, which all stood at index `from`
    [[nodiscard]] SourcedText finish();

private:
    void place(qint64 source);

    const SourcedText& m_from;
    SourcedText m_text;
};

} // namespace lavascope
